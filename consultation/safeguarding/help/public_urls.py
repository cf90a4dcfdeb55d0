"""Public URL of the help page, under a language prefix and before Wagtail's catch-all."""

from django.urls import path

from consultation.safeguarding.help.directory import show_help_page

urlpatterns = [path("help/", show_help_page, name="help")]

"""Public URL of the help page, under a language prefix and before Wagtail's catch-all."""

from django.urls import path

from consultation.safeguarding.directory import help_page

urlpatterns = [path("help/", help_page, name="help")]

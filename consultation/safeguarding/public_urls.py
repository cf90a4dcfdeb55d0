"""Under a language's prefix, before Wagtail's catch-all."""

from django.urls import path

from consultation.safeguarding.directory import help_page

urlpatterns = [path("help/", help_page, name="help")]

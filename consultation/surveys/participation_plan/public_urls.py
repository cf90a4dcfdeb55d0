"""URLs under a language prefix, before Wagtail's catch-all."""

from django.urls import path

from consultation.surveys.participation_plan.views import show_how_we_listen

urlpatterns = [path("have-your-say/<slug:slug>/listening/", show_how_we_listen, name="participation-plan")]

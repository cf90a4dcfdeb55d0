"""URLs under a language prefix, before Wagtail's catch-all."""

from django.urls import path

from consultation.questionnaires.listening.views import how_we_listen

urlpatterns = [path("have-your-say/<slug:slug>/listening/", how_we_listen, name="listening")]

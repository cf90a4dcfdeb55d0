"""Under a language's prefix, before Wagtail's catch-all."""

from django.urls import path

from consultation.answering.contact import contact
from consultation.answering.views import survey

app_name = "answering"
urlpatterns = [
    path("have-your-say/<slug:slug>/answer/", survey, name="survey"),
    path("contact/", contact, name="contact"),
]

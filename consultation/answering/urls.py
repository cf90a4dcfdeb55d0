"""Respondent URLs under a language prefix, before Wagtail's catch-all."""

from django.urls import path

from consultation.answering.codes.views import enter
from consultation.answering.contact import contact
from consultation.answering.kiosk.views import kiosk
from consultation.answering.paper.public import paper_form
from consultation.answering.views import survey

app_name = "answering"
urlpatterns = [
    path("have-your-say/<slug:slug>/answer/", survey, name="survey"),
    path("have-your-say/<slug:slug>/code/", enter, name="code"),
    path("have-your-say/<slug:slug>/paper/<slug:kind>/", paper_form, name="paper"),
    path("contact/", contact, name="contact"),
    path("kiosk/", kiosk, name="kiosk"),
]

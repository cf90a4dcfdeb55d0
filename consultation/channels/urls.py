"""Respondent URLs under a language prefix, before Wagtail's catch-all."""

from django.urls import path

from consultation.channels.invitation_codes.views import enter_invitation_code
from consultation.channels.kiosk.views import show_kiosk
from consultation.channels.paper.public_paper_form import download_public_paper_form
from consultation.channels.web.contact_form import show_contact_form
from consultation.channels.web.views import show_or_save_survey

app_name = "answering"
urlpatterns = [
    path("have-your-say/<slug:slug>/answer/", show_or_save_survey, name="survey"),
    path("have-your-say/<slug:slug>/code/", enter_invitation_code, name="code"),
    path("have-your-say/<slug:slug>/paper/<slug:kind>/", download_public_paper_form, name="paper"),
    path("contact/", show_contact_form, name="contact"),
    path("kiosk/", show_kiosk, name="kiosk"),
]

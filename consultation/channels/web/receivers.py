"""Answers to the surveys: the preview of a draft. Without an action and a token, nothing can be sent from it."""

from django.dispatch import receiver

from consultation.channels.web.survey_rendering import render_survey
from consultation.surveys.signals import preview_asked


@receiver(preview_asked, dispatch_uid="web-preview")
def render_preview_survey(sender, *, content, language, switches, **kwargs):
    return render_survey(content, language, token="", action="", preview=True, switches=switches)  # noqa: S106

"""Answers to the surveys: the outcomes of closed consultations."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from cms.site.pages.consultation_outcomes import outcomes_of_consultations
from consultation.surveys.consultation_outcome import ConsultationOutcome
from consultation.surveys.signals import outcomes_asked


@receiver(outcomes_asked, dispatch_uid="site-outcomes")
def answer_outcomes(
    sender: Any, *, pages: Iterable[Any], language: str, **kwargs: Any
) -> dict[int, ConsultationOutcome]:
    return outcomes_of_consultations(pages, language)

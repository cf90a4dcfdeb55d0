"""Outcome of consultations for public pages: results, promised date of the answer, open member checks."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from consultation.surveys.consultation_outcome import ConsultationOutcome
from consultation.surveys.landing_page import drop_past_day
from consultation.surveys.signals import outcomes_asked
from insights.publications.answer_clock_lookup import answer_clocks_of
from insights.publications.member_checks.models import Check
from insights.publications.models import Results


@receiver(outcomes_asked, dispatch_uid="site-outcomes")
def answer_outcomes(
    sender: Any, *, pages: Iterable[Any], language: str, **kwargs: Any
) -> dict[int, ConsultationOutcome]:
    return outcomes_of_consultations(pages, language)


def outcomes_of_consultations(pages: Iterable[Any], language: str) -> dict[int, ConsultationOutcome]:
    asked = {page.pk: page for page in pages}
    clocks = answer_clocks_of(asked.values())
    shown = set(
        Results.objects.published().filter(consultation__in=list(asked)).values_list("consultation", flat=True)
    )
    over = {pk: _outcome_after_closing(clock, pk in shown, language) for pk, clock in clocks.items()}
    # Where the survey is still open, first results are public.
    days = {pk: drop_past_day(asked[pk].feedback_date) for pk in shown - over.keys()}
    became = over | {
        pk: ConsultationOutcome(said=[("landing.hear", {"date": day})] if day else [], results=True)
        for pk, day in days.items()
    }
    asks = list_open_member_checks(shown, language)
    return {pk: replace(one, asks=asks.get(pk, [])) for pk, one in became.items()}


def list_open_member_checks(pages: Iterable[int], language: str) -> dict[int, list[tuple[int, str, bool]]]:
    """{consultation id: [(check id, name, whether the name is only in English)]}, open today."""
    found: dict[int, list[tuple[int, str, bool]]] = {}
    for check in Check.objects.open_on(timezone.localdate()).filter(consultation__in=list(pages)):
        own = check.words_in(language)
        name = own.get("name") or check.name
        found.setdefault(check.consultation_id, []).append((check.pk, name, not own.get("name")))
    return found


def _outcome_after_closing(clock, results, language):
    why = clock.move.why if clock.move and not clock.is_answered else {}
    own = why.get(language, "")
    return ConsultationOutcome(
        said=clock.said(),
        results=results,
        late=clock.late,
        why=own or why.get(settings.LANGUAGE_CODE, ""),
        why_in_english=bool(why) and not own and language != settings.LANGUAGE_CODE,
    )

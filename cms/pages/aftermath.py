"""Outcome of consultations for public pages: results, promised date of the answer, open member checks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from consultation.questionnaires.aftermath import Became
from consultation.questionnaires.landing import still_ahead
from insights.checks.models import Check
from insights.results.current import clocks_of
from insights.results.models import Results
from insights.results.showing import words_in


def became_of(pages: Iterable[Any], language: str) -> dict[int, Became]:
    asked = {page.pk: page for page in pages}
    clocks = clocks_of(asked.values())
    shown = set(
        Results.objects.published().filter(consultation__in=list(asked)).values_list("consultation", flat=True)
    )
    over = {pk: _became(clock, pk in shown, language) for pk, clock in clocks.items()}
    became = over | {pk: _so_far(asked[pk]) for pk in shown - over.keys()}
    asks = open_checks(shown, language)
    return {pk: replace(one, asks=asks.get(pk, [])) for pk, one in became.items()}


def open_checks(
    pages: Iterable[int], language: str, today: date | None = None
) -> dict[int, list[tuple[int, str, bool]]]:
    """{consultation id: [(check id, name, whether the name is only in English)]}, open today."""
    found: dict[int, list[tuple[int, str, bool]]] = {}
    for check in Check.objects.open_on(today or timezone.localdate()).filter(consultation__in=list(pages)):
        own = words_in(check, language)
        name = own.get("name") or check.name
        found.setdefault(check.consultation_id, []).append((check.pk, name, not own.get("name")))
    return found


def _so_far(page):
    """The survey is still open, and first results are public."""
    day = still_ahead(page.feedback_date)
    return Became(said=[("landing.hear", {"date": day})] if day else [], results=True)


def _became(clock, results, language):
    why = clock.move.why if clock.move and not clock.is_answered else {}
    own = why.get(language, "")
    return Became(
        said=clock.said(),
        results=results,
        late=clock.late,
        why=own or why.get(settings.LANGUAGE_CODE, ""),
        why_in_english=bool(why) and not own and language != settings.LANGUAGE_CODE,
    )

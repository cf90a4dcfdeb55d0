"""What became of consultations that have closed, or show results already: those, and the promise of an answer."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from consultation.questionnaires.aftermath import Became
from consultation.questionnaires.landing import still_ahead
from insights.results.current import clocks_of
from insights.results.models import Results


def became_of(pages: Iterable[Any], language: str) -> dict[int, Became]:
    asked = {page.pk: page for page in pages}
    clocks = clocks_of(asked.values())
    shown = set(
        Results.objects.published().filter(consultation__in=list(asked)).values_list("consultation", flat=True)
    )
    over = {pk: _became(clock, pk in shown, language) for pk, clock in clocks.items()}
    return over | {pk: _so_far(asked[pk]) for pk in shown - over.keys()}


def _so_far(page):
    """It is still asked, and what people have said so far is public."""
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

"""What became of consultations that have closed: their results, and the promise of an answer, for public pages."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from consultation.questionnaires.aftermath import Became
from insights.results.current import clocks_of
from insights.results.models import Results


def became_of(pages: Iterable[Any], language: str) -> dict[int, Became]:
    clocks = clocks_of(pages)
    shown = set(
        Results.objects.published().filter(consultation__in=list(clocks)).values_list("consultation", flat=True)
    )
    return {pk: _became(clock, pk in shown, language) for pk, clock in clocks.items()}


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

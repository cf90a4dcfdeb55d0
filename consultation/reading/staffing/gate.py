"""Publication condition: every working day of the consultation has a reader, a lead and a backup."""

from datetime import date
from typing import Any

from django.utils import timezone

from consultation.questionnaires.gates import gate
from consultation.questionnaires.models import ConsultationPage
from consultation.reading.staffing import coverage

SAID = 3  # days that a refusal names


@gate(
    title="Nobody reads on some days",
    reason="People write on the days that we ask them. A cry for help that nobody reads is worse than no survey.",
    where="readers:consultation",
)
def somebody_will_read(page: Any) -> list[str]:
    """The days without a reader, a lead or a backup, in one sentence; empty if there are none.

    Not asked of translations, which open nothing, nor of corrections to an open survey: a harmful question must not
    stay online because of a gap in three weeks.
    """
    if page.is_translation or _is_a_mended_text(page):
        return []
    return in_words(coverage.gaps(page, timezone.localdate()))


def _is_a_mended_text(page: Any) -> bool:
    live = ConsultationPage.objects.filter(pk=page.pk, live=True).first()
    if live is None or not live.is_open():
        return False
    return live.closes == page.closes or bool(page.closes and (not live.closes or page.closes < live.closes))


def in_words(gaps: list[coverage.Day]) -> list[str]:
    if not gaps:
        return []
    named = "; ".join(f"{_spoken(gap.day)} ({gap.says.lower()})" for gap in gaps[:SAID])
    more = f"; and {len(gaps) - SAID} more" if len(gaps) > SAID else ""
    days = "One working day has" if len(gaps) == 1 else f"{len(gaps)} working days have"
    return [f"{days} nobody for what people write: {named}{more}. Fill them in under “Who will read”."]


def _spoken(day: date) -> str:
    return f"{day:%A %-d %B}"

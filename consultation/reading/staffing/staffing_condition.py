"""Publication condition: every working day of the consultation has a reader, a lead and a backup."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from consultation.reading.staffing import reader_coverage
from consultation.surveys.models import ConsultationPage
from consultation.surveys.publication_conditions import BlockedReason, PublicationCondition
from consultation.surveys.signals import publication_conditions_asked

DAYS_NAMED = 3  # days that a refusal names
FILLED_IN = "An officer names readers under “Who will read”, and a safeguarding lead fills in the rota."

READERS_NAMED = PublicationCondition(
    title="Some days have no reader, lead or backup",
    reason="People write on the days that we ask them. A cry for help that nobody reads is worse than no survey.",
    where="readers:consultation",
)


HEAD_NAMED = PublicationCondition(
    title="No head of service is named",
    reason="Someone above the leads must hear when a cry for help waits too long.",
    where="readers:consultation",
)
NO_HEAD = "No head of service is named. Ask whoever runs the site to set HEAD_OF_SERVICE_EMAIL."


@receiver(publication_conditions_asked, dispatch_uid="reading-staffing")
def list_days_without_readers(sender: Any, *, page: Any, **kwargs: Any) -> list[BlockedReason]:
    """The days without a reader, a lead or a backup, in one sentence, and a missing head of service; empty if neither.

    Not asked of translations, which open nothing, nor of corrections to an open survey: a harmful question must not
    stay online because of a gap in three weeks.
    """
    if page.is_translation or _is_correction_of_open_survey(page):
        return []
    gaps = reader_coverage.list_coverage_gaps(page, timezone.localdate())
    found = [READERS_NAMED.block(page, says) for says in describe_gaps(gaps)]
    return found if settings.HEAD_OF_SERVICE_EMAIL else [*found, HEAD_NAMED.block(page, NO_HEAD)]


def _is_correction_of_open_survey(page: Any) -> bool:
    live = ConsultationPage.objects.filter(pk=page.pk, live=True).first()
    if live is None or not live.is_open():
        return False
    return live.closes == page.closes or bool(page.closes and (not live.closes or page.closes < live.closes))


def describe_gaps(gaps: list[reader_coverage.CoverageDay]) -> list[str]:
    if not gaps:
        return []
    named = "; ".join(f"{gap.day:%A %-d %B} ({gap.says.lower()})" for gap in gaps[:DAYS_NAMED])
    more = f"; and {len(gaps) - DAYS_NAMED} more" if len(gaps) > DAYS_NAMED else ""
    days = "One working day has" if len(gaps) == 1 else f"{len(gaps)} working days have"
    return [f"{days} a gap: {named}{more}. {FILLED_IN}"]

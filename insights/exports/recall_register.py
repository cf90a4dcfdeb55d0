"""Records where withdrawn words stood: releases, decisions, public pages, and exports.

The audit log is the register of exports: whoever exports a release, a decision or a consultation records "export made"
with it as the object. An assessment quotes every release of its quarter, and records the quarter.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.domain.calendar_quarters import Quarter
from insights.corpus.models import Text
from insights.decisions.models import Decision
from insights.exports.models import Recall
from insights.releases.models import Quote, Release, ReleaseStatus

EXPORT = "export made"


def record_recall(answer: UUID) -> Recall | None:
    """Record where a text stood, before it is deleted; None where insights never had it."""
    text = Text.objects.select_related("version__page").filter(pk=answer).first()
    if text is None:
        return None
    quotes = Quote.objects.filter(source_text=text)
    decisions = Decision.objects.filter(citations__quote__in=quotes).distinct()
    releases = dict(quotes.values_list("release_id", "release__number").distinct())
    cited = quotes.filter(citations__decision__in=Decision.objects.published().filter(pk__in=decisions)).values("pk")
    return Recall.objects.create(
        text=text.pk,
        consultation=text.version.page,
        recalled_on=timezone.localdate(),
        releases=sorted(releases.values()),
        decisions=sorted(decisions.values_list("slug", flat=True)),
        was_public=Quote.objects.for_the_public().filter(pk__in=cited).exists(),
        exports=[
            {"entry": one.seq, "day": one.day, "kind": str(one.data.get("kind", "")), "by": one.actor}
            for one in _exports_with_words(releases, decisions, text.version.page_id)
        ],
    )


def _exports_with_words(releases: dict[int, int], decisions: QuerySet[Decision], page: int) -> QuerySet[AuditEntry]:
    held = Q(object_type="release", object_id__in=[str(pk) for pk in releases])
    held |= Q(object_type="decision", object_id__in=[str(pk) for pk in decisions.values_list("pk", flat=True)])
    if releases:
        held |= Q(object_type="consultationpage", object_id=str(page))
    # By status: what is withheld from the partner who reports the words was exported by others.
    days = Release.objects.filter(pk__in=releases, status=ReleaseStatus.PUBLISHED).values_list(
        "published_on", flat=True
    )
    held |= Q(data__assessment__in=sorted({Quarter.of(day).slug for day in days if day is not None}))
    return AuditEntry.objects.filter(held, verb=EXPORT).order_by("seq")

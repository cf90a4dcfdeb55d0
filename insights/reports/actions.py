"""Making a Release: figures and quotes, frozen after disclosure control; and its publication by a second person."""

import json
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from consultation import handover
from consultation.audit.log import record
from insights.coding.actions import codebook_version
from insights.reports import policies
from insights.reports.disclosure import DEFAULT
from insights.reports.models import Quote, Release, ReleaseStatus
from insights.reports.partners import is_partner, mark_noted


@transaction.atomic
def create_release(*, consultation: Any, by: Any, today: date | None = None) -> Release:
    """Freeze what can be said now. Raises ValidationError, in plain words, when it is too early to.

    `by` None is the command line. Everyone counted here can no longer take their figures back (A8), so that is
    marked in the same transaction.
    """
    if by is not None and not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot make a release.")
    from insights.reports import counting, freezing  # numpy and the solver load with the first release, not before

    today = today or timezone.localdate()
    version = codebook_version(consultation)
    if version is None:
        raise ValidationError("The codebook of this consultation has no approved version yet.")
    crowd, questionnaire = counting.gather(consultation)
    rules = {name: getattr(DEFAULT, name) for name in DEFAULT.__dataclass_fields__}
    note_rules(rules, by=by)
    previous = Release.objects.filter(consultation=consultation).order_by("-number").first()
    policies.check_may_release(consultation, previous, len(crowd.people), today)
    release = Release.objects.create(
        consultation=consultation,
        number=(Release.objects.filter(consultation=consultation).aggregate(n=Max("number"))["n"] or 0) + 1,
        codebook_version=version,
        rules=rules,
        people=DEFAULT.rounded(len(crowd.people)) if len(crowd.people) >= DEFAULT.min_base else None,
        made_on=today,
        made_by=by,
    )
    freezing.freeze_figures(release, crowd, questionnaire, previous)
    freezing.freeze_quotes(release)
    freezing.freeze_agreement(release)
    handover.mark_counted(crowd.people)
    record("release made", by=by, obj=release, figures=release.figures.count())
    return release


def note_rules(rules: dict[str, Any], *, by: Any) -> None:
    """The rules of disclosure control stand in code: the first release under other ones says so in the log."""
    last = Release.objects.order_by("-pk").first()
    now = json.loads(json.dumps(rules))
    if last is not None and last.rules and last.rules != now:
        changed = sorted(name for name in {*now, *last.rules} if now.get(name) != last.rules.get(name))
        record("suppression setting changed", by=by, release=last.pk, changed=changed)


def note_partner(*, release: Release, by: Any) -> None:
    """Someone of a partner looks at what a report shows: on record, because it was shared under an agreement."""
    if is_partner(by):
        record("report viewed by partner", by=by, obj=release)
        mark_noted(by)


@transaction.atomic
def publish_release(*, release: Release, by: Any, today: date | None = None) -> Release:
    """A second person publishes; from then on planners see it."""
    if not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot publish a release.")
    if release.made_by_id == by.pk:
        raise ValidationError("Two people publish a release. Ask a colleague who did not make it.")
    if release.status == ReleaseStatus.PUBLISHED:
        raise ValidationError("This release is published already.")
    release.status = ReleaseStatus.PUBLISHED
    release.published_by, release.published_on = by, today or timezone.localdate()
    release.save(update_fields=["status", "published_by", "published_on"])
    record("release published", by=by, obj=release)
    return release


def erase_quotes(*, text: Any) -> None:
    """The words of a text leave every release; the figures, which are frozen, stay (DESIGN: withdrawal)."""
    Quote.objects.filter(source_text=text).update(text="", erased=True, featured=False)


@transaction.atomic
def discard_release(*, release: Release, by: Any) -> None:
    """Throw a draft away. The people it counted stay marked: their figures may be in the next one within minutes."""
    if not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot discard a release.")
    if release.status != ReleaseStatus.DRAFT:
        raise ValidationError("A published release is kept. Make the next one instead.")
    record("release discarded", by=by, obj=release)
    release.delete()


@transaction.atomic
def approve_quote(*, quote: Quote, by: Any) -> Quote:
    """One person's yes to showing these words to the public; they show when two have said so (C3)."""
    if not by.has_perm("insights.approve_quote"):
        raise PermissionDenied("You cannot approve a quote.")
    if quote.erased:
        raise ValidationError("These words were taken back.")
    quote.public_approved_by.add(by)
    record("quote approved", by=by, obj=quote, approvals=quote.public_approved_by.count())
    return quote


@transaction.atomic
def take_back_approval(*, quote: Quote, by: Any) -> None:
    """Anyone who may approve may also stop: the words leave the public pages at once."""
    if not by.has_perm("insights.approve_quote"):
        raise PermissionDenied("You cannot change this.")
    for same in _of_the_same_words(quote):
        same.public_approved_by.clear()
        record("quote approval taken back", by=by, obj=same)


def _of_the_same_words(quote: Quote) -> list[Quote]:
    """One text stands in each of its themes, and in each release: a no to the words is a no to all of them."""
    approved = Quote.objects.filter(
        public_approved_by__isnull=False, release__consultation=quote.release.consultation_id
    )
    same = Q(pk=quote.pk)
    if quote.source_text_id:
        same |= Q(source_text=quote.source_text_id)
    if quote.text:
        same |= Q(text=quote.text)
    return list(approved.filter(same).distinct())

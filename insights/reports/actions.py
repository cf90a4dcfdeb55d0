"""Releases: calculate, store, publish and discard them; approve quotes for the public."""

import json
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultation import handover
from consultation.audit.log import record
from insights.coding.actions import codebook_version
from insights.reports import policies
from insights.reports.models import Quote, Release, ReleaseStatus
from insights.reports.partners import is_partner, note
from insights.reports.words import why_not_for_all


def create_release(
    *,
    consultation: Any,
    by: Any,
    today: date | None = None,
    preset: str = "",
    agreed_by: Any = None,
    tick: Any = None,
) -> Release:
    """Make a draft release. Raises ValidationError, in plain words, where none may be made now.

    `by` None is the command line. Everyone counted here can no longer take their figures back (A8), so that is
    marked in the same transaction. `preset` is the slug of a disclosure preset, by default the previous release's.
    """
    if by is not None and not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot make a release.")
    today, previous = today or timezone.localdate(), newest(consultation)
    if wrong := policies.why_not_now(consultation, previous, today):
        raise ValidationError(wrong)
    draft, version = work_out(consultation, preset, by=by, agreed_by=agreed_by, tick=tick, today=today)
    return keep(draft, version, previous, by=by, today=today)


def newest(consultation: Any) -> Release | None:
    return Release.objects.filter(consultation=consultation).order_by("-number").first()


def work_out(
    consultation: Any,
    preset: str,
    *,
    by: Any,
    agreed_by: Any = None,
    tick: Any = None,
    preview: Any = None,
    today: date | None = None,
) -> tuple[Any, Any]:
    """(Draft, codebook version): counted and protected, with nothing written.

    `preview` is the finished order (`people`, `preview`) that officers have seen; what it hid stays hidden.
    """
    from insights.reports import counting, freezing  # numpy and the solver load with the first release, not before
    from insights.reports.disclosure.presets import PRESETS, preset_of, read
    from insights.reports.ledger.keeping import PEOPLE, Memory

    tick, previous = tick or freezing.quiet, newest(consultation)
    if preset and preset not in PRESETS:
        raise ValidationError("Choose one of the conventions.")
    chosen = PRESETS[preset] if preset else preset_of(previous.rules if previous else {})
    before = read(previous.rules) if previous else None
    if wrong := policies.why_not_these_rules(chosen.rules, before, by, agreed_by):
        raise ValidationError(wrong)
    version = codebook_version(consultation)
    if version is None:
        raise ValidationError("The codebook of this consultation has no approved version yet.")
    crowd, questionnaire = counting.gather(consultation, lambda number: tick("reading", number, 0))
    memory = Memory(consultation, crowd.respondents, chosen.rules, shown_by(previous))
    people, newcomers = len(crowd.respondents), memory.newcomers(previous) if previous else None
    policies.check_people(previous, people, newcomers, memory.needed(*PEOPLE), chosen.rules)
    draft = freezing.Draft(consultation, chosen, crowd, memory, today or timezone.localdate())
    if preview is not None and 0 < abs(people - preview.people) < memory.needed(*PEOPLE):
        draft.previewed = preview.preview
    return freezing.prepare(draft, version, questionnaire, tick), version


def shown_by(release: Release | None) -> dict[tuple[str, str], Any]:
    return {(figure.kind, figure.key): figure.table for figure in release.figures.all()} if release else {}


@transaction.atomic
def keep(draft: Any, version: Any, previous: Release | None, *, by: Any, today: date) -> Release:
    """Store a calculated draft in one transaction. Raises TakenBack where somebody withdrew meanwhile."""
    from insights.reports import freezing
    from insights.reports.disclosure.presets import stored

    consultation, crowd = draft.consultation, draft.crowd
    if newest(consultation) != previous:
        raise ValidationError("Somebody else made a release meanwhile. Look at that one first.")
    if not handover.all_count(consultation, crowd.respondents):
        raise TakenBack("Somebody took their answers back while this was worked out. Make the release again.")
    rules = stored(draft.preset)
    note_rules(rules, by=by, consultation=consultation)
    release = Release.objects.create(
        consultation=consultation,
        number=previous.number + 1 if previous else 1,
        codebook_version=version,
        rules=rules,
        people=draft.people,
        made_on=today,
        made_by=by,
    )
    freezing.store(draft, release)
    handover.mark_counted(crowd.respondents)
    record("release made", by=by, obj=release, figures=len(draft.figures))
    return release


class TakenBack(ValidationError):
    """Somebody who was counted has withdrawn meanwhile: the release is calculated again."""


def note_rules(rules: dict[str, Any], *, by: Any, consultation: Any = None) -> None:
    """Log which disclosure rules differ from the last release's, of this consultation or else of any."""
    releases = Release.objects.filter(consultation=consultation) if consultation else Release.objects.all()
    last = releases.order_by("-pk").first() or Release.objects.order_by("-pk").first()
    now = json.loads(json.dumps(rules))
    if last is None or not last.rules:
        return
    changed = sorted(name for name in {*now, *last.rules} - {"preset"} if now.get(name) != last.rules.get(name))
    if changed:
        record("suppression setting changed", by=by, release=last.pk, changed=changed)


def note_partner(*, release: Release, by: Any) -> None:
    """Record that a partner sees this release, because it is shared under an agreement."""
    if is_partner(by):
        note(by, release=release)


@transaction.atomic
def publish_release(*, release: Release, by: Any, today: date | None = None) -> Release:
    """A second person publishes; from then on planners see the release."""
    if not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot publish a release.")
    _as_it_stands(release)
    if release.made_by_id == by.pk:
        raise ValidationError("Two people publish a release. Ask a colleague who did not make it.")
    if release.status == ReleaseStatus.PUBLISHED:
        raise ValidationError("This release is published already.")
    release.status = ReleaseStatus.PUBLISHED
    release.published_by, release.published_on = by, today or timezone.localdate()
    release.save(update_fields=["status", "published_by", "published_on"])
    record("release published", by=by, obj=release)
    return release


def _as_it_stands(release: Release) -> None:
    """Lock and reload: a colleague may publish or discard it in the same moment."""
    try:
        release.refresh_from_db(from_queryset=Release.objects.select_for_update())
    except Release.DoesNotExist as error:
        raise ValidationError("This release is not there any more.") from error


def erase_quotes(*, text: Any) -> None:
    """Erase a text's words from every release. The figures are frozen and stay."""
    Quote.objects.filter(source_text=text).update(text="", erased=True, featured=False)


@transaction.atomic
def discard_release(*, release: Release, by: Any) -> None:
    """Delete a draft. The people it counted stay marked: the next release may count them within minutes."""
    if not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot discard a release.")
    _as_it_stands(release)
    if release.status != ReleaseStatus.DRAFT:
        raise ValidationError("A published release is kept. Make the next one instead.")
    record("release discarded", by=by, obj=release)
    release.delete()


@transaction.atomic
def approve_quote(*, quote: Quote, by: Any) -> Quote:
    """Record one person's approval; two approvals show the quote to the public (C3)."""
    if not by.has_perm("insights.approve_quote"):
        raise PermissionDenied("You cannot approve a quote.")
    if quote.erased:
        raise ValidationError("These words were taken back.")
    if wrong := why_not_for_all(quote):
        raise ValidationError(wrong)
    quote.public_approved_by.add(by)
    record("quote approved", by=by, obj=quote, approvals=quote.public_approved_by.count())
    return quote


@transaction.atomic
def take_back_approval(*, quote: Quote, by: Any) -> None:
    """Anyone who may approve may remove all approvals: the words leave the public pages at once."""
    if not by.has_perm("insights.approve_quote"):
        raise PermissionDenied("You cannot change this.")
    for same in _of_the_same_words(quote):
        same.public_approved_by.clear()
        record("quote approval taken back", by=by, obj=same)


def _of_the_same_words(quote: Quote) -> list[Quote]:
    """Approved quotes of the same text, which stands in each of its themes and in each release."""
    approved = Quote.objects.filter(
        public_approved_by__isnull=False, release__consultation=quote.release.consultation_id
    )
    same = Q(pk=quote.pk)
    if quote.source_text_id:
        same |= Q(source_text=quote.source_text_id)
    if quote.text:
        same |= Q(text=quote.text)
    return list(approved.filter(same).distinct())

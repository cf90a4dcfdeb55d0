"""Releases: calculate, store, publish and discard them; approve quotes for the public."""

import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone

from consultation import handover
from consultation.access import list_people_with, require_permission
from consultation.audit.audit_log import record_event
from consultation.notifications.notify import notify_after_commit, write_waiting_work
from insights.coding.codebook_in_force import codebook_version
from insights.disclosure.disclosure_presets import (
    Preset,
    find_preset,
    parse_stored_rules,
    preset_of,
    raise_least_group,
    serialise_preset,
)
from insights.disclosure.record_secret import fingerprint_secret
from insights.publishing.lifecycle import Lifecycle
from insights.releases import policies
from insights.releases.merged_groups.models import load_merged_groups
from insights.releases.models import CHOSEN, Quote, Release
from insights.releases.partner_sharing import is_partner, record_partner_opening
from insights.releases.released_quotes import why_not_public
from insights.releases.tied_releases import refuse_tied_releases

LOOK_AND_DECIDE = "Look at its figures and quotes, then publish it or discard it. No planner sees it before that."


def create_release(
    *, consultation: Any, by: Any, today: date | None = None, preset: str = "", agreed_by: Any = None, tick: Any = None
) -> Release:
    """Make a draft release. Raises ValidationError, in plain words, where none may be made now.

    `by` None is the command line. Everyone counted here can no longer take their figures back (A8), so that is
    marked in the same transaction. `preset` is the slug of a disclosure preset, by default the previous release's.
    """
    if by is not None:
        require_permission(by, "insights.publish_release")
    today, previous = today or timezone.localdate(), find_newest_release(consultation)
    if wrong := policies.why_not_release_now(consultation, previous, today):
        raise ValidationError(wrong)
    draft, version = calculate_release(consultation, preset, by=by, agreed_by=agreed_by, tick=tick, today=today)
    release = store_release(draft, version, previous, by=by, today=today)
    from insights.releases.chosen_quotes.arrangement import arrange_quotes  # the encoders load with it

    arrange_quotes(release)
    return release


def find_newest_release(consultation: Any) -> Release | None:
    return Release.objects.filter(consultation=consultation).order_by("-number").first()


def calculate_release(
    consultation: Any, preset: str, *, by: Any, agreed_by: Any = None, tick: Any = None, today: date | None = None
) -> tuple[Any, Any]:
    """(Draft, codebook version): counted and protected, with nothing written."""
    # numpy and the solver load with the first release, not before.
    from insights.releases import cross_tabulation, release_freezing, release_verification

    tick, previous = tick or release_freezing.ignore_progress, find_newest_release(consultation)
    today = today or timezone.localdate()
    chosen = find_preset(preset) if preset else preset_of(previous.rules if previous else {})
    if consultation.evaluation_round:
        chosen = raise_least_group(chosen)
    _check_rules(consultation, chosen, previous, by=by, agreed_by=agreed_by, today=today)
    version = codebook_version(consultation)
    if version is None:
        raise ValidationError("The codebook of this consultation has no approved version yet.")
    changes = policies.count_respondent_changes(consultation, previous)
    crowd, questionnaire = cross_tabulation.gather_crowd(consultation, lambda number: tick("reading", number, 0))
    policies.check_enough_newcomers(changes)
    merged = load_merged_groups(consultation)
    earlier = Release.objects.published().filter(consultation=consultation).order_by("number")
    draft = release_freezing.ReleaseDraft(
        consultation,
        chosen,
        crowd,
        changes.next_number,
        today=today,
        previous=previous,
        earlier=tuple(people or 0 for people in earlier.values_list("people", flat=True)),
        merged=merged,
    )
    draft = release_freezing.draw_true_figures(draft, version, questionnaire, tick)
    if draft.people is None and not release_freezing.count_themes_without_figures(draft):
        raise ValidationError(policies.describe_too_few(chosen.rules))
    if chosen.rules.perturb and (faults := release_verification.list_faults(draft.summary, perturbed=True)):
        raise ValidationError(["No release is made: its numbers would be further off than was agreed.", *faults])
    return draft, version


def _check_rules(
    consultation: Any, preset: Preset, previous: Release | None, *, by: Any, agreed_by: Any, today: date
) -> None:
    before = parse_stored_rules(previous.rules) if previous else None
    wrong = (
        policies.why_not_exact_numbers(consultation, preset.rules, previous, today)
        or policies.why_not_looser_rules(preset.rules, before, by, agreed_by)
        or policies.why_not_this_secret(previous)
    )
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def store_release(draft: Any, version: Any, previous: Release | None, *, by: Any, today: date) -> Release:
    """Store a calculated draft in one transaction. Raises AnswersTakenBack where somebody withdrew meanwhile."""
    from insights.releases import release_freezing  # numpy and the solver load with it

    consultation, crowd = draft.consultation, draft.crowd
    handover.lock_consultation(consultation)
    if find_newest_release(consultation) != previous:
        raise ValidationError("Somebody else made a release meanwhile. Look at that one first.")
    if load_merged_groups(consultation) != draft.merged:
        raise ValidationError("The larger groups were changed while this was worked out. Make the release again.")
    if not handover.are_all_countable(consultation, crowd.respondents):
        raise AnswersTakenBack("Somebody took their answers back while this was worked out. Make the release again.")
    rules = serialise_preset(draft.preset)
    record_rule_changes(rules, by=by, consultation=consultation)
    release = Release.objects.create(
        consultation=consultation,
        number=draft.number,
        secret_fingerprint=fingerprint_secret(),
        codebook_version=version,
        rules=rules,
        people=draft.people,
        made_on=today,
        made_by=by,
    )
    release_freezing.store_release_content(draft, release)
    handover.mark_respondents_counted(crowd.respondents, release=draft.number)
    record_event("release made", by=by, obj=release, figures=len(draft.figures))
    _tell_second_persons(release, by)
    return release


def _tell_second_persons(release: Release, by: Any) -> None:
    """All who may publish it, but whoever made it."""
    title = f"Release {release.number} of “{release.consultation.title}”"
    says = f"{by or 'The site'} made it. {LOOK_AND_DECIDE}"
    mail = write_waiting_work(f"{title} waits for a second person", says, reverse("insights:releases"))
    others = list_people_with(ReleaseLifecycle.may_publish)
    notify_after_commit([person.email for person in others if person != by], mail)


class AnswersTakenBack(ValidationError):
    """Somebody who was counted has withdrawn meanwhile: the release is calculated again."""


def record_rule_changes(rules: dict[str, Any], *, by: Any, consultation: Any = None) -> None:
    """Log which disclosure rules differ from the last release's, of this consultation or else of any."""
    releases = Release.objects.filter(consultation=consultation) if consultation else Release.objects.all()
    last = releases.order_by("-pk").first() or Release.objects.order_by("-pk").first()
    now = json.loads(json.dumps(rules))
    if last is None or not last.rules:
        return
    changed = sorted(name for name in {*now, *last.rules} - {"preset"} if now.get(name) != last.rules.get(name))
    if changed:
        record_event("suppression setting changed", by=by, release=last.pk, changed=changed)


def record_partner_view(*, release: Release, by: Any) -> None:
    """Record that a partner sees this release, because it is shared under an agreement."""
    if is_partner(by):
        record_partner_opening(by, release=release)


class ReleaseLifecycle(Lifecycle[Release]):
    """Planners see a release once a second person has published it. The people whom a discarded draft counted stay
    marked: the next release counts the same people, or ten more."""

    name = "release"
    may_write = may_publish = "insights.publish_release"
    gone = "This release is not there any more."
    stays = "A published release is kept. Make the next one instead."
    public_already = "This release is published already."
    two_people = "Two people publish a release. Ask a colleague who did not make it."

    def lock(self, of: Release) -> Release:
        """The caller's own copy, which goes on to be used."""
        try:
            of.refresh_from_db(from_queryset=Release.objects.select_for_update())
        except Release.DoesNotExist as error:
            raise ValidationError(self.gone) from error
        return of


RELEASES = ReleaseLifecycle()


def publish_release(*, release: Release, by: Any, today: date | None = None) -> Release:
    return RELEASES.publish(release, by=by, today=today)


@transaction.atomic
def erase_quotes(*, text: Any) -> None:
    """Erase a text's words from every release. The figures are frozen and stay; so does the number of those who said
    nearly this, but one who is left alone of them stands for nobody."""
    quotes, gone = Quote.objects.filter(source_text=text), {"text": "", "erased": True, "featured": False}
    folds = list(quotes.filter(fold__isnull=False).values("release", "theme", "fold"))
    quotes.update(**gone, place=CHOSEN + 1, disagrees=False, fold=None, alike=None)
    for fold in folds:
        left = Quote.objects.filter(**fold)
        if left.count() == 1:
            # One that somebody else erases now is left to them: neither waits for the other.
            found = list(left.select_for_update(skip_locked=True).values_list("pk", flat=True))
            Quote.objects.filter(pk__in=found).update(place=Least("place", CHOSEN + 1), fold=None, alike=None)


@transaction.atomic
def approve_quote(*, quote: Quote, by: Any) -> Quote:
    """Record one person's approval; two approvals show the quote to the public (C3)."""
    require_permission(by, "insights.approve_quote")
    if quote.erased:
        raise ValidationError("These words were taken back.")
    if wrong := why_not_public(quote):
        raise ValidationError(wrong)
    refuse_tied_releases([quote.release_id])
    quote.public_approved_by.add(by)
    record_event("quote approved", by=by, obj=quote, approvals=quote.public_approved_by.count())
    return quote


@transaction.atomic
def withdraw_quote_approval(*, quote: Quote, by: Any) -> None:
    """Anyone who may approve may remove all approvals: the words leave the public pages at once, in each theme and
    each release in which the text stands."""
    require_permission(by, "insights.approve_quote")
    same = Q(pk=quote.pk)
    if quote.source_text_id:
        same |= Q(source_text=quote.source_text_id)
    if quote.text:
        same |= Q(text=quote.text)
    approved = Quote.objects.filter(
        same, public_approved_by__isnull=False, release__consultation=quote.release.consultation_id
    )
    for one in list(approved.distinct()):
        one.public_approved_by.clear()
        record_event("quote approval taken back", by=by, obj=one)

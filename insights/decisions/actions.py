"""Record, cite, change and publish decisions: each step writes its ledger entry in the same transaction.

Elsewhere: progress notes (`progress`), translations (`translating`), figures (`evidence`), options (`considered`).
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from consultation.access import require_permission
from consultation.audit.audit_log import record_event as audit
from insights.coding.models import Theme
from insights.decisions import decision_rules
from insights.decisions.ledger_entries import (
    HASHED_FIELDS,
    WRITING_VERBS,
    append_ledger_entry,
    decision_entry_data,
    hash_public_state,
    note_entry_data,
)
from insights.decisions.models import (
    TRANSLATED_FIELDS,
    Bearing,
    Citation,
    Decision,
    DecisionStatus,
    LedgerEntry,
    Progress,
    ProgressNote,
    ProposedCitation,
    QuoteKey,
)
from insights.decisions.neutral_titles import validate_neutral_title
from insights.decisions.policies import may_change
from insights.publishing.lifecycle import Lifecycle
from insights.publishing.records import lock_record
from insights.publishing.translation_confirmation import uncheck_translations
from insights.releases.models import Quote, Release, ReleaseStatus
from insights.releases.stored_figures import WAITING
from insights.releases.tied_releases import refuse_tied_releases

AT_ONCE = "Someone recorded a decision of the same title at the same moment. Save it again."


@transaction.atomic
def record_decision(*, by: Any, consultations: Any, **fields: Any) -> Decision:
    """Create a draft, which may be half finished: `decision_rules` says what publication needs."""
    require_permission(by, "insights.draft_decision")
    decision = Decision(created_by=by, **fields)
    _validate_decision(decision)
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError:
        raise ValidationError(AT_ONCE) from None
    decision.consultations.set(consultations)
    append_ledger_entry("recorded", decision, by, **decision_entry_data(decision))
    audit("decision recorded", by=by, obj=decision)
    return decision


def _validate_decision(decision: Decision) -> None:
    errors: dict[str, str] = {}
    if not decision.is_draft:
        errors |= decision_rules.list_reason_errors(decision)
    if decision.due and decision.due < decision.decided:
        errors["due"] = "The day it is due is before the day it was decided."
    errors |= decision_rules.list_follow_errors(decision)
    if errors:
        raise ValidationError(errors)
    decision.full_clean(exclude=["created_by", "published_by"])


def find_free_slug(model: Any, name: str, otherwise: str) -> str:
    base = slugify(name)[:70] or otherwise
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken)


def lock_decision(decision: Decision) -> Decision:
    """Reload the decision and lock its row until the transaction ends: the caller's copy may be old."""
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update())
    return decision


@transaction.atomic
def change_decision(
    *, decision: Decision, by: Any, consultations: Any = None, why: str = "", today: date | None = None, **fields: Any
) -> Decision:
    """Change a decision; the ledger records the hash of the new content.

    `why`: the public reason, needed when published words change. Changed words take the confirmation off every
    translation.
    """
    fresh = lock_decision(decision)
    public = fresh.status == DecisionStatus.PUBLISHED
    require_permission(by, may_change, fresh)
    if consultations is not None and public:
        _validate_same_consultations(fresh, consultations)
    before = {name: getattr(fresh, name) for name in HASHED_FIELDS}
    lacked = decision_rules.list_missing_parts(fresh)
    for name, value in fields.items():
        setattr(fresh, name, value)
    _validate_decision(fresh)
    if public:
        _validate_public_change(fresh, before, lacked)
    amended = decision_rules.describe_amendment(before, fresh, why) if public else ""
    if any(before[name] != getattr(fresh, name) for name in (*TRANSLATED_FIELDS, "easy")):
        fresh.translations = uncheck_translations(fresh.translations)
    fresh.save()
    told: dict[str, Any] = {}
    if amended:
        note = ProgressNote.objects.create(
            decision=fresh, day=today or timezone.localdate(), progress=fresh.progress,
            words={settings.LANGUAGE_CODE: amended}, written_by=by,
        )  # fmt: skip
        told = note_entry_data(note)
    if consultations is not None:
        fresh.consultations.set(consultations)
    append_ledger_entry("changed", fresh, by, **decision_entry_data(fresh), **told)
    audit("decision published/changed", by=by, obj=fresh)
    return fresh


def _validate_public_change(decision: Decision, before: dict[str, Any], lacked: list[str]) -> None:
    """A change must not take a required part out of a published decision, make its easy read harder than it may be or
    than two people let it be (then the reason for that goes), nor give it a title that is not neutral."""
    lost = [words for words in decision_rules.list_missing_parts(decision) if words not in lacked]
    if hard := decision_rules.find_hard_summary(decision.easy, was=before["easy"]):
        lost.append(hard)
    if lost:
        raise ValidationError(lost)
    if not decision_rules.find_hard_summary(decision.easy):
        decision.hard_because = ""
    if decision.title != before["title"]:
        validate_neutral_title(decision)


def _validate_same_consultations(decision: Decision, consultations: Any) -> None:
    """A published decision keeps its consultations: its publication day is the day on which they were answered."""
    if {page.pk for page in consultations} != set(decision.consultations.values_list("pk", flat=True)):
        words = "It is published: what it answers stays. Record another decision for the other consultation."
        raise ValidationError({"consultations": words})


def lock_evidence(decision: Decision, by: Any) -> Decision:
    """The draft whose evidence is about to change. A published decision keeps its evidence, and takes a second person
    for more: a proposal, then its acceptance."""
    require_permission(by, "insights.draft_decision")
    if lock_decision(decision).status != DecisionStatus.DRAFT:
        raise ValidationError("It is published: its evidence stays. A second person confirms what is added to it.")
    return decision


@transaction.atomic
def cite_theme(
    *,
    decision: Decision,
    by: Any,
    release: Release,
    theme: Theme,
    quote: Quote | None = None,
    bearing: str = Bearing.SUPPORTS,
) -> Citation:
    """Cite a theme of a published release, perhaps one of its quotes; the citation freezes the figure as it was shown."""
    lock_evidence(decision, by)
    return _save_citation(by, decision=decision, release=release, theme=theme, quote=quote, bearing=bearing)


def _save_citation(by: Any, **cited: Any) -> Citation:
    _validate_citable(**cited)
    release, theme, quote = cited["release"], cited["theme"], cited["quote"]
    citation = Citation(
        **cited,
        codebook_version=release.codebook_version,
        question=quote.question if quote else "",
        seen=get_shown_theme_figure(release, theme),
    )
    citation.validate_constraints()
    citation.save()
    data = {"release": release.pk, "theme": theme.slug, "bearing": citation.bearing, "seen": citation.seen}
    data |= {"codebook": citation.codebook_version_id, "asked": citation.question}
    if quote is not None:
        # The fingerprint's key is erased with the quote: it then confirms nothing.
        key, _ = QuoteKey.objects.get_or_create(quote=quote, defaults={"key": secrets.token_bytes(32)})
        fingerprint = hmac.new(bytes(key.key), quote.text.encode(), hashlib.sha256).hexdigest()
        data |= {"quote": quote.pk, "fingerprint": fingerprint}
    append_ledger_entry("cited", citation.decision, by, **data)
    return citation


def _validate_citable(*, release: Release, theme: Theme, quote: Quote | None, **_: Any) -> None:
    if release.status != ReleaseStatus.PUBLISHED:
        raise ValidationError("Only a published release can be cited.")
    if get_shown_theme_figure(release, theme)["symbol"] == WAITING:
        raise ValidationError("This theme has no number yet: people have read too few of these answers to cite it.")
    if quote is not None and (quote.release_id != release.pk or quote.theme_id != theme.pk or quote.erased):
        raise ValidationError("This quote is not part of that theme in that release.")


@transaction.atomic
def propose_theme(
    *,
    decision: Decision,
    by: Any,
    release: Release,
    theme: Theme,
    quote: Quote | None = None,
    bearing: str = Bearing.SUPPORTS,
    today: date | None = None,
) -> ProposedCitation:
    cited: dict[str, Any] = {
        "decision": decision, "release": release, "theme": theme, "quote": quote, "bearing": bearing,
    }  # fmt: skip
    _validate_citable(**cited)
    Citation(**cited, codebook_version=release.codebook_version).validate_constraints()
    return save_proposal(by, today, {"theme": theme.slug}, **cited)


@transaction.atomic
def save_proposal(by: Any, today: date | None, named: dict[str, Any], **cited: Any) -> ProposedCitation:
    """Propose evidence for a published decision. It stays internal until a second person accepts it. `named`: what it is,
    for the ledger."""
    require_permission(by, "insights.draft_decision")
    decision, release = cited["decision"], cited["release"]
    if lock_decision(decision).status != DecisionStatus.PUBLISHED:
        raise ValidationError("It is a draft: cite its evidence.")
    proposed = ProposedCitation(**cited, made_on=today or timezone.localdate(), made_by=by)
    proposed.validate_constraints()
    proposed.save()
    append_ledger_entry("evidence proposed", decision, by, release=release.pk, **named, bearing=cited["bearing"])
    return proposed


def accept_theme(found: ProposedCitation, by: Any) -> Citation:
    """Publish a proposed theme with the figure as the release shows it."""
    cited = {name: getattr(found, name) for name in ("decision", "release", "theme", "quote", "bearing")}
    return _save_citation(by, **cited)


def lock_proposal(proposed: ProposedCitation) -> ProposedCitation:
    return lock_record(proposed, "Someone has added it or taken it back already.")


@transaction.atomic
def decline_proposal(*, proposed: ProposedCitation, by: Any) -> None:
    """Delete a proposal: its proposer takes it back, or a person who may publish declines it."""
    proposed = lock_proposal(proposed)
    if proposed.made_by_id != by.pk:
        require_permission(by, "insights.publish_decision")
    what = {"theme": proposed.theme.slug} if proposed.theme else {"figure": proposed.figure_id}
    append_ledger_entry("proposal removed", proposed.decision, by, release=proposed.release_id, **what)
    proposed.delete()


def get_shown_theme_figure(release: Release, theme: Theme) -> dict[str, Any]:
    """{label, people, symbol} of a theme as a release shows it."""
    row = next((row for row in release.theme_rows() if row["id"] == str(theme.pk)), None)
    if row is None:
        raise ValidationError("That theme is not in that release.")
    return {"label": row["label"], "people": row["value"], "symbol": row["symbol"]}


@transaction.atomic
def remove_citation(*, citation: Citation, by: Any) -> None:
    """Take a citation out of a draft."""
    lock_evidence(citation.decision, by)
    gone = {"release": citation.release_id, "theme": citation.theme.slug, "quote": citation.quote_id}
    append_ledger_entry("citation removed", citation.decision, by, **gone)
    citation.delete()


class DecisionLifecycle(Lifecycle[Decision]):
    """Publication alone. The public page and all receipts of its consultations show the decision from then on."""

    may_write = "insights.draft_decision"
    two_people = "Two people publish a decision. Ask a colleague who did not write it."
    public_already = "This decision is published already."
    lock = staticmethod(lock_decision)
    get_state_hash = staticmethod(hash_public_state)

    def list_writer_ids(self, held: Decision) -> set[int]:
        """Those whom the ledger names as writers or as choosing evidence."""
        entries = LedgerEntry.objects.filter(decision=held.slug, verb__in=WRITING_VERBS).exclude(actor="")
        return {held.created_by_id, *map(int, entries.values_list("actor", flat=True).distinct())}

    def validate_publication(self, held: Decision, today: date) -> None:
        if held.follows_id:
            # Two successors published at once: the second waits and is refused.
            lock_decision(decision_rules.get_earlier_decision(held))
        if wrong := decision_rules.list_missing_parts(held) or decision_rules.list_follow_errors(held):
            raise ValidationError(wrong)
        cited = (held.citations, held.figure_citations)
        refuse_tied_releases(pk for one in cited for pk in one.values_list("release_id", flat=True))
        validate_neutral_title(held)

    def list_readings(self, held: Decision) -> Iterator[tuple[float, float]]:
        yield decision_rules.grade_child_summary(held.easy)

    def record_publication(self, held: Decision, by: Any) -> None:
        append_ledger_entry("published", held, by, **decision_entry_data(held))
        audit("decision published/changed", by=by, obj=held)
        if held.follows_id:
            _note_on_earlier_decision(held, by)


DECISIONS = DecisionLifecycle()


def publish_decision(*, decision: Decision, by: Any, **seen: Any) -> Decision:
    """`seen`: as in `Lifecycle.publish`."""
    return DECISIONS.publish(decision, by=by, **seen)


def _note_on_earlier_decision(later: Decision, by: Any) -> None:
    """Add a public, dated note to the earlier decision; a replaced one is stopped and owes no further news."""
    earlier = lock_decision(decision_rules.get_earlier_decision(later))
    if decision_rules.is_ended_by(later, earlier):
        earlier.progress, earlier.next_update = Progress.STOPPED, None
        earlier.save(update_fields=["progress", "next_update"])
    note = ProgressNote.objects.create(
        decision=earlier, day=later.published_on or timezone.localdate(), progress=earlier.progress,
        words={settings.LANGUAGE_CODE: decision_rules.describe_later_decision(later)}, written_by=by,
    )  # fmt: skip
    append_ledger_entry(
        "followed", earlier, by, by_decision=later.slug, how=later.follows_how, **note_entry_data(note)
    )
    append_ledger_entry("changed", earlier, by, **decision_entry_data(earlier))

"""Codebook versions: begin, load, describe, set aside, and approve by two people, which recodes texts (S1)."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.audit.models import canonical_json
from insights.coding.codebooks import policies, theme_entry_rows
from insights.coding.codebooks.models import ThemeActKind
from insights.coding.codebooks.recoding import recode_texts
from insights.coding.models import Codebook, CodebookVersion, CodebookVersionStatus, Theme, ThemeEntry

LEFT_OUT = "It is not in this version."


def lock_draft_for_change(version: CodebookVersion, by: Any) -> CodebookVersion:
    """Lock the draft for a change. Its approvals are removed, because they were for the earlier content."""
    require_permission(by, policies.may_propose)
    found = CodebookVersion.objects.select_for_update().get(pk=version.pk)
    if not found.is_draft:
        raise ValidationError("This version is no draft any more, so nothing in it changes.")
    found.approved_by.clear()
    return found


@transaction.atomic
def load_codebook(
    *, slug: str, name: str, themes: Iterable[dict[str, Any]], by: Any, label: str = "", why: str = ""
) -> CodebookVersion:
    """Create a draft version from theme rows. Theme ids are permanent: a known slug keeps its Theme. `by` is None for
    the system."""
    if by is not None:
        require_permission(by, policies.may_propose)
    codebook, _ = Codebook.objects.get_or_create(slug=slug, defaults={"name": name})
    version = _create_draft_version(codebook, by, label=label, why=why)
    for place, fields in enumerate(themes):
        theme, _ = Theme.objects.get_or_create(codebook=codebook, slug=fields["slug"])
        ThemeEntry.objects.create(version=version, theme=theme, place=place, **theme_entry_rows.normalise_row(fields))
    record_event("codebook version drafted", by=by, obj=version, themes=version.entries.count())
    return version


def _create_draft_version(codebook: Codebook, by: Any, **fields: Any) -> CodebookVersion:
    last = codebook.versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    return CodebookVersion.objects.create(
        codebook=codebook, number=number, based_on=codebook.current, drafted_by=by, **fields
    )


@transaction.atomic
def begin_codebook(*, name: str, slug: str, by: Any) -> CodebookVersion:
    """Create a codebook with an empty first draft."""
    require_permission(by, policies.may_propose)
    try:
        with transaction.atomic():  # the constraint refuses one of two who begin at once
            Codebook.objects.create(slug=slug, name=name)
    except IntegrityError as error:
        raise ValidationError({"slug": "Another codebook has this short name."}) from error
    return load_codebook(slug=slug, name=name, themes=(), by=by)


def open_draft_of(codebook: Codebook) -> CodebookVersion | None:
    return codebook.versions.filter(status=CodebookVersionStatus.DRAFT).order_by("-number").first()


def require_no_draft(codebook: Codebook) -> None:
    if open_draft_of(codebook) is not None:
        raise ValidationError("A draft of this codebook is open. Finish it, or set it aside, before another begins.")


@transaction.atomic
def begin_draft(*, codebook: Codebook, by: Any) -> CodebookVersion:
    """Begin a draft as a copy of the version in force. One draft at a time: two would lack each other's acts."""
    require_permission(by, policies.may_propose)
    Codebook.objects.select_for_update().get(pk=codebook.pk)
    require_no_draft(codebook)
    version = _create_draft_version(codebook, by)
    for entry in version.based_on.entries.all() if version.based_on else ():
        ThemeEntry.objects.create(
            version=version, theme_id=entry.theme_id, place=entry.place, **theme_entry_rows.row_of_entry(entry)
        )
    record_event("codebook version drafted", by=by, obj=version, themes=version.entries.count())
    return version


@transaction.atomic
def import_draft(*, codebook: Codebook, themes: list[dict[str, Any]], by: Any) -> CodebookVersion:
    """Import a whole draft from file rows. Themes that the file omits are retired on approval."""
    require_permission(by, policies.may_propose)
    Codebook.objects.select_for_update().get(pk=codebook.pk)
    require_no_draft(codebook)
    return load_codebook(slug=codebook.slug, name=codebook.name, themes=themes, by=by)


@transaction.atomic
def describe_version(*, version: CodebookVersion, label: str, why: str, by: Any) -> None:
    """Save the draft's label and reason, which the second approver reads first."""
    version = lock_draft_for_change(version, by)
    version.label, version.why = label, why
    version.save(update_fields=["label", "why"])
    record_event("codebook version described", by=by, obj=version)


@transaction.atomic
def set_aside_draft(*, version: CodebookVersion, by: Any) -> None:
    """End the draft without recoding. It can still be viewed."""
    version = lock_draft_for_change(version, by)
    version.status = CodebookVersionStatus.SET_ASIDE
    version.save(update_fields=["status"])
    record_event("codebook version set aside", by=by, obj=version)


def compute_draft_fingerprint(version: CodebookVersion) -> str:
    """A digest of the draft's content; it differs when anything that an approval covers has changed."""
    themes = [
        [entry.theme_id, entry.place, theme_entry_rows.row_of_entry(entry)]
        for entry in version.entries.order_by("theme_id")
    ]
    acts = [[act.pk, act.kind, act.theme_id, act.why] for act in version.acts.all()]
    return hashlib.sha256(canonical_json([version.label, version.why, themes, acts]).encode()).hexdigest()[:16]


@transaction.atomic
def approve_version(*, version: CodebookVersion, by: Any, seen: str | None = None) -> CodebookVersion:
    """Record one person's approval of the draft whose fingerprint they have `seen`. The second approval puts the
    version in force and recodes texts, on record (S1)."""
    require_permission(by, policies.may_approve)
    CodebookVersion.objects.select_for_update().get(pk=version.pk)  # the same lock order as every change of a draft
    Codebook.objects.select_for_update().get(pk=version.codebook_id)
    version.refresh_from_db()
    if version.status == CodebookVersionStatus.APPROVED:
        return version
    in_force = version.codebook.current
    against = policies.why_not_approve(
        is_draft=version.is_draft,
        based_on=version.based_on_id,
        in_force=in_force.pk if in_force else None,
        themes=version.entries.count(),
        changed=seen is not None and seen != compute_draft_fingerprint(version),
    )
    if against:
        raise ValidationError(against)
    version.approved_by.add(by)
    approvals = version.approved_by.count()
    record_event("codebook version approved", by=by, obj=version, approvals=approvals)
    if policies.has_enough_approvals(approvals):
        _put_version_in_force(version, in_force, by)
    return version


def _put_version_in_force(version: CodebookVersion, before: CodebookVersion | None, by: Any) -> None:
    if before is not None:
        _retire_omitted_themes(version, before)
        before.status = CodebookVersionStatus.SUPERSEDED
        before.save(update_fields=["status"])
    version.status, version.approved_on = CodebookVersionStatus.APPROVED, timezone.localdate()
    version.save(update_fields=["status", "approved_on"])
    recoded = recode_texts(version)
    record_event("texts recoded", by=by, obj=version, about=recoded // 10 * 10)


def _retire_omitted_themes(version: CodebookVersion, before: CodebookVersion) -> None:
    """Record a retirement for each theme that a file omitted: no theme leaves a codebook without an act."""
    left = before.entries.exclude(theme__in=version.entries.values("theme"))
    for entry in left.exclude(theme__in=version.acts.exclude(kind=ThemeActKind.MOVE).values("theme")):
        version.acts.create(
            kind=ThemeActKind.RETIRE,
            theme_id=entry.theme_id,
            by=version.drafted_by,
            why=LEFT_OUT,
            before=theme_entry_rows.row_of_entry(entry),
        )

"""Save, share and remove pages and notes."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.coding.models import Theme
from insights.releases.models import Release
from insights.workspace.saved import policies
from insights.workspace.saved.models import KeptPage, Note

LONGEST_NAME = 120
LONGEST_ADDRESS = 500
LONGEST_NOTE = 1000


@transaction.atomic
def save_page(*, by: Any, address: str, name: str, shared: bool = False, today: date | None = None) -> KeptPage:
    """Save a page; the same address replaces the person's earlier entry."""
    require_permission(by, policies.may_save_pages)
    address = address[: LONGEST_ADDRESS + 1].partition("#")[0]
    if len(address) > LONGEST_ADDRESS or not policies.saveable_page_name(address):
        raise ValidationError("This page cannot be kept.")
    kept, _ = KeptPage.objects.update_or_create(
        owner=by,
        address=address,
        defaults={
            "name": _clean_name(name),
            "shared": _validate_sharing(by, shared),
            "kept_on": today or timezone.localdate(),
        },
    )
    record_event("page kept", by=by, obj=kept, shared=kept.shared)
    return kept


@transaction.atomic
def change_saved_page(*, kept: KeptPage, by: Any, name: str, shared: bool) -> KeptPage:
    require_permission(by, policies.may_change_saved, kept)
    kept.name, kept.shared = _clean_name(name), _validate_sharing(by, shared)
    kept.save(update_fields=["name", "shared"])
    record_event("page kept", by=by, obj=kept, shared=kept.shared)
    return kept


@transaction.atomic
def remove_saved_page(*, kept: KeptPage, by: Any) -> None:
    require_permission(by, policies.may_change_saved, kept)
    record_event("page kept no more", by=by, obj=kept)
    kept.delete()


@transaction.atomic
def write_note(
    *, by: Any, release: Release, theme: Theme | None, words: str, shared: bool = False, today: date | None = None
) -> Note:
    require_permission(by, policies.may_save_pages)
    note = Note.objects.create(
        owner=by,
        release=release,
        theme=theme,
        words=_clean_words(words),
        shared=_validate_sharing(by, shared),
        written_on=today or timezone.localdate(),
    )
    record_event("note written", by=by, obj=note, release=release.pk, shared=note.shared)
    return note


@transaction.atomic
def change_note(*, note: Note, by: Any, words: str, shared: bool) -> Note:
    require_permission(by, policies.may_change_saved, note)
    note.words, note.shared = _clean_words(words), _validate_sharing(by, shared)
    note.save(update_fields=["words", "shared"])
    record_event("note changed", by=by, obj=note, shared=note.shared)
    return note


@transaction.atomic
def remove_note(*, note: Note, by: Any) -> None:
    require_permission(by, policies.may_change_saved, note)
    record_event("note removed", by=by, obj=note)
    note.delete()


def _clean_name(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())[:LONGEST_NAME]
    if not name:
        raise ValidationError({"name": "Give it a name."})
    return name


def _clean_words(words: str) -> str:
    words = words.replace("\0", "").strip()
    if not words:
        raise ValidationError({"words": "Write something, or leave it."})
    if len(words) > LONGEST_NOTE:
        raise ValidationError({"words": f"Take out {len(words) - LONGEST_NOTE} letters."})
    return words


def _validate_sharing(by: Any, shared: bool) -> bool:
    if shared and by.agency_id is None:
        raise ValidationError({"shared": "Your account names no agency, so there is no team to share with."})
    return shared

"""Save, share and remove pages and notes."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.audit.log import record
from insights.coding.models import Theme
from insights.reports.models import Release
from insights.shelf import policies
from insights.shelf.models import KeptPage, Note

LONGEST_NAME = 120
LONGEST_ADDRESS = 500
LONGEST_NOTE = 1000


@transaction.atomic
def keep_page(*, by: Any, address: str, name: str, shared: bool = False, today: date | None = None) -> KeptPage:
    """Save a page; the same address replaces the person's earlier entry."""
    _allowed(policies.may_keep(by))
    address = address[: LONGEST_ADDRESS + 1].partition("#")[0]
    if len(address) > LONGEST_ADDRESS or not policies.page_name(address):
        raise ValidationError("This page cannot be kept.")
    kept, _ = KeptPage.objects.update_or_create(
        owner=by,
        address=address,
        defaults={"name": _name(name), "shared": _may_share(by, shared), "kept_on": today or timezone.localdate()},
    )
    record("page kept", by=by, obj=kept, shared=kept.shared)
    return kept


@transaction.atomic
def rename_page(*, kept: KeptPage, by: Any, name: str, shared: bool) -> KeptPage:
    _allowed(policies.may_change(by, kept))
    kept.name, kept.shared = _name(name), _may_share(by, shared)
    kept.save(update_fields=["name", "shared"])
    record("page kept", by=by, obj=kept, shared=kept.shared)
    return kept


@transaction.atomic
def drop_page(*, kept: KeptPage, by: Any) -> None:
    _allowed(policies.may_change(by, kept))
    record("page kept no more", by=by, obj=kept)
    kept.delete()


@transaction.atomic
def write_note(
    *, by: Any, release: Release, theme: Theme | None, words: str, shared: bool = False, today: date | None = None
) -> Note:
    _allowed(policies.may_keep(by))
    note = Note.objects.create(
        owner=by,
        release=release,
        theme=theme,
        words=_words(words),
        shared=_may_share(by, shared),
        written_on=today or timezone.localdate(),
    )
    record("note written", by=by, obj=note, release=release.pk, shared=note.shared)
    return note


@transaction.atomic
def change_note(*, note: Note, by: Any, words: str, shared: bool) -> Note:
    _allowed(policies.may_change(by, note))
    note.words, note.shared = _words(words), _may_share(by, shared)
    note.save(update_fields=["words", "shared"])
    record("note changed", by=by, obj=note, shared=note.shared)
    return note


@transaction.atomic
def remove_note(*, note: Note, by: Any) -> None:
    _allowed(policies.may_change(by, note))
    record("note removed", by=by, obj=note)
    note.delete()


def _allowed(yes: bool) -> None:
    if not yes:
        raise PermissionDenied("Only the person whose it is can do this.")


def _name(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())[:LONGEST_NAME]
    if not name:
        raise ValidationError({"name": "Give it a name."})
    return name


def _words(words: str) -> str:
    words = words.replace("\0", "").strip()
    if not words:
        raise ValidationError({"words": "Write something, or leave it."})
    if len(words) > LONGEST_NOTE:
        raise ValidationError({"words": f"Take out {len(words) - LONGEST_NOTE} letters."})
    return words


def _may_share(by: Any, shared: bool) -> bool:
    if shared and not by.agency.strip():
        raise ValidationError({"shared": "Your account names no agency, so there is no team to share with."})
    return shared

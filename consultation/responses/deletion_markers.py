"""Deletion markers: what must be deleted again when an older backup is restored (domain/controls.yaml, retention: backups).

Each deletion leaves a marker for as long as backups are kept. It holds a digest under a key that no backup contains, and
no day: without the key it identifies nobody.
"""

import hashlib
import hmac
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from consultation.respondent_pages.encrypted_references import derive_key
from consultation.responses.models import Tombstone
from consultation.surveys.closing_day import add_months


class DeletionKind(StrEnum):
    RESPONSE = "response"  # a person withdrew everything
    WORDS = "words"  # a person withdrew their texts, after the freeze
    TEXT = "text"  # one text was recalled
    WITHDRAWN_TEXT = "withdrawn text"  # erased after a lead has read it
    IMPORT = "import"  # an undone import
    ACCOUNT = "account"  # a closed staff account
    HIDDEN = "hidden"  # an answer or case hidden from an agency
    PANEL_WORDS = "panel words"  # a reader left out what a member of the youth panel wrote


def digest_deletion(taken: DeletionKind, key: Any) -> str:
    return hmac.new(derive_key("tombstones"), f"{taken}:{key}".encode(), hashlib.sha256).hexdigest()


def marker_expiry(today: date | None = None) -> date:
    """The first of the month after the expiry of the last backup that may hold the deleted data."""
    last = (today or timezone.localdate()) + timedelta(days=settings.BACKUP_DAYS)
    return add_months(last.replace(day=1), 1)


def record_deletion(taken: DeletionKind, key: Any) -> None:
    """Leave a marker, in the transaction of the deletion."""
    Tombstone.objects.bulk_create(
        [Tombstone(digest=digest_deletion(taken, key), keep_until=marker_expiry())], ignore_conflicts=True
    )


def cancel_deletion(taken: DeletionKind, key: Any) -> None:
    """Remove a marker: the deletion was a mistake and must not be repeated."""
    Tombstone.objects.filter(digest=digest_deletion(taken, key)).delete()


def find_erased_keys(taken: DeletionKind, keys: Iterable[UUID]) -> set[UUID]:
    """Those of the keys that have a marker here, so that no later import brings withdrawn responses and recalled texts
    back: after an undo no row is left, so the markers tell. Once they expire, such a text is imported as unread."""
    digests = {digest_deletion(taken, key): key for key in keys}
    found = Tombstone.objects.filter(digest__in=list(digests)).values_list("digest", flat=True)
    return {digests[one] for one in found}


def filter_deleted(taken: DeletionKind, keys: Iterable[Any], digests: Container[str]) -> Iterator[Any]:
    """Those of the keys that have a marker among these digests."""
    return (key for key in keys if digest_deletion(taken, key) in digests)

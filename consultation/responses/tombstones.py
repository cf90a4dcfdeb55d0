"""A backup holds what was taken out after it was made. So each taking out leaves a tombstone, for as long as a backup
may be kept: what a restored backup must lose again (controls.yaml, retention: backups).

A tombstone holds a digest under a key that no backup has, and no day: without the key it names nobody.
"""

import hashlib
import hmac
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone

from consultation.questionnaires.closing import months_after
from consultation.respondents.references import derived_key
from consultation.responses.models import Tombstone


class Taken(StrEnum):
    RESPONSE = "response"  # a person took everything back
    WORDS = "words"  # a person took their words back, after the freeze
    TEXT = "text"  # one text was recalled
    WITHDRAWN_TEXT = "withdrawn text"  # a lead has read it
    IMPORT = "import"  # all that one file brought
    ACCOUNT = "account"  # of a member of staff, closed
    HIDDEN = "hidden"  # an answer or a case, from the people of an agency


def digest(taken: Taken, key: Any) -> str:
    return hmac.new(derived_key("tombstones"), f"{taken}:{key}".encode(), hashlib.sha256).hexdigest()


def keep_until(today: date | None = None) -> date:
    """The first of the month after the last backup that may hold it has gone."""
    last = (today or timezone.localdate()) + timedelta(days=settings.BACKUP_DAYS)
    return months_after(last.replace(day=1), 1)


def bury(taken: Taken, key: Any) -> None:
    """In the transaction that takes it out."""
    Tombstone.objects.bulk_create(
        [Tombstone(digest=digest(taken, key), keep_until=keep_until())], ignore_conflicts=True
    )


def unbury(taken: Taken, key: Any) -> None:
    """It was taken out by mistake: nothing of it is to be done again."""
    Tombstone.objects.filter(digest=digest(taken, key)).delete()


def buried(taken: Taken, keys: Iterable[Any], digests: Container[str]) -> Iterator[Any]:
    """Those of the keys that a tombstone stands for."""
    return (key for key in keys if digest(taken, key) in digests)

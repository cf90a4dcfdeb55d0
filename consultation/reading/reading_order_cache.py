"""What orders the desk, opened in the memory of a process that has the key: of each answer once, whoever asks.

Which answers wait, and every decision, is asked of the database each time; cached is only what a sealed value says. Its
cache key is bytes of it that no other has, so one that another process changed is opened anew.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr

from consultation.domain.process_cache import register_cache
from consultation.reading.models import ReadingOrder, Screening, read_order
from consultation.responses.vault import KEY_ID_BYTES, VaultLocked, can_open_sealed
from consultation.safeguarding.clocks import read_slot

AT_ONCE = 500  # rows of one query
CACHE_KEY_BYTES = 12  # of the random public key with which each sealed value begins
MOST = 400_000  # values in memory, 200 bytes each; all are dropped when there are more
NEW = object()
_opened: dict[bytes, Any] = {}
register_cache(_opened.clear)
logger = logging.getLogger(__name__)


def select_cache_key(field: str) -> Substr:
    """The cache key of a sealed field, as an expression of a query."""
    return Substr(field, KEY_ID_BYTES + 1, CACHE_KEY_BYTES, output_field=BinaryField())


def open_reading_orders(screenings: QuerySet[Screening]) -> dict[UUID, ReadingOrder]:
    """{answer: what orders its reading}. Raises VaultLocked in a process without a key."""
    rows = list(screenings.values_list("pk", select_cache_key("order"), "reported"))
    stored = open_sealed_fields("order", [row[:2] for row in rows])
    return {key: read_order(said, reported) for (key, _, reported), said in zip(rows, stored, strict=True)}


def open_due_slots(screenings: QuerySet[Screening]) -> dict[UUID, datetime | None]:
    """{answer: its due slot, None without one}. Raises VaultLocked in a process without a key."""
    rows = list(screenings.values_list("pk", select_cache_key("clock")))
    return {key: read_slot(clock) for (key, _), clock in zip(rows, open_sealed_fields("clock", rows), strict=True)}


def open_sealed_fields(field: str, rows: Sequence[tuple[UUID, Any]]) -> list[Any]:
    """What this field of their screening holds, of each (answer, cache key); None without a value, and for one that is
    sealed to a key that is not here."""
    if not can_open_sealed():
        raise VaultLocked("This process cannot say what orders the desk: it holds no key.")
    if len(_opened) > MOST:
        _opened.clear()
    found = [_opened.get(key, NEW) if key else None for _, key in rows]
    new = [at for at, value in enumerate(found) if value is NEW]
    for some in batched(new, AT_ONCE):
        there = Screening.objects.filter(pk__in=[rows[at][0] for at in some]).only(field)
        values = {row.pk: _open(row, field) for row in there}
        for at in some:
            found[at] = values.get(rows[at][0])  # None: gone meanwhile
    return found


def _open(row: Screening, field: str) -> Any:
    sealed = bytes(row.__dict__[field] or b"")
    try:
        value = getattr(row, field)
    except VaultLocked:
        logger.error("a screening is sealed to a key that is not here")
        return None
    if isinstance(value, list):
        value = tuple(value)
    _opened[sealed[KEY_ID_BYTES : KEY_ID_BYTES + CACHE_KEY_BYTES]] = value
    return value

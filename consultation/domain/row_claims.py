"""Rows of a backlog that several workers share: each takes rows that no other is at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet


@contextmanager
def claim_rows(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """These rows without those that another worker has claimed, locked until the block ends; so a block is short.

    An embedded database cannot lock rows: one worker has the whole sweep there, and the block is no transaction, because
    that would keep every Send waiting.
    """
    if not connection.features.has_select_for_update_skip_locked:
        yield list(rows)
        return
    with transaction.atomic():
        yield list(rows.select_for_update(skip_locked=True, of=("self",)))

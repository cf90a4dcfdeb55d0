"""Data migrations over many rows: batch by batch, and every few seconds a line that tells whoever runs `migrate` how far
they are. Released migrations call it, so its name and arguments stay.
"""

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model

BATCH = 500
TELL_SECONDS = 5.0


def change_in_batches(model: type[Model], change: Callable[[Any], None], fields: Sequence[str]) -> None:
    """Call `change` with each row, in the order of keys, and save these fields."""
    rows: Any = model._base_manager.order_by("pk")
    number, done, batch, told_at = rows.count(), 0, list(rows[:BATCH]), time.monotonic()
    while batch:
        for row in batch:
            change(row)
        rows.bulk_update(batch, fields)
        done += len(batch)
        if time.monotonic() - told_at >= TELL_SECONDS:
            told_at = time.monotonic()
            sys.stderr.write(f"  {model._meta.verbose_name_plural}: {done} of {number}\n")
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH])

"""The last steps of a coder, each with the former choices, so that it can be undone."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from insights.coding.desk.current_codes import compute_choice_mark, current_choices_by_text, restore_choice
from insights.coding.desk.models import Undoable
from insights.corpus.models import Text

STEPS = 20


@dataclass(frozen=True)
class UndoneStep:
    texts: list[UUID]  # restored
    changed: int  # number of texts left alone, because somebody has changed them since


def remember_step(*, coder: Any, before: dict[UUID, dict[str, Any] | None]) -> None:
    """Save one step after its choices are made, and delete steps older than the last twenty."""
    last = _last_step(coder)
    now = current_choices_by_text(before)
    Undoable.objects.bulk_create(
        Undoable(coder=coder, step=last + 1, text_id=text, before=was, after=compute_choice_mark(now.get(text)))
        for text, was in before.items()
    )
    Undoable.objects.filter(coder=coder, step__lte=last + 1 - STEPS).delete()


def undo_step(coder: Any) -> UndoneStep | None:
    """Undo the newest step; None without one."""
    rows = list(Undoable.objects.select_for_update().filter(coder=coder, step=_last_step(coder)))
    if not rows:
        return None
    # Lock the texts, so that no colleague codes one between the comparison and the restoring.
    list(Text.objects.select_for_update().filter(pk__in=[row.text_id for row in rows]).order_by("pk"))
    now = current_choices_by_text(row.text_id for row in rows)
    done = [row for row in rows if compute_choice_mark(now.get(row.text_id)) == row.after]
    for row in done:
        restore_choice(row.text_id, row.before)
    Undoable.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return UndoneStep([row.text_id for row in done], len(rows) - len(done))


def _last_step(coder: Any) -> int:
    return Undoable.objects.filter(coder=coder).aggregate(last=Max("step"))["last"] or 0


def newest_undoable_of(coder: Any) -> Undoable | None:
    """The newest row that can be undone, or None."""
    return Undoable.objects.filter(coder=coder).order_by("-step").first()

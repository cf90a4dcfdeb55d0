"""The current choice of people on a text as plain data, to detect a change and to restore it; and the last steps of a
coder, which can be undone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.crypto import salted_hmac

from insights.coding.desk.models import Undoable
from insights.coding.models import Code, CodeSource, CodingManner, CodingStatus, Theme
from insights.corpus.models import Text

UNCODED = "none"
STEPS = 20


def current_choices_by_text(texts: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """{text id: current choice} of texts that a person has coded."""
    ids = list(texts)
    found: dict[UUID, dict[str, Any]] = {
        status.text_id: {
            "coder": status.coder_id,
            "version": status.version_id,
            "memo": status.memo,
            "nothing": status.nothing,
            "manner": status.manner,
            "codes": [],
        }
        for status in CodingStatus.objects.filter(text__in=ids)
    }
    columns = ("theme_id", "version_id", "coder_id", "stance", "spans")
    for text, *code in Code.objects.by_people().filter(text__in=list(found)).order_by("theme_id", "coder_id").values_list(
        "text_id", *columns
    ):  # fmt: skip
        found[text]["codes"].append(code)
    return found


def current_choice_of(text: Text) -> dict[str, Any] | None:
    return current_choices_by_text([text.pk]).get(text.pk)


def compute_choice_mark(found: dict[str, Any] | None) -> str:
    """A keyed digest of a choice. A form carries it to detect a colleague's change; it reveals nothing."""
    if found is None:
        return UNCODED
    digest = salted_hmac("insights.coding.desk", json.dumps(found, sort_keys=True), algorithm="sha256")
    return str(digest.hexdigest())[:20]


def clear_choices(texts: Iterable[UUID]) -> None:
    ids = list(texts)
    Code.objects.by_people().filter(text__in=ids).delete()
    CodingStatus.objects.filter(text__in=ids).delete()


def restore_choice(text: UUID, before: dict[str, Any] | None) -> None:
    """Restore a former choice, without themes that have been deleted since."""
    clear_choices([text])
    if before is None:
        return
    CodingStatus.objects.create(
        text_id=text,
        coder_id=before["coder"],
        version_id=before["version"],
        memo=before["memo"],
        nothing=before["nothing"],
        manner=before.get("manner", CodingManner.SHOWN),  # steps from before it was remembered
    )
    known = set(Theme.objects.filter(pk__in=[code[0] for code in before["codes"]]).values_list("pk", flat=True))
    Code.objects.bulk_create(
        Code(
            text_id=text,
            theme_id=theme,
            version_id=version,
            coder_id=coder,
            stance=stance,
            spans=spans,
            source=CodeSource.PERSON,
        )
        for theme, version, coder, stance, spans in before["codes"]
        if theme in known
    )


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

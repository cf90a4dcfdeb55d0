"""Key rotation: seals stored texts to the current key, in the order of their random row keys, which tells nothing.

Each batch is one transaction: the rotation may be killed and run again, while people answer.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from consultation.responses.vault import is_current, open_sealed, seal

# All fields with sealed bytes; tests/house/test_sealed_fields.py finds a missing one.
SEALED: dict[str, str | tuple[str, ...]] = {
    "consultation.Answer": "sealed",
    "consultation.ContactRequest": "sealed",
    "consultation.WithdrawnText": "sealed",
    "consultation.Response": "apart",
    "consultation.ImportChunk": ("sealed", "ready"),
    "consultation.AnswerImport": "headings",
    "consultation.SavedMap": "sealed",
    "consultation.CaseNote": "sealed",
    "consultation.ContactNote": "sealed",
    "consultation.TriageCase": ("sealed_reason", "sealed_reference"),
    "consultation.EmergencyAccess": ("sealed_reason", "sealed_review"),
}
# For sealed texts that contain sealed parts: returns the text with its parts sealed to the current key.
Inside = Callable[[str], str]
INSIDE: dict[str, Inside] = {}
BATCH = 200


def sealed_fields() -> Iterator[tuple[type[Model], str]]:
    for label, fields in SEALED.items():
        for field in [fields] if isinstance(fields, str) else fields:
            yield apps.get_model(label), field


def reseal() -> int:
    """Seal texts of older keys to the current key and return their number. Raises VaultLocked without the old key."""
    return sum(_reseal(model, field, keys) for model, field in sealed_fields() for keys in _batches(model, field))


def left() -> int:
    """Number of texts that are still sealed to an older key."""
    return sum(
        len(_old(model, field, _rows(model, field, keys)))
        for model, field in sealed_fields()
        for keys in _batches(model, field)
    )


def _batches(model: Any, field: str) -> Iterator[list[Any]]:
    last = None
    while True:
        sealed = model.objects.filter(**{f"{field}__isnull": False}).exclude(**{field: b""})
        after = sealed.filter(pk__gt=last) if last else sealed
        keys = list(after.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        yield keys
        last = keys[-1]


def _rows(model: Any, field: str, keys: list[Any]) -> Any:
    return model.objects.filter(pk__in=keys, **{f"{field}__isnull": False}).exclude(**{field: b""}).only(field)


def _old(model: Any, field: str, rows: Any) -> list[tuple[Any, str]]:
    """[(row, text to reseal)]. Texts that may contain sealed parts are opened even when sealed to the current key."""
    inside = INSIDE.get(model._meta.label)
    found = []
    for row in rows:
        current = is_current(getattr(row, field))
        if current and inside is None:
            continue
        text = open_sealed(getattr(row, field))
        anew = inside(text) if inside else text
        if not current or anew != text:
            found.append((row, anew))
    return found


@transaction.atomic
def _reseal(model: Any, field: str, keys: list[Any]) -> int:
    old = _old(model, field, _rows(model, field, keys).select_for_update())
    for row, text in old:
        setattr(row, field, seal(text))
    model.objects.bulk_update([row for row, _ in old], [field])
    return len(old)

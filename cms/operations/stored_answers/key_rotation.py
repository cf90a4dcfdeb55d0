"""Key rotation: seals stored texts to the current key, padded, in the order of their random row keys, which tells nothing.

Each batch is one transaction: the rotation may be killed and run again, while people answer.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model

from consultation.channels.imports.models import AnswerImport, ImportChunk, SavedMap
from consultation.emergency_access.models import EmergencyAccess
from consultation.reading.models import Draft, OriginalOpened, Reading, Screening, UrgentNotices
from consultation.responses.models import Answer, Response
from consultation.responses.vault import is_sealed_as_now, open_sealed_text, seal_text
from consultation.safeguarding.attached_answers import reseal_attached_answers
from consultation.safeguarding.case_links.models import CaseLink
from consultation.safeguarding.case_sample.models import SampledCase
from consultation.safeguarding.case_search.models import CaseSearch
from consultation.safeguarding.mailbox.models import Mailbox, MailboxMessage
from consultation.safeguarding.models import CaseNote, ContactNote, ContactRequest, TriageCase, WithdrawnText
from consultation.safeguarding.named_places.models import NamedPlace
from consultation.safeguarding.referrals.models import CaseReferral
from consultation.surveys.youth_panel.models import PanelWords
from insights.commitments.models import SentOffer

# All fields with sealed bytes; tests/house/test_sealed_fields.py finds a missing one.
SEALED_FIELDS: dict[type[Model], tuple[str, ...]] = {
    Answer: ("sealed",),
    Screening: ("order", "clock", "reasons", "spans"),
    UrgentNotices: ("told",),
    Reading: ("spans", "note"),
    Draft: ("marks", "note"),
    OriginalOpened: ("reason",),
    ContactRequest: ("sealed",),
    MailboxMessage: ("sealed",),
    Mailbox: ("clock", "alerted", "sealed_handover"),
    WithdrawnText: ("sealed", "sealed_handover"),
    Response: ("sealed_equality",),
    ImportChunk: ("sealed", "ready"),
    AnswerImport: ("headings",),
    SavedMap: ("sealed",),
    CaseNote: ("sealed",),
    ContactNote: ("sealed",),
    TriageCase: ("sealed_reason", "sealed_reference"),
    CaseLink: ("sealed_note", "sealed_end_reason"),
    NamedPlace: ("sealed", "sealed_reason"),
    CaseSearch: ("sealed_reason",),
    SampledCase: ("sealed_note",),
    CaseReferral: ("sealed_reference", "sealed_phone_name", "sealed_decision"),
    EmergencyAccess: ("sealed_reason", "sealed_review"),
    SentOffer: ("contact",),
    PanelWords: ("sealed",),
}
# For sealed texts that contain sealed parts: returns the text with its parts sealed to the current key.
RESEAL_PARTS: dict[type[Model], Callable[[str], str]] = {
    ContactRequest: reseal_attached_answers,
    MailboxMessage: reseal_attached_answers,
}
BATCH = 200


def iter_sealed_fields() -> Iterator[tuple[type[Model], str]]:
    for model, fields in SEALED_FIELDS.items():
        yield from ((model, field) for field in fields)


def reseal_all() -> int:
    """Seal texts of older keys, and texts without padding, to the current key. Returns their number. Raises VaultLocked
    without the old key."""
    return sum(
        _reseal_batch(model, field, keys)
        for model, field in iter_sealed_fields()
        for keys in _iter_key_batches(model, field)
    )


def count_outdated() -> int:
    """Number of texts that are still sealed to an older key, or without padding."""
    return sum(
        len(_find_outdated(model, field, _select_sealed_rows(model, field, keys)))
        for model, field in iter_sealed_fields()
        for keys in _iter_key_batches(model, field)
    )


def _iter_key_batches(model: Any, field: str) -> Iterator[list[Any]]:
    last = None
    while True:
        sealed = model.objects.filter(**{f"{field}__isnull": False}).exclude(**{field: b""})
        after = sealed.filter(pk__gt=last) if last else sealed
        keys = list(after.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        yield keys
        last = keys[-1]


def _select_sealed_rows(model: Any, field: str, keys: list[Any]) -> Any:
    return model.objects.filter(pk__in=keys, **{f"{field}__isnull": False}).exclude(**{field: b""}).only(field)


def _find_outdated(model: Any, field: str, rows: Any) -> list[tuple[Any, str]]:
    """[(row, text to reseal)]. Texts that may contain sealed parts are opened even when sealed to the current key."""
    inside = RESEAL_PARTS.get(model)
    found = []
    for row in rows:
        sealed = row.__dict__[field]  # a field that opens itself is read as it is stored
        current = is_sealed_as_now(sealed)
        if current and inside is None:
            continue
        text = open_sealed_text(sealed)
        anew = inside(text) if inside else text
        if not current or anew != text:
            found.append((row, anew))
    return found


@transaction.atomic
def _reseal_batch(model: Any, field: str, keys: list[Any]) -> int:
    old = _find_outdated(model, field, _select_sealed_rows(model, field, keys).select_for_update())
    for row, text in old:
        setattr(row, field, seal_text(text))
    model.objects.bulk_update([row for row, _ in old], [field])
    return len(old)

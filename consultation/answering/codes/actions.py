"""Verbs of invitation codes: make a batch, switch it off, find a code, mark codes as used, count used ones."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from consultation.answering.codes import spelling
from consultation.answering.codes.models import CodeBatch, InvitationCode
from consultation.audit.log import record
from consultation.questionnaires.models import ConsultationPage
from consultation.responses import apart

MOST_CODES = 500
SEED_BYTES = 16
FROM, ROUND_TO, NEAR_WHOLE = 30, 5, 10  # disclosure control of live counts (controls.yaml)


@dataclass(frozen=True)
class Entered:
    """A valid code of a consultation."""

    digest: str
    used: bool


@transaction.atomic
def make_batch(
    *, consultation: ConsultationPage, label: str, number: int, by: Any, seed: bytes
) -> tuple[CodeBatch, tuple[str, ...]]:
    """A new batch and its codes in clear, which are stored only as digests. The same seed returns the same batch and
    codes, so a form sent twice makes one batch."""
    if not 1 <= number <= MOST_CODES:
        raise ValueError(f"A batch has 1 to {MOST_CODES} codes.")
    key = uuid.UUID(bytes=seed[:16].ljust(16, b"\0"), version=4)
    batch, new = CodeBatch.objects.get_or_create(
        pk=key,
        defaults={
            "consultation": consultation,
            "label": label,
            "number": number,
            "made_on": timezone.localdate(),
            "made_by": by,
        },
    )
    codes = _codes_of(batch, seed, new)
    if new:
        rows = [InvitationCode(digest=spelling.digest(batch.consultation_id, code), batch=batch) for code in codes]
        InvitationCode.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
        record("invitation codes made", by=by, obj=batch, codes=number)
    return batch, codes


def _codes_of(batch: CodeBatch, seed: bytes, new: bool) -> tuple[str, ...]:
    """The seed's first codes that no other batch of the consultation has."""
    found: list[str] = []
    for code in spelling.made(seed):
        if len(found) == batch.number:
            break
        row = InvitationCode.objects.filter(pk=spelling.digest(batch.consultation_id, code)).first()
        if code not in found and (row is None if new else row is not None and row.batch_id == batch.pk):
            found.append(code)
    return tuple(found)


@transaction.atomic
def switch(*, batch: CodeBatch, off: bool, by: Any) -> None:
    """Codes of a batch that is off open no form. Forms that they opened earlier are still accepted."""
    fresh = CodeBatch.objects.select_for_update().get(pk=batch.pk)
    if fresh.off != off:
        fresh.off = off
        fresh.save(update_fields=["off"])
        record("invitation codes switched off" if off else "invitation codes switched on", by=by, obj=fresh)


def look_up(consultation: ConsultationPage, code: str) -> Entered | None:
    """The code of a consultation, or None. One query either way."""
    found = InvitationCode.objects.filter(
        pk=spelling.digest(consultation.pk, code), batch__consultation=consultation, batch__off=False
    )
    row = found.only("used").first()
    return Entered(row.pk, row.used) if row else None


def used_before(digests: Iterable[str]) -> set[str]:
    return set(InvitationCode.objects.filter(pk__in=list(digests), used=True).values_list("pk", flat=True))


def use(digests: Iterable[str]) -> None:
    InvitationCode.objects.filter(pk__in=list(digests), used=False).update(used=True)


CODES = apart.Codes(used=used_before, use=use)


def count_used() -> None:
    """Daily sweep: the rounded number of used codes of each batch, from 30 up in steps of five, and not within
    NEAR_WHOLE of the batch size, where the few unused codes would identify non-participants."""
    counted = CodeBatch.objects.annotate(used=Count("codes", filter=Q(codes__used=True)))
    for batch in counted.filter(used__gte=FROM, used__lte=F("number") - NEAR_WHOLE):
        CodeBatch.objects.filter(pk=batch.pk).update(used_about=batch.used // ROUND_TO * ROUND_TO)

"""Verbs of invitation codes: make a batch, switch it off, find a code, mark codes as used."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.audit.audit_log import record_event
from consultation.channels.invitation_codes.models import CodeBatch, InvitationCode
from consultation.domain.key_order import RowPlace
from consultation.reading.screening_sweep import list_unscreened
from consultation.respondent_pages import code_spelling
from consultation.responses import equality_monitoring
from consultation.surveys.models import ConsultationPage

MAX_CODES_PER_BATCH = 500
SEED_BYTES = 16


@transaction.atomic
def make_code_batch(
    *, consultation: ConsultationPage, label: str, number: int, by: Any, seed: bytes
) -> tuple[CodeBatch, tuple[str, ...]]:
    """A new batch and its codes in clear, which are stored only as digests. The same seed returns the same batch and
    codes, so a form sent twice makes one batch."""
    if not 1 <= number <= MAX_CODES_PER_BATCH:
        raise ValueError(f"A batch has 1 to {MAX_CODES_PER_BATCH} codes.")
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
    codes = _pick_codes(batch, seed, new)
    if new:
        digests = [code_spelling.digest_code(batch.consultation_id, code) for code in codes]
        rows = [InvitationCode(digest=digest, batch=batch) for digest in digests]
        InvitationCode.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
        record_event("invitation codes made", by=by, obj=batch, codes=number)
    return batch, codes


def _pick_codes(batch: CodeBatch, seed: bytes, new: bool) -> tuple[str, ...]:
    """The seed's first codes that no other batch of the consultation has."""
    found: list[str] = []
    for code in code_spelling.generate_codes(seed):
        if len(found) == batch.number:
            break
        row = InvitationCode.objects.filter(pk=code_spelling.digest_code(batch.consultation_id, code)).first()
        if code not in found and (row is None if new else row is not None and row.batch_id == batch.pk):
            found.append(code)
    return tuple(found)


@transaction.atomic
def switch_code_batch(*, batch: CodeBatch, off: bool, by: Any) -> None:
    """Codes of a batch that is off open no form. Forms that they opened earlier are still accepted."""
    fresh = CodeBatch.objects.select_for_update().get(pk=batch.pk)
    if fresh.off != off:
        fresh.off = off
        fresh.save(update_fields=["off"])
        record_event("invitation codes switched off" if off else "invitation codes switched on", by=by, obj=fresh)


def find_invitation_code(consultation: ConsultationPage, code: str) -> InvitationCode | None:
    """The code of a consultation, or None. One query either way."""
    found = InvitationCode.objects.filter(
        pk=code_spelling.digest_code(consultation.pk, code), batch__consultation=consultation, batch__off=False
    )
    return found.only("used").first()


def find_used_codes(digests: Iterable[str]) -> set[str]:
    return set(InvitationCode.objects.filter(pk__in=list(digests), used=True).values_list("pk", flat=True))


def mark_codes_used(digests: Iterable[str]) -> None:
    InvitationCode.objects.filter(pk__in=list(digests), used=False).update(used=True, settled=RowPlace.NEW)


CODE_USE = equality_monitoring.InvitationCodeStore(used=find_used_codes, use=mark_codes_used)


def write_equality_batches() -> None:
    equality_monitoring.write_batches(CODE_USE, unscreened=list_unscreened())

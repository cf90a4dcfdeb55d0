"""Adding and removing officers' words. The audit log holds number and kind, not the words."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from consultation.audit.log import record
from consultation.questionnaires.models import ConsultationPage
from consultation.reading.known.models import Kind, KnownWords


@transaction.atomic
def add(*, kind: str, words: Iterable[str], by: Any, consultation: ConsultationPage | None = None) -> int:
    """Add words that are not listed yet; returns how many."""
    kind = Kind(kind)
    here = consultation if kind == Kind.PUBLIC else None
    known = {
        text.casefold()
        for text in KnownWords.objects.filter(kind=kind, consultation=here).values_list("words", flat=True)
    }
    fresh: dict[str, str] = {}
    for text in words:
        plain = " ".join(text.split())
        if plain and plain.casefold() not in known:
            fresh.setdefault(plain.casefold(), plain)
    KnownWords.objects.bulk_create(
        [KnownWords(kind=kind, words=text, consultation=here) for text in fresh.values()], ignore_conflicts=True
    )
    if fresh:
        record("known words added", by=by, obj=here, kind=str(kind), count=len(fresh))
    return len(fresh)


@transaction.atomic
def remove(*, words: KnownWords, by: Any) -> None:
    record("known words removed", by=by, obj=words.consultation, kind=words.kind, count=1)
    words.delete()

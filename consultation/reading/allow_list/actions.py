"""Adding and removing officers' words. The audit log holds number and kind, not the words."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from consultation.audit.audit_log import record_event
from consultation.reading.allow_list.models import KnownWords, KnownWordsKind
from consultation.surveys.models import ConsultationPage


@transaction.atomic
def add_known_words(*, kind: str, words: Iterable[str], by: Any, consultation: ConsultationPage | None = None) -> int:
    """Add words that are not listed yet; returns how many."""
    kind = KnownWordsKind(kind)
    here = consultation if kind == KnownWordsKind.PUBLIC else None
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
        record_event("known words added", by=by, obj=here, kind=str(kind), count=len(fresh))
    return len(fresh)


@transaction.atomic
def remove_known_words(*, words: KnownWords, by: Any) -> None:
    record_event("known words removed", by=by, obj=words.consultation, kind=words.kind, count=1)
    words.delete()

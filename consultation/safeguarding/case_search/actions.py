"""Search triaged cases by words. All is sealed, so nothing is indexed: a bounded number of cases is opened in memory.

Each opened case is on record, as if it had been read. It was not: a lead decides nothing on what a search opened.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import refuse_for, require_words
from consultation.audit.audit_log import record_event
from consultation.domain.text_search import fold_text, has_all_words
from consultation.responses.vault import open_text_if_key_is_here, seal_text
from consultation.safeguarding.case_search.models import CaseSearch
from consultation.safeguarding.models import TriageCase

OPENED_AT_ONCE = 100  # cases that one search opens, the newest first; the next page opens as many
FEWEST_LETTERS = 3
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class FoundCase:
    """A case that holds all words, and the first sentence with one of them."""

    case: TriageCase
    where: str
    sentence: str


@dataclass(frozen=True)
class SearchResult:
    found: list[FoundCase]
    opened: int
    has_more: bool


@transaction.atomic
def search_cases(*, by: Any, words: str, reason: str, page: int = 1, now: datetime | None = None) -> SearchResult:
    """Cases that this lead may see whose words or notes hold all these words: among the newest, or a later page."""
    too_short = len("".join(fold_text(words).split())) < FEWEST_LETTERS
    refuse_for(f"Give {FEWEST_LETTERS} letters or more." if too_short else "")
    require_words(reason, "Say why you search. The reason is kept.")
    first = (page - 1) * OPENED_AT_ONCE
    rows = TriageCase.objects.seen_by(by).select_related("answer__response__version").order_by("-opened_at", "pk")
    rows = rows.prefetch_related("notes", "withdrawn_texts")
    cases = list(rows[first : first + OPENED_AT_ONCE + 1])
    opened = cases[:OPENED_AT_ONCE]
    found = [each for case in opened if (each := _find_words(case, words))]
    kept = CaseSearch.objects.create(
        by=by, searched_at=now or timezone.now(), sealed_reason=seal_text(reason.strip()), opened=len(opened),
        found=len(found),
    )  # fmt: skip
    for case in opened:
        record_event("triage searched", by=by, obj=case, answer=str(case.answer_id or ""), search=str(kept.pk))
    return SearchResult(found, len(opened), len(cases) > len(opened))


def _find_words(case: TriageCase, words: str) -> FoundCase | None:
    texts = [("In the words", open_text_if_key_is_here(each)) for each in case.list_sealed_words()]
    texts += [("In a note", open_text_if_key_is_here(note.sealed)) for note in case.notes.all()]
    if not has_all_words("\n".join(text for _, text in texts), words):
        return None
    wanted = fold_text(words).split()
    parts = ((where, part) for where, text in texts for part in SENTENCE_END.split(text))
    return next(
        FoundCase(case, where, part) for where, part in parts if any(each in fold_text(part) for each in wanted)
    )

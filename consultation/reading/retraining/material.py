"""What may be learned from: words that readers redacted and decided on, as long as those words are here."""

import re
from collections.abc import Iterator
from typing import Any

from consultation.reading import spans as redactions
from consultation.reading.models import Reading
from consultation.responses.models import AnswerState
from consultation.responses.vault import VaultLocked, open_sealed
from consultation.safeguarding.models import CaseState
from consultation.safeguarding.states import FALSE_POSITIVE

TAG = re.compile(r"\[[A-Z]+(?: \d+)?\]")
FINE = (AnswerState.CLEARED, AnswerState.RELEASED)


def material() -> list[dict[str, Any]]:
    """[{text, disclosure, category, language, author, person}]: redacted, tags taken out, in the order of random keys.

    An answer tells of harm where the leads closed its case as such, and of none where a reader cleared it. What is
    undecided, withdrawn, or held as a flood teaches nothing.
    """
    rows = Reading.objects.filter(answer__response__withdrawn=False, answer__response__held=False)
    rows = rows.select_related("answer__response", "answer__screening", "answer__case").order_by("pk")
    return list(_known(rows.iterator(chunk_size=500)))


def _known(rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows:
        told = _tells(row)
        text = _redacted(row) if told is not None else ""
        if text.strip():
            screening = getattr(row.answer, "screening", None)
            yield {
                "text": text,
                "disclosure": str(int(bool(told))),
                "category": "told" if told else "",
                "language": (screening.language if screening else "") or row.answer.response.language,
                "author": "readers",
                "person": str(row.answer.response_id),
            }


def _tells(row: Reading) -> bool | None:
    """None: not decided, or not for a machine to learn from."""
    case = getattr(row.answer, "case", None)
    if case is not None:
        return case.outcome != FALSE_POSITIVE if case.state == CaseState.CLOSED else None
    return False if row.answer.state in FINE and not row.was_triaged else None


def _redacted(row: Reading) -> str:
    """The redaction that a person confirmed; a text that is not kept redacted is opened, and redacted, in memory."""
    if row.text or not row.answer.sealed:
        return TAG.sub(" ", row.text)
    try:
        return TAG.sub(" ", redactions.redacted(open_sealed(row.answer.sealed), row.spans))
    except VaultLocked:
        return ""

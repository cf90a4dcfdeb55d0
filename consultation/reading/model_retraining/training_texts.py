"""Training texts from the desk: redacted answers with readers' decisions, as long as the texts are kept."""

from collections.abc import Iterator
from typing import Any

from consultation.domain.personal_data_types import TAG
from consultation.reading import redaction_spans as redactions
from consultation.reading.models import Reading
from consultation.responses.models import AnswerState
from consultation.responses.vault import VaultLocked, open_sealed_text
from consultation.safeguarding.models import CaseState
from consultation.safeguarding.states import FALSE_POSITIVE, TAKEN_BACK

FINE = (AnswerState.CLEARED, AnswerState.RELEASED)


def collect_training_texts() -> list[dict[str, Any]]:
    """[{text, disclosure, category, language, author, person}]: redacted, without tags, in the order of random keys.

    `disclosure` is "1" if the leads closed the case as a concern, "0" if a reader cleared the answer. Undecided and
    withdrawn answers and those excluded from figures are left out.
    """
    rows = Reading.objects.filter(answer__response__withdrawn=False, answer__response__excluded_from_figures=False)
    rows = rows.select_related("answer__response", "answer__screening", "answer__case").order_by("pk")
    return list(_labelled_texts(rows.iterator(chunk_size=500)))


def _labelled_texts(rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows:
        told = _told_of_harm(row)
        text = _redacted_text(row) if told is not None else ""
        if text.strip():
            screening = getattr(row.answer, "screening", None)
            yield {
                "text": text,
                "disclosure": str(int(bool(told))),
                "category": "told" if told else "",
                "language": row.language or (screening.language if screening else "") or row.answer.response.language,
                "author": "readers",
                "person": str(row.answer.response_id),
            }


def _told_of_harm(row: Reading) -> bool | None:
    """Whether the answer told of harm; None if undecided or not suited to learn from."""
    case = getattr(row.answer, "case", None)
    if case is not None and case.outcome != TAKEN_BACK:
        return case.outcome != FALSE_POSITIVE if case.state == CaseState.CLOSED else None
    return False if row.answer.state in FINE and not row.was_triaged else None


def _redacted_text(row: Reading) -> str:
    """The text with the confirmed redaction; where only the sealed text is kept, it is redacted in memory."""
    if row.text or not row.answer.sealed:
        return TAG.sub(" ", row.text)
    try:
        return TAG.sub(" ", redactions.redact_text(open_sealed_text(row.answer.sealed), row.spans))
    except VaultLocked:
        return ""

"""Storing readers' drafts: marks and note of an answer that is not decided yet."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from consultation.reading.models import Draft
from consultation.reading.reading_queue import LATER
from consultation.responses.models import Answer


def find_draft(answer: Answer, reader: Any) -> Draft | None:
    return Draft.objects.filter(answer=answer, reader=reader).first()


def save_draft(answer: Answer, reader: Any, *, marks: list[str] | None, note: str, uncovered: bool) -> None:
    said = {"marks": marks, "note": note, "uncovered": uncovered}
    Draft.objects.update_or_create(answer=answer, reader=reader, defaults=said)


def defer_answer(answer: Answer, reader: Any, now: datetime | None = None) -> None:
    """Hide the answer from this reader for a while; colleagues may take it at once."""
    later = (now or timezone.now()) + LATER
    Draft.objects.update_or_create(answer=answer, reader=reader, defaults={"later": later})


def clear_deferral(answer: Answer, reader: Any) -> None:
    Draft.objects.filter(answer=answer, reader=reader, later__isnull=False).update(later=None)


def delete_drafts(answer: Answer) -> None:
    Draft.objects.filter(answer=answer).delete()

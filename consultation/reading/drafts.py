"""What a reader has done to an answer and not decided yet: kept from press to press, so that nothing is lost."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from consultation.reading.models import Draft
from consultation.reading.queue import LATER
from consultation.responses.models import Answer


def of(answer: Answer, reader: Any) -> Draft | None:
    return Draft.objects.filter(answer=answer, reader=reader).first()


def keep(answer: Answer, reader: Any, *, marks: list[str] | None, note: str, uncovered: bool) -> None:
    """As the page stands now."""
    said = {"marks": marks, "note": note, "uncovered": uncovered}
    Draft.objects.update_or_create(answer=answer, reader=reader, defaults=said)


def leave(answer: Answer, reader: Any, now: datetime | None = None) -> None:
    """It comes back to this reader later; to a colleague at once."""
    later = (now or timezone.now()) + LATER
    Draft.objects.update_or_create(answer=answer, reader=reader, defaults={"later": later})


def opened(answer: Answer, reader: Any) -> None:
    Draft.objects.filter(answer=answer, reader=reader, later__isnull=False).update(later=None)


def forget(answer: Answer) -> None:
    """It is decided: what anybody had begun on it goes."""
    Draft.objects.filter(answer=answer).delete()

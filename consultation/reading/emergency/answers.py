"""Which answers an emergency access reaches, and finding one by words that somebody remembers."""

import unicodedata
from typing import Any

from django.db.models import Case, QuerySet, Value, When

from consultation.audit.models import AuditEntry
from consultation.reading import queue
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed
from consultation.safeguarding.emergency.models import EmergencyAccess
from consultation.safeguarding.models import TriageCase

SEEN = "break-glass words seen"


def reached(access: EmergencyAccess, lead: Any) -> QuerySet[Answer]:
    """Every answer of the consultation that still has its words, whoever has it open: what nobody has read first, and the
    newest day, since somebody rings soon after; within a day what is flagged.

    Never what is hidden from this lead's agency: an emergency is no way round D7. Withdrawn words have a room of their
    own, practice answers are nobody's.
    """
    of_it = Answer.objects.of(access.consultation_id).filter(response__withdrawn=False, practice__isnull=True)
    seen = of_it.exclude(sealed=b"").exclude(case__in=TriageCase.objects.hidden_from(lead))
    read = Case(When(state__in=queue.OPEN, then=Value(0)), default=Value(1))
    rows = seen.annotate(read=read).order_by("read", "-response__day", "-screening__flagged", "pk")
    return rows.select_related("response__version", "case", "screening")


def seen_with(access: EmergencyAccess) -> set[str]:
    """The answers whose words were seen with it, so that nobody opens one twice."""
    entries = AuditEntry.objects.filter(object_type="emergencyaccess", object_id=str(access.pk), verb=SEEN)
    return {entry.data["answer"] for entry in entries}


def holding(answers: QuerySet[Answer], words: str) -> tuple[list[Answer], int]:
    """(the answers that hold all of these words, how many were looked through). Nothing of the others is shown."""
    wanted, found, looked = _folded(words).split(), [], 0
    for answer in answers.iterator(chunk_size=500):
        looked += 1
        text = _folded(open_sealed(answer.sealed))
        if wanted and all(word in text for word in wanted):
            found.append(answer)
    return found, looked


def _folded(text: str) -> str:
    """As people remember words: without case, accents and the shapes of letters."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))

"""Which answers an emergency access reaches, and finding one by words that somebody remembers."""

import unicodedata
from typing import Any

from django.db.models import QuerySet

from consultation.reading import queue
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed
from consultation.safeguarding.emergency.models import EmergencyAccess
from consultation.safeguarding.models import TriageCase


def reached(access: EmergencyAccess, lead: Any) -> QuerySet[Answer]:
    """Every answer of the consultation that still has its words, flagged ones first, whoever has it open.

    Never what is hidden from this lead's agency: an emergency is no way round D7. Withdrawn words have a room of their
    own, practice answers are nobody's.
    """
    of_it = Answer.objects.of(access.consultation_id).filter(response__withdrawn=False, practice__isnull=True)
    seen = of_it.exclude(sealed=b"").exclude(case__in=TriageCase.objects.hidden_from(lead))
    return queue.in_order(seen).select_related("response__version", "case", "screening")


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

"""Which answers an emergency access reaches, and searching them for remembered words."""

from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from consultation.audit.models import AuditEntry
from consultation.domain.text_search import has_all_words
from consultation.emergency_access.models import EmergencyAccess
from consultation.reading import reading_queue
from consultation.responses.models import Answer
from consultation.responses.vault import open_text_if_key_is_here
from consultation.safeguarding.models import TriageCase

SEEN = "break-glass words seen"


def list_reachable_answers(access: EmergencyAccess, lead: Any) -> QuerySet[Answer]:
    """Answers of the consultation that still have their text, leased or not: unread ones first, then the newest day
    (somebody rings soon after). `put_flagged_first` orders those of a day.

    Excludes answers hidden from this lead's agency (D7 holds in an emergency too), withdrawn texts, which have their
    own page, and seeded answers.
    """
    of_it = Answer.objects.of(access.consultation_id).filter(response__withdrawn=False, practice__isnull=True)
    seen = of_it.exclude(sealed=b"").exclude(case__in=TriageCase.objects.hidden_from(lead))
    read = Case(When(state__in=reading_queue.OPEN, then=Value(0)), default=Value(1))
    rows = seen.annotate(read=read).order_by("read", "-response__day", "pk")
    return rows.select_related("response__version", "case")


def put_flagged_first(answers: QuerySet[Answer]) -> list[UUID]:
    """The keys of reachable answers; of the unread ones of each day those first that the screen flagged."""
    unread = reading_queue.open_answer_orders(answers.order_by().filter(state__in=reading_queue.OPEN))
    flagged = {key for key, order in unread.items() if order.flagged}
    placed: Any = answers.values_list("pk", "read", "response__day")  # type: ignore[misc]
    return [key for key, *_ in sorted(placed, key=lambda row: (row[1], -row[2].toordinal(), row[0] not in flagged))]


def answers_seen_with(access: EmergencyAccess) -> set[str]:
    """Ids of the answers already opened with this access."""
    entries = AuditEntry.objects.filter(object_type="emergencyaccess", object_id=str(access.pk), verb=SEEN)
    return {entry.data["answer"] for entry in entries}


def search_answer_texts(answers: QuerySet[Answer], words: str) -> tuple[list[Answer], int]:
    """(answers that contain all of these words, number of answers searched: without those that cannot be opened)."""
    found, looked = [], 0
    for key, sealed in answers.values_list("pk", "sealed").iterator(chunk_size=500):
        text = open_text_if_key_is_here(sealed)
        looked += bool(text)
        if text and has_all_words(text, words):
            found.append(key)
    return list(answers.filter(pk__in=found)), looked

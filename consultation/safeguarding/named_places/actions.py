"""Writing down a named place with a case, and taking it out again. Nothing of it leaves triage but its type, counted."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.audit.audit_log import record_event
from consultation.domain.place_types import PLACE_TYPES
from consultation.responses.vault import seal_text
from consultation.safeguarding.case_steps import add_sealed_note, lock_case
from consultation.safeguarding.models import CaseNote, CaseState, TriageCase
from consultation.safeguarding.named_places.models import NamedPlace
from consultation.safeguarding.policies import READ_FIRST


@transaction.atomic
def note_place(
    *, case: TriageCase, by: Any, name: str, place_type: str, reason: str, now: datetime | None = None
) -> NamedPlace:
    """Write down a place that the words of this case name. The name and the reason are sealed."""
    fresh = lock_case(case, by)
    refuse_for(READ_FIRST if fresh.is_unread_by(by) else "")
    require_words(name, "Write the name of the place.")
    require_words(reason, "Say why the name is needed.")
    if fresh.state == CaseState.CLOSED or place_type not in PLACE_TYPES:
        raise NotAllowed("Choose what kind of place it is. On a closed case nothing is added.")
    made: NamedPlace = NamedPlace.objects.create(
        case=fresh, author=by, place_type=place_type, sealed=seal_text(name.strip()),
        sealed_reason=seal_text(reason.strip()), written_at=now or timezone.now(),
    )  # fmt: skip
    record_event("triage place noted", by=by, obj=fresh)
    return made


@transaction.atomic
def remove_place(*, place: NamedPlace, by: Any, reason: str) -> None:
    """Take out a place that was written down by mistake; the reason stays among the notes of the case."""
    fresh = lock_case(place.case, by)
    refuse_for(READ_FIRST if fresh.is_unread_by(by) else "")
    require_words(reason)
    record_event("triage place removed", by=by, obj=fresh)
    place.delete()
    add_sealed_note(fresh, by, CaseNote.Kind.NOTE, reason)


def show_places_of(case: TriageCase, by: Any) -> list[NamedPlace]:
    """The places of a case whose words this lead has read, with their names, which is recorded."""
    places = [one for one in case.places.select_related("author") if one.sealed] if not case.is_unread_by(by) else []
    if places:
        record_event("triage viewed", by=by, obj=case, answer=str(case.answer_id or ""))
    return places

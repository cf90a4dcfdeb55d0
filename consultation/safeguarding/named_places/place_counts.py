"""People whose words named a place that a lead wrote down, by the kind of the place."""

from datetime import date
from uuid import UUID

from consultation.domain.place_types import PLACE_TYPES
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.named_places.models import NamedPlace


def list_people_naming_places(since: date, until: date) -> tuple[dict[str, list[UUID]], set[UUID]]:
    """({kind of place: people whose words named one that a lead wrote down in these days}, all of them). A case without
    an answer stands for itself; concerns about staff are left out, as a count would tell of them (D7)."""
    noted = NamedPlace.objects.filter(written_at__date__range=(since, until)).exclude(
        case__in=TriageCase.objects.hidden_from_somebody()
    )
    people: dict[str, set[UUID]] = {kind: set() for kind in PLACE_TYPES}
    for kind, respondent, case in noted.values_list("place_type", "case__answer__response_id", "case_id"):
        people[kind].add(respondent or case)
    return {kind: sorted(them) for kind, them in people.items()}, set().union(*people.values())

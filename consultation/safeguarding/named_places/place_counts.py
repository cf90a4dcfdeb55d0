"""People whose words named a place that a lead wrote down, by the kind of the place."""

from datetime import date
from uuid import UUID

from consultation.domain.place_types import PLACE_TYPES
from consultation.responses.models import Channel
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.named_places.models import NamedPlace


def list_people_naming_places(since: date, until: date) -> tuple[dict[str, list[UUID]], set[UUID]]:
    """({type of place: people whose words named one that a lead wrote down in these days}, all of them). Who took an
    answer back, or is in no figure, is not counted; nor are concerns about staff, of which a count would tell (D7)."""
    noted = NamedPlace.objects.filter(
        written_at__date__range=(since, until), case__answer__isnull=False,
        case__answer__response__withdrawn=False, case__answer__response__excluded_from_figures=False,
    ).exclude(case__in=TriageCase.objects.hidden_from_somebody())  # fmt: skip
    noted = noted.exclude(case__answer__response__channel=Channel.GROUP)  # one answer of several people
    people: dict[str, set[UUID]] = {kind: set() for kind in PLACE_TYPES}
    for kind, respondent in noted.values_list("place_type", "case__answer__response_id"):
        people[kind].add(respondent)
    return {kind: sorted(them) for kind, them in people.items()}, set().union(*people.values())

"""Counts of a quarter: after disclosure control, once, without what was triaged and without small numbers."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation import handover
from consultation.reading.models import Reading
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import seal_text
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.named_places.models import NamedPlace
from insights.quarter_counts.actions import freeze_last_quarter
from insights.quarter_counts.models import QuarterCounts, QuarterSubject
from tests import factories

TODAY = date(2026, 11, 30)
IN_QUARTER = date(2026, 8, 3)


@pytest.fixture
def version(home):
    return factories.consultation(home, items=[factories.question("a", "long_text")])[1]


def cleared(version, reader, number, **reading):
    """So many released answers of the quarter, read in the same way."""
    for _ in range(number):
        may_quote = reading.get("may_quote")
        response = factories.response(version, day=IN_QUARTER, may_quote=may_quote)
        answer = Answer.objects.create(
            id=uuid.uuid4(), response=response, question="q-a", sealed=seal_text("Words."), state=AnswerState.RELEASED
        )
        said = {name: value for name, value in reading.items() if name != "may_quote"}
        Reading.objects.create(
            answer=answer, reader=reader, text="Words.", decided_at=timezone.now(), released=True,
            **{"decision": "clear", "quotable": False} | said,
        )  # fmt: skip


def test_each_reason_is_counted_and_what_a_lead_had_is_none(version, reader):
    cleared(version, reader, 40, may_quote=True)
    cleared(version, reader, 25, may_quote=False)
    cleared(version, reader, 3, identifying_story=True, decision="never_quote", may_quote=True)
    cleared(version, reader, 50, was_triaged=True, may_quote=True)
    groups, everyone = handover.list_unquoted_people(date(2026, 7, 1), date(2026, 9, 30))
    assert {name: len(people) for name, people in groups.items()} == {"no": 25, "who": 3, "hurt": 0}
    assert len(everyone) == 68, "no sum tells of what was triaged"
    assert freeze_last_quarter(TODAY) == 2
    figures = QuarterCounts.objects.get(subject=QuarterSubject.LEFT_OUT).figures
    assert set(figures) == {"no", "who", "hurt"}
    assert abs(figures["no"]["value"] - 25) <= 7
    assert figures["who"]["value"] is None and figures["hurt"]["value"] is None


def test_a_quarter_is_frozen_once_two_weeks_after_it_ended(version, reader):
    assert freeze_last_quarter(date(2026, 10, 10)) == 2  # the third quarter may still have unread answers
    assert set(QuarterCounts.objects.values_list("quarter", flat=True)) == {date(2026, 4, 1)}
    assert freeze_last_quarter(TODAY) == 2
    cleared(version, reader, 40, may_quote=False)
    assert freeze_last_quarter(TODAY + timedelta(days=1)) == 0
    assert not QuarterCounts.objects.get(subject="left-out", quarter=date(2026, 7, 1)).figures, "too few people then"


def noted(version, number, kind, answered=None, **case):
    """So many people whose words named a place of this kind."""
    for _ in range(number):
        moment = timezone.make_aware(timezone.datetime(2026, 8, 3, 12))
        response = factories.response(version, day=IN_QUARTER, **answered or {})
        answer = Answer.objects.create(id=uuid.uuid4(), response=response, question="q-a", sealed=seal_text("Words."))
        made = TriageCase.objects.create(answer=answer, opened_at=moment, due_at=moment, **case)
        NamedPlace.objects.create(
            case=made, place_type=kind, sealed=seal_text("Old Dye Works"), sealed_reason=seal_text("x"),
            written_at=moment,
        )  # fmt: skip


@pytest.mark.django_db
def test_leads_see_types_of_places_from_ten_people_and_planners_not_that_there_are_cases(version, client_as):
    noted(version, 40, "street")
    noted(version, 25, "bus")
    noted(version, 4, "park")
    noted(version, 30, "school", agency=factories.agency("Council"))
    noted(version, 30, "station", {"withdrawn": True})
    freeze_last_quarter(TODAY)
    figures = QuarterCounts.objects.get(subject=QuarterSubject.PLACES).figures
    assert abs(figures["street"]["value"] - 40) <= 7
    assert figures["park"]["value"] is None and figures["school"]["value"] is None, "few, and concerns about staff"
    assert figures["station"]["value"] is None, "they took it back"
    assert "Street or path" not in client_as("planner").get(reverse("insights:places")).content.decode(), "D8"
    page = client_as("safeguarding_lead").get(reverse("insights:places")).content.decode()
    assert "Street or path" in page and "Park or open" not in page and "Dye" not in page


@pytest.mark.django_db
def test_with_fewer_than_thirty_people_nothing_is_told(version, client_as):
    noted(version, 12, "street")
    freeze_last_quarter(TODAY)
    assert QuarterCounts.objects.get(subject=QuarterSubject.PLACES).figures == {}
    assert (
        "No type of place was written down for ten people"
        in client_as("safeguarding_lead").get("/insights/places/").content.decode()
    )

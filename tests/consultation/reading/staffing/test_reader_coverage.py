"""Each day needs a reader, a lead and a backup until five working days after the close; bank holidays need none."""

from datetime import date, timedelta

import pytest

from consultation.reading.staffing import reader_coverage, staffing_condition
from consultation.reading.staffing.models import NamedReader
from consultation.safeguarding.clocks import STANDARD_WEEK
from consultation.safeguarding.duty_rota import actions as duty
from consultation.safeguarding.duty_rota.models import DutyDay
from tests import factories
from tests.consultation.reading.staffing.conftest import TODAY

GOOD_FRIDAY, EASTER_MONDAY = date(2030, 4, 19), date(2030, 4, 22)


def spoken(days):
    return [f"{day.day:%a %-d %b}: {day.says}" for day in days]


@pytest.mark.parametrize(
    ("closes", "last"),
    [
        (date(2030, 3, 14), date(2030, 3, 21)),
        (date(2030, 3, 16), date(2030, 3, 22)),  # on a Saturday
        (date(2030, 4, 17), date(2030, 4, 26)),  # Good Friday and Easter Monday between
        (date(2030, 12, 23), date(2031, 1, 2)),  # Christmas, Boxing Day and New Year's Day between
    ],
)
def test_it_lasts_until_the_fifth_working_day_after_the_close(closes, last):
    assert reader_coverage.last_day_after_close(closes, STANDARD_WEEK) == last


def test_with_everybody_there_no_day_has_a_gap(page, people):
    days = reader_coverage.list_coverage_days(page, TODAY)
    assert (days[0].day, days[-1].day) == (TODAY, date(2030, 3, 21))
    assert reader_coverage.list_coverage_gaps(page, TODAY) == []


def test_with_nobody_there_every_working_day_has_one_and_no_weekend(page):
    found = reader_coverage.list_coverage_gaps(page, TODAY)
    assert len(found) == 14
    assert {day.says for day in found} == {"No reader and no lead and no backup"}
    assert all(day.day.weekday() < 5 for day in found)


@pytest.mark.parametrize("missing", ["lead", "backup"])
def test_a_day_without_a_lead_or_a_backup_is_a_gap(page, people, missing):
    DutyDay.objects.filter(day=date(2030, 3, 21)).update(**{missing: None})
    assert spoken(reader_coverage.list_coverage_gaps(page, TODAY)) == [f"Thu 21 Mar: No {missing}"]


def test_a_reader_who_goes_on_leave_leaves_a_gap(page, people):
    NamedReader.objects.update(last_day=date(2030, 3, 19))
    assert spoken(reader_coverage.list_coverage_gaps(page, TODAY)) == [
        "Wed 20 Mar: No reader",
        "Thu 21 Mar: No reader",
    ]


def test_a_reader_whose_role_was_taken_or_who_left_counts_for_nobody(page, people):
    readers, _ = people
    readers[0].groups.clear()
    assert reader_coverage.list_coverage_gaps(page, TODAY) == [], "the other one is there"
    readers[1].is_active = False
    readers[1].save()
    assert len(reader_coverage.list_coverage_gaps(page, TODAY)) == 14


def test_a_lead_is_no_reader(page, person):
    factories.somebody_reads(person, since=TODAY)
    lead = person("safeguarding_lead")
    NamedReader.objects.update(reader=lead)
    assert len(reader_coverage.list_coverage_gaps(page, TODAY)) == 14


def test_a_reader_of_another_consultation_does_not_read_this_one(page, people, home):
    other, _ = factories.consultation(home, slug="buses", items=[factories.question("a", "long_text")])
    NamedReader.objects.update(page=other)
    assert len(reader_coverage.list_coverage_gaps(page, TODAY)) == 14
    NamedReader.objects.update(page=page)
    assert reader_coverage.list_coverage_gaps(page, TODAY) == []


def test_bank_holidays_and_days_off_need_nobody(page, people):
    duty.add_day_off(by=people[1][0], day=date(2030, 4, 23), name="Training day")
    page.opens, page.closes = date(2030, 4, 18), date(2030, 4, 24)
    DutyDay.objects.filter(day__in=[GOOD_FRIDAY, EASTER_MONDAY, date(2030, 4, 23)]).delete()
    days = {day.day: day for day in reader_coverage.list_coverage_days(page, TODAY)}
    assert [days[day].name for day in (GOOD_FRIDAY, EASTER_MONDAY, date(2030, 4, 23))] == [
        "Bank holiday", "Bank holiday", "Training day",
    ]  # fmt: skip
    assert reader_coverage.list_coverage_gaps(page, TODAY) == []


def test_what_has_passed_needs_nobody_any_more(page):
    assert len(reader_coverage.list_coverage_gaps(page, date(2030, 3, 20))) == 2
    assert reader_coverage.list_coverage_days(page, date(2030, 3, 22)) == []


def test_without_a_last_day_the_next_four_weeks_are_needed_always(page, people):
    page.closes = None
    later = TODAY + timedelta(days=100)
    assert reader_coverage.list_coverage_gaps(page, TODAY) == []
    assert len(reader_coverage.list_coverage_days(page, later)) == 28
    assert len(reader_coverage.list_coverage_gaps(page, later)) > 0


def test_a_refusal_names_the_first_days_and_counts_the_rest(page):
    (said,) = staffing_condition.describe_gaps(reader_coverage.list_coverage_gaps(page, TODAY))
    assert said.startswith("14 working days have a gap: Monday 4 March (no reader and no lead")
    assert "; and 11 more. An officer names readers under “Who will read”, and a" in said
    assert staffing_condition.describe_gaps([]) == []


def test_many_are_asked_about_in_as_many_queries_as_one(page, people, home, django_assert_max_num_queries):
    others = [
        factories.consultation(home, slug=f"other-{n}", opens=TODAY + timedelta(days=n), closes=page.closes)[0]
        for n in range(4)
    ]
    reader_coverage.list_coverage_days(page, TODAY)
    with django_assert_max_num_queries(6):
        found = reader_coverage.coverage_days_by_page([page, *others], TODAY)
    assert found == {one.pk: reader_coverage.list_coverage_days(one, TODAY) for one in (page, *others)}

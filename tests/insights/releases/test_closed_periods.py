"""The quarters of a long consultation: counted once, when they are over, and shown beside each other."""

from array import array
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from consultation.responses.models import Response
from consultation.surveys.models import ConsultationPage
from insights.releases.actions import create_release, publish_release
from insights.releases.closed_periods import list_newly_closed
from insights.releases.cross_tabulation import Crowd
from insights.releases.models import Figure
from tests import factories

SPRING, SUMMER, AUTUMN = date(2026, 2, 10), date(2026, 5, 10), date(2026, 8, 10)
IN_SUMMER, IN_AUTUMN, IN_WINTER = date(2026, 6, 1), date(2026, 9, 1), date(2026, 11, 1)


def came(first, last, day):
    """The people at these places in the order of their answers to “a” and of their keys came on that day."""
    order = list(Response.objects.order_by("pk").values_list("pk", flat=True))[first:last]
    Response.objects.filter(pk__in=order).update(day=day)


@pytest.fixture
def long(answered):
    """60 people came in spring and 60 in summer; the consultation is open."""
    ConsultationPage.objects.filter(pk=answered.pk).update(opens=SPRING, closes=date(2027, 3, 1))
    answered.refresh_from_db()
    came(0, 60, SPRING)
    came(60, 120, SUMMER)
    return answered


def periods(release):
    return {one.key: one.table for one in release.figures.filter(kind="in-period")}


def publish(consultation, officer, colleague, today):
    return publish_release(
        release=create_release(consultation=consultation, by=officer, today=today), by=colleague, today=today
    )


def count_yes(first, last):
    return Response.objects.filter(day__range=(first, last), closed__a="1").count()


def test_a_quarter_is_counted_once_it_is_over_and_carried_on_unchanged(long, officer, colleague):
    first = publish(long, officer, colleague, IN_SUMMER)
    assert set(periods(first)) == {"2026-q1|q-a", "2026-q1|q-b"}, "summer is not over"
    table = periods(first)["2026-q1|q-a"]
    assert table["base"] == 60
    assert [row["value"] for row in table["rows"] if row["label"] == "Yes"] == [
        count_yes(SPRING, SPRING + timedelta(days=1))
    ]
    factories.responses(long.versions.get(), [({"a": "1"}, {})] * 40)
    Response.objects.filter(counted=None).update(day=AUTUMN)
    second = publish(long, officer, colleague, IN_AUTUMN)
    assert set(periods(second)) == {"2026-q1|q-a", "2026-q1|q-b", "2026-q2|q-a", "2026-q2|q-b"}
    assert {key: table for key, table in periods(second).items() if "q1" in key} == periods(first)
    assert periods(second)["2026-q2|q-a"]["base"] == 60


def test_a_late_answer_of_a_quarter_that_was_counted_changes_no_figure_of_it(long, officer, colleague):
    first = publish(long, officer, colleague, IN_SUMMER)
    factories.responses(long.versions.get(), [({"a": "2"}, {})] * 40)
    Response.objects.filter(counted=None).update(day=SPRING)  # on paper, say
    second = publish(long, officer, colleague, IN_AUTUMN)
    assert periods(second)["2026-q1|q-a"] == periods(first)["2026-q1|q-a"]


def test_under_thirty_people_of_a_quarter_have_no_number(long, officer):
    came(0, 31, SUMMER)
    release = create_release(consultation=long, by=officer, today=IN_SUMMER)
    assert periods(release)["2026-q1|q-a"]["base"] is None
    assert periods(release)["2026-q1|q-a"]["rows"] == []


def test_where_all_answered_in_one_quarter_there_is_no_period(long, officer):
    came(0, 120, SPRING)
    assert not periods(create_release(consultation=long, by=officer, today=IN_SUMMER))


def test_the_page_of_a_question_shows_its_quarters(long, officer, colleague, client_as):
    factories.responses(long.versions.get(), [({"a": "1"}, {}), ({"a": "2"}, {})] * 20)
    Response.objects.filter(counted=None, day__gt=SUMMER).update(day=AUTUMN)
    release = publish(long, officer, colleague, IN_WINTER)
    page = BeautifulSoup(
        client_as("planner").get(reverse("insights:question", args=["parks", "q-a"])).content, "html.parser"
    )
    table = page.find(id="periods").find_next("table")
    assert [th.get_text(strip=True) for th in table.thead.find_all("th")] == [
        "Answer", "January to March 2026", "April to June 2026", "July to September 2026"
    ]  # fmt: skip
    yes = [" ".join(td.get_text(" ").split()) for td in table.tbody.find("tr").find_all("td")]
    shown = [row["percent"] for _, one in sorted(periods(release).items()) if "q-a" in _ for row in one["rows"][:1]]
    assert [one.split("%")[0] for one in yes] == [str(percent) for percent in shown]


def test_one_quarter_alone_is_compared_with_nothing(long, officer, colleague, client_as):
    publish(long, officer, colleague, IN_SUMMER)
    assert (
        'id="periods"'
        not in client_as("planner").get(reverse("insights:question", args=["parks", "q-a"])).content.decode()
    )


def test_a_question_in_other_words_stands_beside_nothing(long, officer, colleague, client_as):
    publish(long, officer, colleague, IN_WINTER)
    Figure.objects.filter(kind="in-period", key="2026-q1|q-a").update(title="In other words?")
    assert (
        'id="periods"'
        not in client_as("planner").get(reverse("insights:question", args=["parks", "q-a"])).content.decode()
    )


DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30))


@given(st.lists(DAYS, max_size=60), DAYS, st.none() | DAYS, st.integers(10, 14))
def test_no_quarter_is_counted_twice_or_before_its_end_and_few_who_came_later_are_never_told_apart(
    days, today, previous, needed
):
    crowd = Crowd(days=array("I", (day.toordinal() for day in days)))
    found = list_newly_closed(crowd, today, previous, needed)
    assert all(one.last < today for one in found)
    if previous is not None and previous <= today:
        assert not set(found) & set(list_newly_closed(crowd, previous, None, needed))
    after = sum(day > found[-1].last for day in days) if found else 0
    assert after == 0 or after >= needed

"""The learning library: theme, what changed, whether it worked; a "no" with its reason; found by words and filters."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from insights.decisions.outcomes.actions import draft_outcome, publish_outcome
from insights.workspace.lessons.learning_library import group_by_theme, list_lessons
from tests.insights.decisions.conftest import said

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
NO = {
    "slug": "no-bus",
    "title": "A night bus",
    "outcome": "no",
    "reason": "There is no driver.",
    "alternative": "none",
}


@pytest.fixture
def lessons(release, officer, colleague):
    """A “yes” that cites a theme and worked, and a “no” that cites none."""
    page = release.consultation
    yes = record_decision(by=officer, consultations=[page], **said())
    cite_theme(decision=yes, by=officer, release=release, theme=Theme.objects.get(slug="lights"))
    no = record_decision(by=officer, consultations=[page], **said(**NO))
    for one in (yes, no):
        publish_decision(decision=one, by=colleague, today=date(2026, 11, 27))
    came = draft_outcome(decision=yes, by=officer, verdict="worked", words={"words": "It is light now."})
    publish_outcome(came, by=colleague)
    return yes, no


def show(client_as, **query):
    return client_as("planner").get(reverse("insights:learning"), query).content.decode()


def test_the_empty_library_says_so(client_as, home):
    assert "No decision is published yet" in show(client_as)


def test_each_theme_shows_what_changed_and_whether_it_worked(client_as, lessons):
    page = show(client_as)
    assert page.index(">Lights<") < page.index("Lights on the main paths") < page.index("It is light now.")
    assert "There is no driver." in page and "No theme is cited" in page and "Not known yet." in page


def test_words_and_filters_find_lessons(client_as, lessons):
    yes, no = lessons
    for given, expected in (
        ({"q": "DRIVER"}, [no]),
        ({"q": "light now"}, [yes]),
        ({"theme": "lights"}, [yes]),
        ({"verdict": "unknown"}, [no]),
        ({"answer": "no"}, [no]),
        ({"answer": "no", "verdict": "worked"}, []),
    ):
        assert [one.decision for one in list_lessons(given)] == expected, given
    assert "No decision is like that" in show(client_as, q="nothing like it")
    assert [label for label, _ in group_by_theme(list_lessons({}))] == ["Lights", ""]


def test_drafts_are_no_lessons(officer, lessons):
    record_decision(by=officer, consultations=lessons[0].consultations.all(), **said(slug="d", title="Draft"))
    assert {one.decision for one in list_lessons({})} == set(lessons)


def test_the_sheet_has_each_decision_of_the_page_once(client_as, lessons):
    planner = client_as("planner")
    assert reverse("insights:learning-sheet", query={"answer": "no"}) in show(client_as, answer="no")
    sheet = list(csv.DictReader(io.StringIO(b"".join(planner.get(reverse("insights:learning-sheet"))).decode())))
    found = {one["Decision"]: one for one in sheet}
    assert len(sheet) == 2
    assert (
        found["A night bus"]["Why"] == "There is no driver."
        and found["A night bus"]["Did it work?"] == "Not known yet"
    )
    light = next(one for title, one in found.items() if title != "A night bus")
    assert (light["Themes"], light["What came of it"]) == ("Lights", "It is light now.")
    refused = b"".join(planner.get(reverse("insights:learning-sheet"), {"answer": "no"})).decode()
    assert "A night bus" in refused and "It is light now." not in refused

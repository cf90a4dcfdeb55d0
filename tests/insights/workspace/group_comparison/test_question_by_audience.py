"""A closed question by audience: the numbers are those of each audience's own report, which count what people answered;
other words make another question, and no two reports are added up."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from consultation.responses.models import Response
from insights.releases.actions import create_release, publish_release
from insights.releases.models import Figure
from insights.workspace.group_comparison.question_by_audience import AUDIENCE, list_questions_by_audience
from tests import factories
from tests.insights import released

pytestmark = pytest.mark.any_database
PARENTS, CHILDREN = "Parents and carers", "Children and young people"
DAY = date(2026, 11, 25)


def told(element):
    return " ".join(element.get_text(" ").split())


@pytest.fixture
def asked_of_parents(home, answered, officer):
    """Ninety parents answer the questions of the parks consultation: 27 yes, 60 no, 3 do not know."""
    items = answered.versions.get().content["items"]
    page, version = factories.consultation(
        home, slug="homes", title="Homes", items=items, by=officer, audience="parents-carers"
    )
    people = [({"a": "1" if n < 27 else "2" if n < 87 else "dk", "b": ["1"]}, {}) for n in range(90)]
    factories.responses(version, people)
    return page


@pytest.fixture
def releases(answered, asked_of_parents, officer, colleague):
    return [
        publish_release(release=create_release(consultation=page, by=officer, today=DAY), by=colleague)
        for page in (answered, asked_of_parents)
    ]


@pytest.fixture
def read(client, db):
    client.force_login(factories.staff("p@example.org", "insights.view_reports"))

    def get(release, **query):
        address = reverse("insights:compare", query={"release": release.pk, "by": AUDIENCE, **query})
        return BeautifulSoup(client.get(address).content, "html.parser").main

    return get


def recount(release, question, key):
    """(percent, people) who answered so, of all who answered the question."""
    answers = [one.closed.get(question) for one in Response.objects.filter(version__page=release.consultation)]
    return f"{round(100 * answers.count(key) / len(answers))}% {answers.count(key)}"


def test_each_audience_has_the_numbers_that_the_database_counts(releases, read):
    table = read(releases[0], what="q-a").find("table")
    assert [told(th) for th in table.thead.find_all("th")] == ["Answer", CHILDREN, PARENTS]
    rows = {told(row.th): [told(cell) for cell in row.find_all("td")] for row in table.tbody.find_all("tr")}
    assert rows == {
        label: [recount(release, "a", key) for release in releases] for label, key in (("Yes", "1"), ("No", "2"))
    }
    silent = told(table.find_parent("figure"))
    assert f"No answer given, {CHILDREN}: about 5" in silent
    assert f"No answer given, {PARENTS}: fewer than 5" in silent


def test_a_difference_is_told_with_its_size_and_that_it_says_nothing_of_why(releases, read):
    words = told(read(releases[0], what="q-a").find(class_="we"))
    assert "This looks at 4 numbers, each beside the other audiences." in words
    assert f"Yes , {CHILDREN}: about 58%, more often than the others (about 30%), by" in words
    assert "asked in the same words" in words and "says nothing of why" in words


def test_small_numbers_stay_hidden_as_in_each_report(releases, read):
    figure = releases[1].figures.get(kind="question", key="q-a")
    figure.table["rows"][0] |= {"value": None, "symbol": "fewer than 5", "percent": None, "low": None, "high": None}
    figure.save()
    page = read(releases[0], what="q-a")
    yes = next(row for row in page.find("table").tbody.find_all("tr") if told(row.th) == "Yes")
    assert "%" not in told(yes.find_all("td")[1]) and "fewer than 5" in told(yes.find_all("td")[1])
    assert "This looks at 2 numbers" in told(page)


def shared(release):
    return list_questions_by_audience(release).keys()


def test_other_words_other_answers_or_the_same_audience_make_no_table(releases):
    parks, homes = releases
    assert shared(parks) == {"q-a", "q-b"} == shared(homes)
    asked = Figure.objects.filter(release=homes, kind="question", key="q-a")
    table = asked.get().table
    asked.update(title="Question a, now?")
    assert shared(parks) == {"q-b"}
    asked.update(
        title="Question a?", table=table | {"rows": [table["rows"][0] | {"label": "Yes, I do"}, table["rows"][1]]}
    )
    assert shared(parks) == {"q-b"}
    asked.update(table=table | {"rows": [], "refused": "Fewer than 30 people answered."})
    assert shared(parks) == {"q-b"}
    asked.update(table=table)
    type(homes.consultation).objects.filter(pk=homes.consultation_id).update(audience=parks.consultation.audience)
    assert shared(parks) == set()


def test_of_an_audience_the_newest_report_that_asked_it_is_shown(releases, home, officer):
    parks, homes = releases
    later = released.release(
        released.asked(home, "later", audience="parents-carers"), parks.codebook_version, {}, day=date(2030, 1, 1)
    )
    assert list_questions_by_audience(parks)["q-a"].releases == [parks, homes], "the later one did not ask it"
    figure = homes.figures.get(kind="question", key="q-a")
    figure.pk, figure.release = None, later
    figure.save()
    assert list_questions_by_audience(parks)["q-a"].releases == [parks, later]
    later.status, later.published_on = "draft", None
    later.save()
    assert list_questions_by_audience(parks)["q-a"].releases == [parks, homes]


def test_a_question_that_nobody_else_was_asked_is_split_by_other_things(releases, read):
    Figure.objects.filter(release=releases[1], kind="question", key="q-b").delete()
    page = read(releases[0], what="q-b")
    assert page.find("option", value=AUDIENCE) and "By answer to" in told(page.find("figure"))
    Figure.objects.filter(release=releases[1], kind="question").delete()
    assert not read(releases[0], what="q-a").find("option", value=AUDIENCE)

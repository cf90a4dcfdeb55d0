"""The planners' pages of evaluations: rounds beside each other, groups pooled until thirty, and below that no number."""

import csv
import io
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from consultation.surveys.models import ConsultationPage
from insights.coding.models import Theme
from insights.disclosure.disclosure_rules import MOST_NOISE
from insights.releases.actions import create_release, publish_release
from insights.releases.models import Quote
from insights.releases.released_quotes import QUOTED_FROM
from tests.insights import released
from tests.insights.conftest import answer_and_code
from tests.insights.evaluations import evaluated
from tests.insights.evaluations.evaluated import AGREEMENT

pytestmark = pytest.mark.any_database


@pytest.fixture
def version(home):
    return released.codebook(lights=[])


@pytest.fixture
def rounds(home, version):
    items = [evaluated.item("no", AGREEMENT, points=["understand-perpetrators-attitudes"]), evaluated.group_question()]
    return evaluated.ask_rounds(home, "attitudes", items)


def opened(client_as, rounds, **query):
    html = client_as("planner").get(reverse("insights:evaluation", args=[rounds[0].slug], query=query or None)).content
    return BeautifulSoup(html, "html.parser")


def said(one):
    return " ".join(one.get_text(" ").split())


def lines(page):
    return [[said(cell) for cell in row.find_all(["th", "td"])] for row in page.find("tbody").find_all("tr")]


def test_where_nobody_evaluates_the_page_says_how_one_begins(home, client_as):
    planner = client_as("planner").get(reverse("insights:evaluations")).content.decode()
    assert "No evaluation was asked yet" in planner and "Start an evaluation" not in planner
    assert (
        "Start an evaluation" in client_as("engagement_officer").get(reverse("insights:evaluations")).content.decode()
    )


def test_a_round_that_is_a_draft_is_told_to_nobody(home, client_as):
    client_as("engagement_officer").post(reverse("start:template", args=["attitudes"]), {"title": "What is OK"})
    page = said(BeautifulSoup(client_as("planner").get(reverse("insights:evaluations")).content, "html.parser"))
    assert "No evaluation was asked yet" in page and "What is OK" not in page


def test_a_change_is_told_with_interval_and_n(rounds, version, client_as):
    before, after = (evaluated.report(page, version) for page in rounds[:2])
    evaluated.answer(before, "no", AGREEMENT, (10, 20, 20, 30, 20))
    evaluated.answer(after, "no", AGREEMENT, (50, 35, 5, 5, 5))
    everyone = lines(opened(client_as, rounds))[0]
    assert everyone[0] == "I would say no. agree" and everyone[1].startswith("30% (") and everyone[1].endswith("n 100")
    assert "85% (" in everyone[2] and "more : +55 (" in everyone[2]
    assert everyone[3] == "no report yet"


def test_groups_below_thirty_are_pooled_and_count_in_everyone_alone(rounds, version, client_as):
    for page in rounds[:2]:
        split = {
            "group": {"A": (60, (12, 12, 12, 12, 12)), "B": (22, (5, 5, 5, 5, 2)), "not-given": (18, (1, 1, 1, 1, 1))}
        }
        evaluated.answer(evaluated.report(page, version), "no", AGREEMENT, (20, 20, 20, 20, 20), by=split)
    assert len(lines(opened(client_as, rounds))) == 1
    page = opened(client_as, rounds, by="q-group")
    assert [row[0] for row in lines(page)][1:] == ["A"] and "n 60" in lines(page)[1][1]
    assert lines(page)[0][0] == "I would say no. agree pooled: B" and "22" not in said(page.find("section"))


def test_a_last_round_with_words_alone_takes_no_grouping_away(rounds, version, client_as):
    for page in rounds[:2]:
        split = {"group": {"A": (60, (12, 12, 12, 12, 12))}}
        evaluated.answer(evaluated.report(page, version), "no", AGREEMENT, (20, 20, 20, 20, 20), by=split)
    evaluated.report(rounds[2], version, people=None)
    page = opened(client_as, rounds, by="q-group")
    assert [one["value"] for one in page.find(id="by").find_all("option")] == ["", "q-group"]
    assert [row[0] for row in lines(page)][1:] == ["A"]


def test_each_question_says_which_groups_it_pools_in_their_own_order(rounds, version, client_as):
    few, many = (12, (4, 2, 2, 2, 2)), (60, (12, 12, 12, 12, 12))
    for page in rounds[:2]:
        made = evaluated.report(page, version)
        ages = {"8 to 10": few, "11 to 13": many, "16 and over": few}
        evaluated.answer(made, "no", AGREEMENT, (20, 20, 20, 20, 20), by={"group": ages})
        ages |= {"8 to 10": many}
        evaluated.answer(made, "yes", AGREEMENT, (20, 20, 20, 20, 20), title="I say yes.", by={"group": ages})
    told = [said(body.th) for body in opened(client_as, rounds, by="q-group").table.find_all("tbody")]
    assert [one.rpartition("pooled: ")[2] for one in told] == ["8 to 10, 16 and over", "16 and over"]


def test_of_a_round_without_a_report_no_words_are_shown_and_the_page_says_so(rounds, client_as):
    page = said(opened(client_as, rounds))
    assert "No words can be shown of a round without a report." in page


def test_a_round_of_fewer_than_thirty_shows_words_alone(parks, codebook, officer, colleague, client_as, client):
    page, version = parks
    ConsultationPage.objects.filter(pk=page.pk).update(evaluation_round="before")
    page.refresh_from_db()
    answer_and_code(version, [({"a": "1"}, {"q-c": f"lights number {n}"}) for n in range(20)], officer)
    release = create_release(consultation=page, by=officer, today=released.DAY)
    assert release.people is None and release.quotes.count() == 10
    assert all(one.table["rows"] == [] and one.table["base"] is None for one in release.figures.all())
    publish_release(release=release, by=colleague, today=released.DAY)
    shown = opened(client_as, [page])
    assert "lights number" in said(shown.find(id="words").parent)
    assert "There is no number yet" in said(shown) and "%" not in said(shown.main) and " n 2" not in said(shown.main)
    planner = client_as("planner")
    for address in (
        f"/insights/releases/{release.pk}/",
        f"/insights/quotes/{release.quotes.first().pk}/",
        "/insights/",
    ):
        assert planner.get(address).status_code == 200


def test_a_round_in_which_fewer_than_ten_say_the_same_has_no_report(parks, codebook, officer):
    page, version = parks
    ConsultationPage.objects.filter(pk=page.pk).update(evaluation_round="before")
    page.refresh_from_db()
    few = QUOTED_FROM - MOST_NOISE - 1
    answer_and_code(version, [({"a": "1"}, {"q-c": f"lights number {n}"}) for n in range(few)], officer)
    with pytest.raises(ValidationError, match="Fewer than 30"):
        create_release(consultation=page, by=officer, today=released.DAY)


def test_of_fewer_than_thirty_who_answered_a_question_the_report_still_has_words(rounds, version, client_as):
    for page in rounds[:2]:
        release = evaluated.report(page, version, people=33)
        evaluated.answer(release, "no", AGREEMENT, (6, 5, 5, 5, 5))
        Quote.objects.create(
            release=release, theme=Theme.objects.get(), question="q-a", version=page.versions.get(),
            audience=page.audience, text="We talked about jokes.", place=1,
        )  # fmt: skip
    refused = {"base": None, "refused": "Fewer than 30 people answered, so nothing is shown.", "rows": []}
    release.figures.filter(kind="question").update(table=refused)
    page = opened(client_as, rounds)
    assert lines(page)[0][1:3] == ["fewer than 30 answered"] * 2
    assert "%" not in said(page.find("tbody")) and "We talked about jokes." in said(page)


def test_a_question_in_other_words_is_not_compared(rounds, version, client_as):
    before, after = (evaluated.report(page, version) for page in rounds[:2])
    evaluated.answer(before, "no", AGREEMENT, (20, 20, 20, 20, 20), title="I say no.")
    evaluated.answer(after, "no", AGREEMENT, (60, 20, 5, 5, 10))
    everyone = lines(opened(client_as, rounds))[0]
    assert everyone[1] == "asked in other words" and "points" not in everyone[2]


def test_the_same_words_with_another_scale_are_not_compared(rounds, version, client_as):
    before, after = (evaluated.report(page, version) for page in rounds[:2])
    evaluated.answer(before, "no", ("yes", "no", "not-sure"), (60, 20, 20))
    evaluated.answer(after, "no", AGREEMENT, (60, 20, 5, 5, 10))
    everyone = lines(opened(client_as, rounds))[0]
    assert everyone[1] == "asked in other words" and "points" not in everyone[2]


def test_years_are_compared_with_the_year_before(home, version, client_as):
    items = [evaluated.item("safe", evaluated.FACES, type_="faces", points=["lead-outcomes-reduce-harm"])]
    years = evaluated.ask_rounds(home, "outcomes", items, rounds=("year", "year", "year"))
    for page, good in zip(years, (10, 45, 45), strict=True):
        evaluated.answer(evaluated.report(page, version), "safe", evaluated.FACES, (5, 5, 90 - 2 * good, good, good))
    page = opened(client_as, years)
    assert [said(th) for th in page.thead.find_all("th")] == ["Question", "2025", "2026", "2027"]
    everyone = lines(page)[0]
    assert "more" in everyone[2] and "no change to claim: 0 (" in everyone[3]


def test_a_round_is_found_by_any_of_its_addresses_and_nothing_else_is(rounds, client_as):
    planner = client_as("planner")
    assert planner.get(reverse("insights:evaluation", args=[rounds[2].slug])).status_code == 200
    assert planner.get(reverse("insights:evaluation", args=["parks"])).status_code == 404


def test_no_more_queries_for_more_evaluations(home, version, client_as, django_assert_max_num_queries):
    for number in range(4):
        evaluated.ask_rounds(home, f"set{number}", [evaluated.group_question()])
    planner = client_as("planner")
    planner.get(reverse("insights:evaluations"))
    with django_assert_max_num_queries(17):
        planner.get(reverse("insights:evaluations"))


def test_an_open_round_says_so(rounds, client_as):
    type(rounds[0]).objects.filter(pk=rounds[0].pk).update(closes=timezone.localdate() + timedelta(days=3))
    assert f"Before: Open until {timezone.localdate() + timedelta(days=3):%-d %B %Y}. No report yet" in said(
        opened(client_as, rounds)
    )


def test_the_sheet_says_what_the_page_says(rounds, version, client_as):
    before = evaluated.report(rounds[0], version)
    evaluated.answer(before, "no", AGREEMENT, (20, 20, 20, 40, None))
    planner = client_as("planner")
    page = BeautifulSoup(planner.get(reverse("insights:evaluation", args=[rounds[0].slug])).content, "html.parser")
    link = page.find("a", string=re.compile("CSV"))
    sheet = list(csv.DictReader(io.StringIO(b"".join(planner.get(link["href"])).decode())))
    assert [one["Round"] for one in sheet] == [
        "Before",
        "After",
        "Three months on",
        "disclosure-log",
        "disclosure-log",
    ]
    first, second = sheet[:2]
    assert (first["Percent"], first["People"], first["No number because"]) == ("40", "100", "")
    assert first["Release"] == "1" and first["Codebook"] and first["Rules"] == "Numbers are people, rounded to 5."
    assert sheet[-1]["Release"] == "1" and sheet[-1]["No number because"].startswith("1 ")
    assert (second["Percent"], second["No number because"], second["Rules"]) == ("", "no report yet", "")
    assert [one["Who"] for one in sheet if one["Question"] == "shown"] == ["Every number that is shown."]

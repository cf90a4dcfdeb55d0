"""Equality questions one by one, after disclosure control, refreshed once a day."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from consultation.responses.models import EqualityRow
from insights.releases import equality_pictures
from insights.releases.models import EqualityPicture
from tests.factories import consultation, question

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
TODAY = timezone.localdate()


@pytest.fixture
def page(home):
    items = [
        question("a", options=["Yes", "No"]),
        question("b", options=["Girl", "Boy", "Other words"], apart=True),
        question("c", "multiple", ["One", "Two"], apart=True),
    ]
    return consultation(home, items=items)[0]


def rows(page, *counted, held=False):
    """(answers, how many) ..."""
    for answers, times in counted:
        EqualityRow.objects.bulk_create(
            EqualityRow(consultation=page, answers=answers, excluded_from_figures=held) for _ in range(times)
        )


def figure(page, key="b"):
    picture = EqualityPicture.objects.get(consultation=page)
    return next(figure for figure in picture.figures if figure["key"] == key)


def values(page, key="b"):
    return {row["label"]: row["value"] for row in figure(page, key)["table"]["rows"]}


def test_people_are_counted_by_choice_and_rounded(page):
    rows(page, ({"b": "1"}, 43), ({"b": "2"}, 38), ({"b": "3"}, 22), ({"b": "na"}, 14), ({"b": "dk"}, 12), ({}, 20))
    assert equality_pictures.refresh_equality_pictures(TODAY) == 1
    found = values(page)
    assert (found["Girl"], found["Boy"], found["Other words"]) == (45, 40, 20)
    assert figure(page)["title"] == "Question b?"


def test_rules_of_a_release_that_are_stricter_than_ours_hold_here_too(page, monkeypatch):
    strict = SimpleNamespace(rules={"threshold": 30})
    monkeypatch.setattr(equality_pictures, "find_newest_release", lambda consultation: strict)
    rows(page, ({"b": "1"}, 43), ({"b": "2"}, 38), ({"b": "3"}, 22), ({"b": "na"}, 14), ({"b": "dk"}, 12), ({}, 20))
    equality_pictures.refresh_equality_pictures(TODAY)
    found = values(page)
    assert (found["Girl"], found["Boy"], found["Other words"]) == (45, 40, None)


def test_a_small_number_is_hidden_and_cannot_be_worked_out(page):
    rows(page, ({"b": "1"}, 43), ({"b": "2"}, 38), ({"b": "3"}, 4), ({"b": "na"}, 14), ({"b": "dk"}, 12))
    equality_pictures.refresh_equality_pictures(TODAY)
    found = values(page)
    assert found["Other words"] is None
    assert list(found.values()).count(None) >= 2, "the one that is hidden is not what is left over"
    assert not {4, 5} & set(found.values())


def test_a_question_that_fewer_than_thirty_answered_shows_nothing(page):
    rows(page, ({"b": "1", "c": ["1"]}, 29), ({}, 50))
    equality_pictures.refresh_equality_pictures(TODAY)
    assert figure(page)["table"]["rows"] == []
    assert figure(page)["table"]["refused"]


def test_several_choices_count_each_against_all_who_answered(page):
    rows(
        page, ({"c": ["1", "2"]}, 40), ({"c": ["1"]}, 40), ({"c": ["2"]}, 30), ({"c": ["na"]}, 21), ({"c": ["dk"]}, 20)
    )
    equality_pictures.refresh_equality_pictures(TODAY)
    table = figure(page, "c")["table"]
    assert table["several"]
    assert table["base"] == 150
    assert (values(page, "c")["One"], values(page, "c")["Two"]) == (80, 70)


def test_the_held_are_not_in_it(page):
    rows(page, ({"b": "1"}, 40), ({"b": "2"}, 40))
    rows(page, ({"b": "1"}, 500), held=True)
    equality_pictures.refresh_equality_pictures(TODAY)
    assert figure(page)["table"]["base"] == 80


def test_it_is_renewed_once_a_day_and_only_where_rows_came(page):
    rows(page, ({"b": "1"}, 40), ({"b": "2"}, 40))
    assert equality_pictures.refresh_equality_pictures(TODAY) == 1
    rows(page, ({"b": "1"}, 30))
    assert equality_pictures.refresh_equality_pictures(TODAY) == 0
    assert equality_pictures.refresh_equality_pictures(TODAY + timedelta(days=1)) == 1
    assert figure(page)["table"]["base"] == 110
    assert equality_pictures.refresh_equality_pictures(TODAY + timedelta(days=2)) == 0


def test_a_number_that_few_people_moved_keeps_its_old_value(page):
    rows(page, ({"b": "1"}, 40), ({"b": "2"}, 40), ({"b": "3"}, 20))
    equality_pictures.refresh_equality_pictures(TODAY)
    rows(page, ({"b": "1"}, 6), ({"b": "2"}, 30))
    equality_pictures.refresh_equality_pictures(TODAY + timedelta(days=1))
    assert (values(page)["Girl"], values(page)["Boy"]) == (40, 70)


def test_what_was_shown_stays_when_the_rows_are_erased(page):
    rows(page, ({"b": "1"}, 40), ({"b": "2"}, 40))
    equality_pictures.refresh_equality_pictures(TODAY)
    EqualityRow.objects.all().delete()
    assert equality_pictures.refresh_equality_pictures(TODAY + timedelta(days=100)) == 0
    assert figure(page)["table"]["base"] == 80


def test_the_report_of_answers_leaves_equality_questions_out(page):
    from insights.releases import cross_tabulation

    crowd, questionnaire = cross_tabulation.gather_crowd(page)
    assert [asked.key for asked in cross_tabulation.build_question_tables(crowd, questionnaire)] == ["q-a"]


def test_officers_see_figures_and_never_a_row(page, client_as):
    rows(page, ({"b": "1"}, 43), ({"b": "2"}, 38))
    equality_pictures.refresh_equality_pictures(TODAY)
    html = client_as("engagement_officer").get("/insights/manage/heard/").content.decode()
    assert "Question b?" in html
    assert not re.search(r"\b(43|38)\b", html)


def test_before_there_is_anything_the_page_says_why(page, home, client_as):
    officer = client_as("engagement_officer")
    assert "Nothing to show yet" in officer.get("/insights/manage/heard/").content.decode()


def test_without_equality_questions_the_page_says_how_to_ask_them(home, client_as):
    html = client_as("engagement_officer").get("/insights/manage/heard/").content.decode()
    assert "No consultation asks equality questions" in html


@pytest.mark.parametrize("role", ["planner", "moderator", "partner_viewer", "safeguarding_lead", "auditor"])
def test_others_do_not_see_live_counts(client_as, role):
    assert client_as(role).get("/insights/manage/heard/").status_code == 403

"""Equality questions one by one, after disclosure control, refreshed weekly where ten or more rows came."""

from dataclasses import asdict, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from consultation.responses.models import EqualityRow
from insights.disclosure import DEFAULT
from insights.releases import equality_pictures
from insights.releases.models import EqualityPicture
from tests.factories import consultation, question

pytestmark = [pytest.mark.any_database, pytest.mark.django_db, pytest.mark.usefixtures("no_noise")]
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


def test_people_are_counted_by_choice(page):
    rows(page, ({"b": "1"}, 43), ({"b": "2"}, 38), ({"b": "3"}, 22), ({"b": "na"}, 14), ({"b": "dk"}, 12), ({}, 20))
    assert equality_pictures.refresh_equality_pictures(TODAY) == 1
    found = values(page)
    assert list(found.values()) == [43, 38, 22, 26]
    assert list(found) == ["Girl", "Boy", "Other words", "No answer given"]
    assert figure(page)["title"] == "Question b?"


def test_a_hard_question_names_counts_under_ten(home):
    items = [question("b", options=["Girl", "Boy", "Other words"], apart=True, sensitive=True)]
    hard = consultation(home, items=items)[0]
    rows(hard, ({"b": "1"}, 43), ({"b": "2"}, 38), ({"b": "3"}, 8), ({"b": "na"}, 4))
    equality_pictures.refresh_equality_pictures(TODAY)
    found = {row["label"]: row["symbol"] for row in figure(hard)["table"]["rows"]}
    assert list(found.values()) == ["", "", "fewer than 10", "fewer than 10"]


def test_rules_of_a_release_that_are_stricter_than_ours_hold_here_too(page, monkeypatch):
    strict = SimpleNamespace(rules=asdict(replace(DEFAULT, threshold=35)))
    monkeypatch.setattr(equality_pictures, "find_newest_release", lambda consultation: strict)
    rows(page, ({"b": "1"}, 43), ({"b": "2"}, 38), ({"b": "3"}, 22), ({"b": "na"}, 14), ({"b": "dk"}, 12), ({}, 20))
    equality_pictures.refresh_equality_pictures(TODAY)
    found = values(page)
    assert found == {"Girl": 43, "Boy": 38, "Other words": None, "No answer given": None}


def test_a_small_number_is_named_and_no_other_is_hidden_beside_it(page):
    rows(page, ({"b": "1"}, 43), ({"b": "2"}, 38), ({"b": "3"}, 0), ({"b": "na"}, 14), ({"b": "dk"}, 12))
    equality_pictures.refresh_equality_pictures(TODAY)
    found = {row["label"]: row["symbol"] for row in figure(page)["table"]["rows"]}
    assert found == {"Girl": "", "Boy": "", "Other words": "fewer than 5", "No answer given": ""}


def test_a_question_that_fewer_than_thirty_answered_shows_nothing(page):
    rows(page, ({"b": "1", "c": ["1"]}, 20), ({}, 50))
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
    assert [table["base"], *values(page, "c").values()] == [151, 80, 70, 41]


def test_the_held_are_not_in_it(page):
    rows(page, ({"b": "1"}, 40), ({"b": "2"}, 40))
    rows(page, ({"b": "1"}, 500), held=True)
    equality_pictures.refresh_equality_pictures(TODAY)
    assert figure(page)["table"]["base"] == 80


def test_it_is_renewed_once_a_week_and_only_where_ten_or_more_rows_came(page):
    rows(page, ({"b": "1"}, 40), ({"b": "2"}, 40))
    assert equality_pictures.refresh_equality_pictures(TODAY) == 1
    rows(page, ({"b": "1"}, 9))
    assert equality_pictures.refresh_equality_pictures(TODAY + timedelta(days=7)) == 0
    rows(page, ({"b": "1"}, 5))
    assert equality_pictures.refresh_equality_pictures(TODAY + timedelta(days=6)) == 0
    assert equality_pictures.refresh_equality_pictures(TODAY + timedelta(days=7)) == 1
    assert figure(page)["table"]["base"] == 94


def test_what_was_shown_stays_when_the_rows_are_erased(page):
    rows(page, ({"b": "1"}, 40), ({"b": "2"}, 40))
    equality_pictures.refresh_equality_pictures(TODAY)
    before = figure(page)
    EqualityRow.objects.all().delete()
    assert equality_pictures.refresh_equality_pictures(TODAY + timedelta(days=100)) == 0
    assert figure(page) == before


def test_the_report_of_answers_leaves_equality_questions_out(page):
    from insights.releases import cross_tabulation

    crowd, questionnaire = cross_tabulation.gather_crowd(page)
    assert [asked.key for asked in cross_tabulation.build_question_tables(crowd, questionnaire)] == ["q-a"]


def test_officers_see_figures_and_never_a_row(page, client_as):
    rows(page, ({"b": "1"}, 43), ({"b": "2"}, 38))
    equality_pictures.refresh_equality_pictures(TODAY)
    html = client_as("engagement_officer").get("/insights/manage/heard/").content.decode()
    assert "Question b?" in html
    assert str(values(page)["Girl"]) in html


def test_before_there_is_anything_the_page_says_why(page, home, client_as):
    officer = client_as("engagement_officer")
    assert "Nothing to show yet" in officer.get("/insights/manage/heard/").content.decode()


def test_without_equality_questions_the_page_says_how_to_ask_them(home, client_as):
    html = client_as("engagement_officer").get("/insights/manage/heard/").content.decode()
    assert "No consultation asks equality questions" in html

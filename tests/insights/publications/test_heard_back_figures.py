"""“Did you hear back?” figures pass disclosure control, and no single reply moves one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from consultation.receipts.heard_back import actions
from consultation.receipts.heard_back.models import HeardAnswer
from insights.polls.public_figures import build_poll_figure
from insights.publications import heard_back_figures

DAY = date(2027, 3, 3)


def send(page, choice, number, start=0):
    for n in range(start, start + number):
        actions.save_poll_answer(consultation=page, nonce=f"{choice:<6}{n:010}".encode(), choice=choice)


def shown(page):
    picture = heard_back_figures.heard_back_picture_of(page)
    return {row["id"]: row["value"] for row in picture.table["rows"]} if picture else None


def test_nothing_under_thirty_then_small_ones_by_name(parks, no_noise):
    page, _ = parks
    send(page, "yes", 22)
    heard_back_figures.refresh_heard_back(DAY)
    assert shown(page) is None
    send(page, "no", 17)
    heard_back_figures.refresh_heard_back(DAY)
    assert shown(page) == {"yes": 22, "partly": None, "no": 17, "dk": None}, "a no is heard before thirty say it"


@pytest.fixture
def pictured(parks):
    page, _ = parks
    for choice, number in {"yes": 60, "no": 40, "partly": 40, "dk": 40}.items():
        send(page, choice, number)
    heard_back_figures.refresh_heard_back(DAY)
    return page


def test_no_count_of_answers_tells_that_one_more_has_come(pictured):
    """Whoever sends nine of their own learns nothing of the one that came between them."""
    before = heard_back_figures.heard_back_picture_of(pictured)
    for day in range(1, 10):
        send(pictured, "no", 1, start=100 + day)
        assert heard_back_figures.refresh_heard_back(DAY + timedelta(days=day)) == 0
    after = heard_back_figures.heard_back_picture_of(pictured)
    assert (after.table, after.made_on, after.rows) == (before.table, before.made_on, 180)


def test_a_refusal_is_stored_and_shows_nothing(parks, no_noise, client_as):
    page, _ = parks
    send(page, "yes", 29)
    assert heard_back_figures.refresh_heard_back(DAY) == 1
    picture = heard_back_figures.heard_back_picture_of(page)
    assert picture.rows == 29 and build_poll_figure(picture) is None
    officer = client_as("engagement_officer")
    assert "No figures yet." in officer.get("/staff/task-list/").content.decode()
    there = officer.get(reverse("insights:results-of", args=[page.slug])).content.decode()
    assert "Fewer than 30 people answered, so nothing is shown." in there
    assert heard_back_figures.refresh_heard_back(DAY + timedelta(days=30)) == 0


def test_many_more_are_shown_once_a_week(pictured, no_noise):
    send(pictured, "no", 30, start=200)
    send(pictured, "dk", 5, start=200)
    assert heard_back_figures.refresh_heard_back(DAY + timedelta(days=6)) == 0
    assert heard_back_figures.refresh_heard_back(DAY + timedelta(days=7)) == 1
    assert shown(pictured) == {"yes": 60, "partly": 40, "no": 70, "dk": 45}
    percents = {row["id"]: row["percent"] for row in heard_back_figures.heard_back_picture_of(pictured).table["rows"]}
    assert percents == {"yes": 28, "partly": 19, "no": 33, "dk": 21}


def test_figures_stay_when_their_answers_are_erased(pictured):
    before = shown(pictured)
    HeardAnswer.objects.all().delete()
    assert heard_back_figures.refresh_heard_back(DAY + timedelta(days=800)) == 0
    assert shown(pictured) == before


def test_a_flood_is_kept_and_counted_nowhere(parks):
    page, _ = parks
    assert actions.save_poll_answer(consultation=page, nonce=b"x" * 16, choice="yes", flood=True)
    assert HeardAnswer.objects.get().excluded_from_figures
    heard_back_figures.refresh_heard_back(DAY)
    assert shown(page) is None

"""5.6: non-recent items have their own category, due time and support text, and adult survivors a list of their own."""

import uuid
from datetime import datetime

import pytest
from django.urls import reverse

from consultation.interface_text import get_text
from consultation.reading import actions as reading
from consultation.reading.models import Screening
from consultation.responses.models import Answer
from consultation.responses.vault import seal_text
from consultation.safeguarding import clocks
from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.models import TriageCase
from consultation.surveys.starting_points.actions import start_from_template
from consultation.surveys.starting_points.consultation_templates import load_templates
from tests import factories

LATE = datetime(2026, 11, 30, 16, 10, tzinfo=clocks.LONDON)
REASONS = [{"rule": "non-recent-1", "category": "non-recent", "label": "Says what happened years ago"}]


@pytest.fixture
def told(home):
    version = factories.consultation(home, items=[factories.question("a", "long_text")])[1]
    answer = Answer.objects.create(
        id=uuid.uuid4(), response=factories.response(version), question="q-a", sealed=seal_text("It was years ago.")
    )
    Screening.objects.create(
        answer=answer, order=[True, "T2", ""], engine="test", spans=[],
        reasons=[reason | {"start": 0, "end": 5} for reason in REASONS],
    )  # fmt: skip
    return answer


def test_what_the_screen_takes_for_years_ago_is_non_recent_and_due_the_same_day(told, reader):
    reading.decide_answer(answer=told, by=reader, decision="triage", spans=[], now=LATE)
    case = TriageCase.objects.get()
    assert case.category == "non-recent"
    assert case.due_at.astimezone(clocks.LONDON) == LATE.replace(hour=17, minute=0)


@pytest.mark.parametrize(("ticked", "category"), [("1", "non-recent"), ("", "")])
def test_the_reader_has_the_last_word_by_a_tick_that_the_screen_has_set(ticked, category, told, client_as):
    desk, page = client_as("moderator"), reverse("reading:answer", args=[told.pk])
    assert 'name="non_recent" value="1" checked' in desk.get(page).content.decode()
    desk.post(page, {"do": "triage", "priority": "T2", "non_recent": ticked, "note": "x"})
    assert TriageCase.objects.get().category == category


def test_the_lead_sees_category_due_time_support_text_and_the_adults_list(told, reader, client_as):
    load_help_entries()
    reading.decide_answer(answer=told, by=reader, decision="triage", spans=[], now=LATE)
    desk = client_as("safeguarding_lead")
    factories.join_agency(desk.user, "Council")
    page = desk.get(reverse("safeguarding:case", args=[TriageCase.objects.get().pk])).content.decode()
    assert "Non-recent" in page and "30 November 2026, 17:00" in page and get_text("past.body") in page
    assert "NAPAC" in page and "0808 801 0331" in page
    assert "Non-recent." in desk.get(reverse("safeguarding:board")).content.decode()


@pytest.mark.django_db
def test_the_template_for_adult_survivors_shows_their_list_and_thanks_with_it(home, client, person):
    load_help_entries()
    page = start_from_template(
        template=load_templates()["adult-survivor"], title="Looking back", by=person("engagement_officer")
    )
    assert page.help_first == "past"
    page.save_revision().publish(skip_permission_checks=True)
    html = client.get(page.get_url()).content.decode()
    assert get_text("past.title") in html and "NAPAC" in html and "0808 801 0331" in html


@pytest.mark.django_db
def test_the_help_page_has_a_list_for_adults_harmed_as_children(home, client):
    load_help_entries()
    page = client.post("/en/help/", {"need": "past"}).content.decode()
    assert get_text("need.past") in page and "NAPAC" in page and "Runaway" not in page

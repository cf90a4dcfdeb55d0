"""Officers' pages: “Start a consultation” and the question bank."""

from datetime import date

import pytest
from django.urls import reverse

from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points.consultation_templates import load_templates
from tests.consultation.surveys.test_editing import edit

pytestmark = pytest.mark.any_database

START, BANK = reverse("start:start"), reverse("start:bank")


def newest():
    return ConsultationPage.objects.order_by("-pk").first()


def draft_words():
    return [block.value["text"] for block in newest().get_latest_revision_as_object().body]


def test_it_offers_each_way_to_begin_and_is_reached_from_the_first_page(editor):
    html = editor.get(START).content.decode()
    assert all(reverse("start:template", args=[one]) in html for one in load_templates())
    assert all(url in html for url in (BANK, reverse("exchange:list"), reverse("start:blank")))
    first = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert first.count(f'href="{START}"') >= 1 and "Start a consultation" in first


@pytest.mark.slow
def test_a_template_says_what_it_asks_before_it_is_taken(editor):
    url = reverse("start:template", args=["safe-places"])
    html = editor.get(url).content.decode()
    easy = "Easy words: What makes a place feel safe?"
    assert all(said in html for said in ("About 6 minutes", "Young people aged 11 to 17", easy, "At a bus stop"))
    answer = editor.post(url, {"title": "Safe in town"})
    assert answer.url == reverse("consultations:home", args=[newest().slug]) and newest().title == "Safe in town"
    steps = editor.get(answer.url).content.decode()
    assert "14 questions so far" in steps and "Steps to publishing" in steps
    shown = " ".join(editor.get(reverse("wagtailadmin_pages:edit", args=[newest().pk])).content.decode().split())
    assert "Steps to publishing" in shown and "People are told 6." in shown


def test_a_refusal_keeps_the_title_and_says_why(editor):
    answer = editor.post(reverse("start:blank"), {"title": "Stop abuse"})
    assert answer.status_code == 422 and 'value="Stop abuse"' in answer.content.decode()
    assert "<title>Error: " in answer.content.decode() and newest() is None


def test_one_that_was_is_asked_again(editor, parks, publish):
    parks.opens = date(2025, 3, 1)
    publish(parks)
    url = reverse("start:past", args=[parks.pk])
    assert "1 March 2025" in editor.get(START).content.decode(), "the day it opened, not that of its publication"
    assert url in editor.get(START).content.decode() and "Do you go?" in editor.get(url).content.decode()
    editor.post(url, {"title": "Parks again"})
    assert draft_words() == ["Do you go?", "How is it?", "What would help?"] and newest().closes is None


def test_a_draft_is_no_past_one(editor, parks):
    assert editor.get(reverse("start:past", args=[parks.pk])).status_code == 404


def press(client, do, **query):
    return client.post(BANK, {"do": do}, query_params=query)


def key_of(client, text):
    rows = client.get(BANK, {"words": text}).context["rows"]
    return next(row["entry"].key for row in rows if row["entry"].text == text)


@pytest.mark.slow
def test_questions_are_chosen_over_several_searches_put_in_order_and_undone(editor, parks):
    parks.save_revision(user=editor.user)
    late, place = "How often do you work after ten at night?", "Where do you work?"
    first, second = key_of(editor, late), key_of(editor, place)
    press(editor, f"choose:{first}")
    press(editor, f"choose:{second}", words="work")
    press(editor, f"up:{second}")
    assert [entry.text for entry in editor.get(BANK).context["chosen"]] == [place, late]
    answer = editor.post(reverse("start:put"), {"draft": parks.pk}, follow=True)
    assert draft_words()[-2:] == [place, late] and "Take them out again" in answer.content.decode()
    assert editor.get(BANK).context["chosen"] == []
    added = newest().get_latest_revision().pk
    editor.post(f"{reverse('start:undo', args=[parks.pk])}?added={added}")
    assert place not in draft_words()


def test_chosen_questions_become_a_new_draft(editor):
    press(editor, f"choose:{key_of(editor, 'Where do you work?')}")
    assert editor.post(reverse("start:put"), {"title": ""}).status_code == 422
    editor.post(reverse("start:put"), {"title": "Work"})
    assert (newest().title, draft_words()) == ("Work", ["Where do you work?"])


@pytest.mark.parametrize("do", ["choose:none-such", "up:none-such", "drop:", "", "empty"])
def test_a_button_of_another_time_does_nothing(editor, do):
    assert press(editor, do).status_code == 302 and editor.get(BANK).context["chosen"] == []


def test_a_search_without_a_find_says_so(editor):
    assert "No question has all of that" in editor.get(BANK, {"words": "zzz"}).content.decode()


@pytest.mark.slow
def test_the_steps_stand_in_the_editor_are_put_away_and_brought_back(editor, parks):
    parks.save_revision(user=editor.user)
    assert 'data-step="listens"' in editor.get(edit(parks)).content.decode()
    hide = reverse("start:hide", args=[parks.pk])
    assert editor.post(hide, {"do": "hide", "from": "editor"}).url == edit(parks)
    assert 'data-step="listens"' not in editor.get(edit(parks)).content.decode()
    assert "Show them in the" in editor.get(reverse("consultations:home", args=[parks.slug])).content.decode()
    editor.post(hide, {"do": "show"})
    assert 'data-step="listens"' in editor.get(edit(parks)).content.decode()
    assert "<html" not in editor.get(reverse("start:steps", args=[parks.pk])).content.decode()


@pytest.mark.slow
def test_a_lead_who_checks_it_is_told_what_to_press_and_not_led_through_the_steps(client_as, parks):
    officer = client_as("engagement_officer")
    parks.save_revision(user=officer.user)
    parks.get_workflow().start(parks, officer.user)
    page = client_as("safeguarding_lead").get(edit(parks)).content.decode()
    assert "data-guide" not in page and "It waits for you: safety check." in page
    assert "It waits for you" not in officer.get(edit(parks)).content.decode()

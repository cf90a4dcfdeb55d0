"""The pages beside the editor, and their links."""

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from consultation.surveys.editor import views
from consultation.surveys.models import ConsultationPage
from tests.consultation.surveys.conftest import asked, when
from tests.consultation.surveys.test_editing import FEEL, GO, edit, form

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture
def twice(editor, parks):
    """The draft was saved twice: with one question, then with another one that waits for it."""
    editor.post(edit(parks), form(GO))
    editor.post(edit(parks), form(GO | {"value": GO["value"] | {"text": "Do you walk there?"}}, FEEL))
    return parks


def seen(client, name, page, **query):
    answer = client.get(reverse(f"editor:{name}", args=[page.pk]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_map_says_who_meets_what(editor, twice):
    html = seen(editor, "map", twice)
    assert "Shown if “Yes” to question 1." in html and "Answers here decide about question 2." in html
    assert "1 question, about 1 minute" in html and "2 questions, about 1 minute" in html
    assert '<title id="map-title">' in html and f"{edit(twice)}#block-feel-section" in html


def test_the_map_names_what_nobody_gets_to(editor, parks):
    both = when("go", "yes")[0], when("go", "no")[0] | {"id": "w2"}
    parks.body = [GO, asked("lost", "Who sees this?", "faces", show_if={"join": "all", "of": list(both)})]
    parks.save_revision()
    assert "Nobody gets to:" in seen(editor, "map", parks)


def test_an_empty_one_says_what_to_do(editor, parks):
    parks.body = []
    parks.save_revision()
    assert "There are no questions yet." in seen(editor, "map", parks)


def test_the_voices_show_gaps_and_lead_to_the_block(editor, parks):
    hard = "Considering everything that happened in your neighbourhood, how would you characterise its facilities?"
    parks.body = [asked("hard", hard, "faces"), asked("easy", hard, "faces", easy="Is it good?")]
    parks.save_revision()
    html = seen(editor, "voices", parks)
    assert "1 text without easy words" in html and "Is it good?" in html
    assert f"{edit(parks)}#block-hard-section" in html


def test_changes_are_said_from_the_draft_before(editor, twice):
    html = seen(editor, "changes", twice)
    assert "Question 1 was “Do you go?”, now “Do you walk there?”." in html
    assert "Question 2, “How is it?”, is new. It is shown if “Yes” to question 1." in html


def test_one_draft_has_no_changes(editor, parks):
    parks.save_revision()
    assert "There is one draft only" in seen(editor, "changes", parks)


def test_the_history_and_the_approval_lead_to_the_words(editor, client_as, twice):
    old, new = twice.revisions.order_by("pk").values_list("pk", flat=True)[:2]
    link = reverse("wagtailadmin_pages:revisions_compare", args=[twice.pk, old, new])
    assert link in editor.get(reverse("wagtailadmin_pages:history", args=[twice.pk])).content.decode()
    for role in ("engagement_officer", "safeguarding_lead"):
        html = client_as(role).get(link, follow=True).content.decode()
        assert "Question 1 was “Do you go?”" in html
    fields = editor.get(f"{link}?fields")
    assert fields.status_code == 200 and "Compar" in fields.content.decode()


@pytest.mark.slow
def test_the_safety_check_leads_to_what_changed(client_as, editor, twice):
    editor.post(edit(twice), form(GO, FEEL, **{"action-submit": "1"}))
    html = client_as("safeguarding_lead").get(edit(twice)).content.decode()
    assert reverse("editor:changes", args=[twice.pk]) in html and reverse("editor:map", args=[twice.pk]) in html


def test_words_are_measured_as_they_are_typed(editor):
    asked_of = {
        "children": True,
        "texts": {
            "a": "How is the park?",
            "b": "Considering accessibility considerations, characterise facilities.",
            "c": "Yes",
        },
        "entries": [{"type": "long_text", "text": "How is the park?", "rows": 0}] * 3,
    }
    answer = editor.post(reverse("editor:measure"), json.dumps(asked_of), content_type="application/json").json()
    assert answer["texts"]["a"].startswith("Reads like for ") and "Begin with" in answer["texts"]["b"]
    assert answer["texts"]["c"] == "" and answer["minutes"] == 4


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"children": 1, "texts": [], "entries": 3}'])
def test_nonsense_is_not_measured(editor, body):
    assert editor.post(reverse("editor:measure"), body, content_type="application/json").status_code == 404


@pytest.mark.slow
def test_back_to_an_older_draft_keeps_what_was_published(editor, parks, publish):
    published = publish(parks).versions.get()
    old = ConsultationPage.objects.get(pk=parks.pk).latest_revision_id
    editor.post(edit(parks), form(GO))
    url = reverse("wagtailadmin_pages:revisions_revert", args=[parks.pk, old])
    assert editor.get(url).status_code == 200
    editor.post(
        edit(parks), form(GO, FEEL, asked("why", "What would help?", "long_text", max_length="500", dont_know=False))
    )
    publish(ConsultationPage.objects.get(pk=parks.pk).get_latest_revision_as_object())
    keys = {item["id"]: item["key"] for item in published.content["items"]}
    again = parks.versions.order_by("number").last()
    assert {item["id"]: item["key"] for item in again.content["items"]} == keys
    published.refresh_from_db()
    assert published.number == 1 and [item["id"] for item in published.content["items"]] == ["go", "feel", "why"]


def test_a_draft_is_named_by_the_clock_on_the_wall():
    class InSummer:
        created_at = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)

    assert (
        views.DraftRevision(InSummer, published=False, live=False, newest=True).name
        == "1 July 2026, 11:30, newest draft"
    )


def test_of_many_drafts_only_those_that_are_compared_are_read(parks, officer):
    for number in range(3):
        parks.summary = f"Tell us {number}."
        parks.save_revision(user=officer)
    kept = views.list_draft_revisions(parks)
    assert all("content" in one.revision.get_deferred_fields() for one in kept) and len(kept) == 3
    assert kept[0].revision.as_object().summary == "Tell us 2."

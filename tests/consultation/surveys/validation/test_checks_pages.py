"""Validation in the editor, on its own page, at submission and at approval."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points.actions import start_blank
from consultation.surveys.validation.actions import override_finding
from consultation.surveys.validation.findings import build_findings_report
from tests import factories
from tests.consultation.surveys.conftest import asked
from tests.consultation.surveys.test_editing import draft_of, edit, form

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
LEANS = asked("go", "Don't you agree that parks need lights?", "faces")
FINE = asked("go", "How are the parks?", "faces")
TELLS = asked("go", "What happened?", "long_text", max_length=500)
SUBMIT = {"action-submit": "1"}
REASON = "The partnership asked for these words."


def checks(page):
    return reverse("validation:one", args=[page.pk])


def posted(client, page, **more):
    found = build_findings_report(page).all[0].finding.digest
    return client.post(checks(page), {"finding": found, "do": "through", **more})


def test_a_draft_with_findings_is_kept_and_they_are_said_in_the_editor(editor, parks):
    assert editor.post(edit(parks), form(LEANS)).status_code == 302
    html = editor.get(edit(parks)).content.decode()
    assert "1 thing to mend before anyone can approve" in html
    assert 'href="#block-go-section.text"' in html and 'data-block="go" data-field="text" data-kind="stop"' in html
    assert "This question leads to one answer" in html and "surveys/validation.js" in html


def test_identical_advice_is_said_once_with_each_of_its_places(editor, parks):
    editor.post(edit(parks), form(LEANS, LEANS | {"id": "go2"}))
    said = "expects a yes. Ask"
    for html in (_list_of(editor, parks), editor.get(checks(parks)).content.decode()):
        shown = re.sub(r"<span data-said hidden>.*?</span>", "", html, flags=re.DOTALL)
        assert shown.count(said) == 1
        assert "#block-go-section" in html and "#block-go2-section" in html
    assert _list_of(editor, parks).count('data-block="go') == 2  # each stands beside its question, too


def _list_of(editor, parks):
    return editor.get(reverse("validation:now", args=[parks.pk])).content.decode()


def test_it_is_not_handed_on_and_each_reason_stands_at_its_question(editor, parks):
    response = editor.post(edit(parks), form(FINE | {"id": "fine"}, LEANS, **SUBMIT))
    assert response.status_code == 200
    error = response.context["form"].errors.as_data()["body"][0].block_errors[1].block_errors["text"]
    assert "leads to one answer" in error.messages[0]
    assert not ConsultationPage.objects.get(pk=parks.pk).workflow_in_progress


def test_all_errors_are_said_at_once_each_with_its_place(editor, parks):
    """What the form refuses, what the checks find in the questions beside it, and the promises: in one answer."""
    wordless = asked("none", "", "faces")
    response = editor.post(edit(parks), form(wordless, LEANS, told_how="", closes="nonsense", **SUBMIT))
    (error,) = response.context["form"].errors.as_data()["body"]
    assert "text" in error.block_errors[0].block_errors, "drawn where it is"
    assert "leads to one answer" in error.block_errors[1].block_errors["text"].messages[0]
    (listed,) = re.findall(r'<ul data-errors="">.*?</ul>', response.content.decode())
    places = re.findall(r'href="#([^"]+)"', listed)
    assert {"id_closes", "id_told_how", "block-none-section.text", "block-go-section.text"} <= set(places)
    assert "1. Question: This field is required." in listed and "2. Question: This question leads" in listed


def test_a_blank_one_starts_calm(editor, index):
    page = start_blank(title="Parks", by=editor.user)
    html = _list_of(editor, page)
    assert "<strong>Still to do: 18</strong>" in html and "<details open" not in html
    assert "to mend" not in html and 'data-kind="stop"' not in html and "reader" not in html
    shown = editor.get(reverse("validation:one", args=[page.pk])).content.decode()
    assert (
        "18 things still to do before anyone can approve it." in " ".join(shown.split())
        and "to mend before" not in shown
    )
    assert "say until which day people can answer" in shown and "Some days have no reader, lead or backup" not in shown


def test_a_missing_promise_stands_at_its_field(editor, parks):
    response = editor.post(edit(parks), form(FINE, told_how="", **SUBMIT))
    assert "say how people hear of it" in str(response.context["form"].errors["told_how"])


def test_a_whole_one_is_handed_on(editor, parks):
    assert editor.post(edit(parks), form(FINE, **SUBMIT)).status_code == 302
    assert ConsultationPage.objects.get(pk=parks.pk).workflow_in_progress


def test_the_ways_and_forms_are_kept_as_ticked(editor, parks):
    editor.post(edit(parks), form(FINE, ways=["group", "own"], formats=["large"]))
    assert (draft_of(parks).ways, draft_of(parks).formats) == (["group", "own"], ["large"])


def test_the_page_of_checks_leads_to_each_question(editor, parks):
    editor.post(edit(parks), form(LEANS))
    html = editor.get(checks(parks)).content.decode()
    assert f'href="{edit(parks)}#block-go-section"' in html
    assert "Why: People, and children most of all" in html


def test_the_page_of_checks_says_that_there_is_nothing(editor, parks, person):
    factories.somebody_reads(person)
    parks.paper_runner, parks.paper_desk = "The partnership", "The library"
    parks.save_revision()
    html = editor.get(checks(parks)).content.decode()
    assert "The checks found nothing to mend." in html


def test_days_on_which_nobody_reads_stand_among_the_checks_with_the_way_to_mend_them(editor, parks):
    mend = reverse("readers:consultation", args=[parks.pk])
    for url in (checks(parks), reverse("validation:now", args=[parks.pk]), edit(parks)):
        html = editor.get(url).content.decode()
        assert "Some days have no reader, lead or backup" in html and f'href="{mend}"' in html, url
        assert "Nothing stops" not in html


def test_letting_through_by_the_page_and_handing_on(editor, parks):
    editor.post(edit(parks), form(LEANS))
    assert posted(editor, parks, reason=REASON).status_code == 302
    assert REASON in editor.get(checks(parks)).content.decode()
    assert editor.post(edit(parks), form(LEANS, **SUBMIT)).status_code == 302
    assert ConsultationPage.objects.get(pk=parks.pk).workflow_in_progress


def test_a_refusal_keeps_what_was_typed(editor, parks):
    editor.post(edit(parks), form(LEANS))
    response = posted(editor, parks, reason="no")
    html = response.content.decode()
    assert response.status_code == 422 and 'value="no"' in html and "<title>Error: " in html


def test_taking_back_by_the_page(editor, parks):
    editor.post(edit(parks), form(LEANS))
    posted(editor, parks, reason=REASON)
    posted(editor, parks, do="back")
    assert build_findings_report(parks).stopping


def test_an_officer_is_told_to_ask_a_lead(editor, parks, client_as):
    editor.post(edit(parks), form(TELLS))
    assert "Only a safeguarding lead can let this through" in editor.get(checks(parks)).content.decode()
    assert posted(editor, parks, reason=REASON).status_code == 422
    assert posted(client_as("safeguarding_lead"), parks, reason=REASON).status_code == 302
    assert build_findings_report(parks).stopping == []


@pytest.mark.slow
def test_whoever_approves_sees_what_was_overridden(editor, parks, client_as):
    editor.post(edit(parks), form(LEANS))
    posted(editor, parks, reason=REASON)
    editor.post(edit(parks), form(LEANS, **SUBMIT))
    html = client_as("safeguarding_lead").get(edit(parks)).content.decode()
    assert REASON in html and "Let through: 1" in html


def test_nobody_approves_past_what_stops_it(parks, person):
    officer, lead = person("engagement_officer"), person("safeguarding_lead")
    parks.body = [LEANS]
    parks.save_revision(user=officer)
    parks.get_workflow().start(parks, officer)
    page = ConsultationPage.objects.get(pk=parks.pk)
    state = page.current_workflow_task_state
    assert "approve" not in [name for name, *_ in page.current_workflow_task.specific.get_actions(page, lead)]
    with pytest.raises(PermissionDenied):
        page.current_workflow_task.specific.on_action(state, lead, "approve")
    override_finding(
        page=page, digest=build_findings_report(page).stopping[0].finding.digest, reason=REASON, by=officer
    )
    page.current_workflow_task.specific.on_action(state, lead, "approve")
    assert ConsultationPage.objects.get(pk=parks.pk).current_workflow_task.name == "Approval"


def test_the_list_alone_is_asked_for_after_each_save(editor, parks):
    editor.post(edit(parks), form(LEANS))
    html = editor.get(reverse("validation:now", args=[parks.pk])).content.decode()
    assert "<html" not in html and "leads to one answer" in html

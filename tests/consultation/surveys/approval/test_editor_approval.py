"""An approval covers the draft that the person saw, not a later save or a row of a list."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from consultation.surveys import approval_rules
from consultation.surveys.approval.editor_approval import bind_seen_draft
from consultation.surveys.approval.waiting_approvals import list_waiting_for
from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation import findings
from tests import factories
from tests.consultation.surveys.conftest import asked
from tests.consultation.surveys.test_editing import GO, edit, form

pytestmark = pytest.mark.any_database

APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}


@pytest.fixture
def waiting(parks, person):
    """Handed on by its author: (page, author)."""
    factories.somebody_reads(person)
    author = person("engagement_officer")
    parks.body = [GO]
    parks.save_revision(user=author)
    parks.get_workflow().start(parks, author)
    return fresh(parks), author


def fresh(page):
    return ConsultationPage.objects.get(pk=page.pk)


def seen(page):
    """What the editor's form sends of the draft that it shows."""
    revision = fresh(page).get_latest_revision()
    return {"loaded_revision_id": str(revision.pk), "loaded_revision_created_at": revision.created_at.isoformat()}


def step(page):
    return fresh(page).current_workflow_task.name


def test_what_is_looked_at_goes_with_the_approval_whatever_was_sent_beside_it(waiting, rf):
    """tests/journeys/test_publishing.py presses the button."""
    page, _ = waiting
    sent = {"workflow-action-extra-data": '{"comment": "Fine.", "seen_state": "7 yesterday", "update": false}'}
    request = rf.post(edit(page), APPROVE | seen(page) | sent)
    assert bind_seen_draft(request, page) is None
    extra = json.loads(request.POST["workflow-action-extra-data"])
    assert extra == {"comment": "Fine.", "seen_state": approval_rules.identify_draft_state(page.get_latest_revision())}


def test_nobody_is_asked_to_review_their_own_work(waiting, person):
    page, author = waiting
    page.current_workflow_task_state.approve(user=person("safeguarding_lead"))
    assert step(page) == "Approval"

    def asked_of(user):
        return [each.page.pk for each in list_waiting_for(user)]

    assert asked_of(author) == []
    assert asked_of(person("engagement_officer")) == [page.pk]


def test_to_ask_for_changes_needs_no_such_look(waiting, rf):
    page, _ = waiting
    request = rf.post(edit(page), APPROVE | {"workflow-action-name": "reject"})
    assert bind_seen_draft(request, page) is None and "workflow-action-extra-data" not in request.POST


@pytest.mark.slow
def test_a_draft_that_someone_saved_since_is_not(waiting, client_as, person):
    page, _ = waiting
    had = seen(page)
    page.summary = "Tell us all."
    page.save_revision(user=person("engagement_officer"))
    lead = client_as("safeguarding_lead")
    answer = lead.post(edit(page), form(GO, **APPROVE, **had), follow=True)
    assert approval_rules.CHANGED in answer.content.decode() and step(page) == "Safety check"
    assert fresh(page).get_latest_revision_as_object().summary == "Tell us all.", "nor is it written over"


@pytest.mark.parametrize("seen_state", ["", "7 yesterday"])
def test_nor_is_one_without_a_seen_state_where_the_race_is_lost(waiting, person, seen_state):
    page, _ = waiting
    state = page.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        page.current_workflow_task.specific.on_action(
            state, person("safeguarding_lead"), "approve", seen_state=seen_state
        )
    assert step(page) == "Safety check"


def test_one_look_is_enough_where_it_was_saved_before_that_look(waiting, person):
    page, author = waiting
    page.summary = "Tell us all."
    page.save_revision(user=author)
    page = fresh(page)
    seen_state = approval_rules.identify_draft_state(page.get_latest_revision())
    page.current_workflow_task.specific.on_action(
        page.current_workflow_task_state, person("safeguarding_lead"), "approve", seen_state=seen_state
    )
    assert step(page) == "Approval"


def test_from_the_first_page_nothing_is_approved_and_no_check_is_run(waiting, client_as, monkeypatch):
    page, _ = waiting
    monkeypatch.setattr(findings, "FindingsReport", None)
    lead = client_as("safeguarding_lead")
    html = lead.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("consultations:approval", args=[page.slug]) in html and "/workflow/action/" not in html
    monkeypatch.undo()
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])
    lead.post(url)
    assert step(page) == "Safety check"


def test_the_editor_does_not_write_over_what_was_handed_on(waiting):
    page, author = waiting
    handed_on = page.get_latest_revision()
    page.summary = "Something else."
    later = page.save_revision(user=author, overwrite_revision=handed_on)
    assert later.pk != handed_on.pk
    assert type(handed_on).objects.get(pk=handed_on.pk).content["summary"] == "Tell us."
    page.summary = "Once more."
    assert page.save_revision(user=author, overwrite_revision=later).pk == later.pk


def test_to_approve_writes_nothing_of_ones_own(parks, person, client_as):
    """A question with a number in it seemed changed to Wagtail, and whoever approved it became one of its makers."""
    factories.somebody_reads(person)
    officer, lead = client_as("engagement_officer"), client_as("safeguarding_lead")
    words = asked("why", "What would help?", "long_text", max_length="500")
    assert officer.post(edit(parks), form(words)).status_code == 302
    page = fresh(parks)
    page.get_workflow().start(page, officer.user)
    answer = lead.post(edit(page), form(words, **APPROVE, **seen(page)))
    assert answer["Location"] == reverse("consultations:number", args=[page.pk]), (
        "and not to a list that leads may not see"
    )
    assert step(page) == "Approval" and fresh(page).get_latest_revision().user_id == officer.user.pk


def test_what_the_editor_saves_by_itself_presses_no_button(waiting, client_as):
    page, _ = waiting
    lead = client_as("safeguarding_lead")
    answer = lead.post(edit(page), form(GO, **APPROVE, **seen(page)), headers={"accept": "application/json"})
    assert answer.status_code == 400 and step(page) == "Safety check"


@pytest.mark.slow
def test_two_who_save_at_once_keep_both_drafts_and_neither_is_handed_on_unseen(parks, client_as, person):
    """Wagtail warns while both sit there; what comes later, from a lid that was closed, was saved over in silence."""
    parks.body = [GO]
    parks.save_revision(user=person("engagement_officer"))
    had = seen(parks)
    parks.summary = "Theirs."
    theirs = parks.save_revision(user=person("engagement_officer"))
    officer = client_as("engagement_officer")
    page = officer.post(edit(parks), form(GO, summary="Mine.", **had) | {"action-submit": "1"}, follow=True)
    said = " ".join(str(message) for message in page.context["messages"])
    assert "Your draft stands now" in said and "not sent for approval yet" in said
    assert f"/staff/editor/{parks.pk}/changes/?from={theirs.pk}&amp;to=latest" in said
    assert "Theirs." in officer.get(f"/staff/editor/{parks.pk}/changes/?from={theirs.pk}&to=latest").content.decode()
    now = fresh(parks)
    assert now.get_latest_revision_as_object().summary == "Mine." and not now.workflow_in_progress
    assert not [*officer.post(edit(parks), form(GO, **seen(now)), follow=True).context["messages"]][1:], (
        "nor cries wolf"
    )

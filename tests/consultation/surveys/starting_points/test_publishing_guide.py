"""The publishing guide: six steps, each with its state, its place and one friendly sentence."""

from datetime import UTC, datetime

import pytest

from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points import publishing_guide
from consultation.surveys.starting_points.actions import start_blank
from consultation.surveys.starting_points.publishing_guide import StepState
from consultation.surveys.validation.actions import override_finding
from consultation.surveys.validation.findings import build_findings_report
from tests import factories
from tests.consultation.surveys.conftest import asked

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
ORDER = ["asks", "listens", "dates", "reads", "checks", "approval"]


def states(page):
    return {step.key: step.state for step in publishing_guide.build_steps(ConsultationPage.objects.get(pk=page.pk))}


@pytest.fixture
def empty(index, officer):
    page = index.add_child(
        instance=ConsultationPage(title="New", slug="new", summary="Ask.", locale=index.locale, live=False)
    )
    page.save_revision(user=officer)
    return page


def test_a_new_one_has_one_next_step_and_a_way_to_each(empty, person):
    """Who reads was done for it, of days that it does not have."""
    factories.somebody_reads(person)
    found = publishing_guide.build_steps(empty)
    assert [step.key for step in found] == ORDER
    assert [step.state for step in found] == [StepState.NEXT, *[StepState.LATER] * 5]
    assert all(step.url and step.says.endswith(".") for step in found)
    said = " ".join(step.says for step in found).lower()
    assert not any(word in said for word in ("wrong", "must", "error", "forgot", "invalid", "!"))


def test_the_first_step_of_a_blank_one_names_what_it_leads_to(index, officer):
    """It said "Write a question" and led to the summary."""
    first = publishing_guide.build_steps(start_blank(title="Parks", by=officer))[0]
    assert first.url.endswith("#id_summary")
    assert first.says == "Write the summary. Then write a question, or add one from the bank."


def test_a_step_is_done_when_what_it_asks_for_is_there(parks, officer, person):
    parks.save_revision(user=officer)
    reads = next(step.says for step in publishing_guide.build_steps(parks) if step.key == "reads")
    assert "working days have a gap: " in reads and "(no reader and no lead" in reads and "An officer" not in reads
    assert states(parks) | {"reads": StepState.NEXT} == dict.fromkeys(ORDER[:-1], StepState.DONE) | {
        "reads": StepState.NEXT,
        "approval": StepState.LATER,
    }
    factories.somebody_reads(person)
    assert states(parks)["approval"] == StepState.NEXT
    parks.get_workflow().start(parks, officer)
    assert states(parks)["approval"] == StepState.WAITS


def test_words_that_a_check_stops_leave_the_check_to_do(parks, officer, person):
    factories.somebody_reads(person)
    parks.body = [asked("go", "Don't you agree that parks need lights?", "faces")]
    parks.look_date = None
    parks.save_revision(user=officer)
    found = states(parks)
    assert (found["checks"], found["dates"], found["listens"]) == (StepState.LATER, StepState.NEXT, StepState.DONE)


def test_no_step_is_done_while_something_of_it_is_missing(parks, officer):
    """A question without its words counted as one that is asked."""
    parks.body = [asked("go", "", "faces")]
    parks.save_revision(user=officer)
    asks = publishing_guide.build_steps(parks)[0]
    assert (asks.state, asks.says) == (StepState.NEXT, "1 question so far. 1 thing left to write.")
    assert asks.url.endswith("#block-go-section.text")
    assert states(parks)["checks"] == StepState.LATER and not publishing_guide.may_send_for_approval(parks)


def test_what_is_published_is_done(parks, publish, officer):
    publish(parks, officer)
    assert states(parks)["approval"] == StepState.DONE
    reads = next(step for step in publishing_guide.build_steps(parks) if step.key == "reads")
    assert "each working day" not in reads.says, "its home may say that nobody reads on one"


def test_it_says_the_day_of_going_live_that_the_state_says(parks, officer):
    """In summer, midnight is of the day before in UTC, which the guide named."""
    revision = parks.save_revision(user=officer)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=datetime(2029, 6, 30, 23, 0, tzinfo=UTC))
    parks = ConsultationPage.objects.get(pk=parks.pk)
    assert publishing_guide.build_steps(parks)[-1].says == "It is approved, and goes live on 1 July 2029."
    assert parks.state.says == "Approved. It goes live on 1 July 2029."


def test_officers_see_where_their_own_drafts_stand(parks, empty, officer, person, publish):
    other = person("engagement_officer")
    parks.save_revision(user=other)
    assert [standing.page.pk for standing in publishing_guide.list_draft_progress(officer)] == [empty.pk]
    (standing,) = publishing_guide.list_draft_progress(other)
    assert (standing.page.pk, standing.done, standing.now.key) == (parks.pk, 4, "reads")
    publish(parks, other)
    assert publishing_guide.list_draft_progress(other) == []


def test_it_is_put_away_and_brought_back_by_each_for_themselves(officer, person):
    assert not publishing_guide.is_guide_hidden(officer)
    publishing_guide.set_guide_hidden(officer, True)
    assert publishing_guide.is_guide_hidden(officer) and not publishing_guide.is_guide_hidden(
        person("engagement_officer")
    )
    publishing_guide.set_guide_hidden(officer, False)
    assert not publishing_guide.is_guide_hidden(officer)


def test_an_overridden_promise_leaves_nothing_to_do(parks, officer, person):
    factories.somebody_reads(person)
    parks.told_how = ""
    parks.save_revision(user=officer)
    assert states(parks)["listens"] == StepState.NEXT and not publishing_guide.may_send_for_approval(parks)
    found = build_findings_report(parks).stopping[0].finding.digest
    override_finding(page=parks, digest=found, reason="The school tells them all.", by=officer)
    assert states(parks)["listens"] == StepState.DONE and publishing_guide.may_send_for_approval(parks)

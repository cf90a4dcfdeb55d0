"""What a reader sent to the leads can be taken back until one of them claims it, and nobody gains time by it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.reading import actions, reading_clock, reading_drafts
from consultation.reading.model_retraining.actions import _told_of_harm
from consultation.reading.models import Reading
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding import lead_board
from consultation.safeguarding.models import CaseState, TriageCase
from consultation.safeguarding.states import TAKEN_BACK
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def flagged(sent):
    """A flagged answer with its clock."""
    answer = sent("Please read this.", soon=True)
    screen_unread()
    answer.refresh_from_db()
    return answer


def send(answer, by, **more):
    return actions.decide_answer(answer=answer, by=by, decision="triage", spans=[], note="Please look.", **more)


def test_it_is_unread_again_with_its_clock_its_note_and_an_entry_in_the_log(flagged, reader, lead):
    due = flagged.screening.due
    send(flagged, reader)
    actions.take_back_from_leads(answer=flagged, by=reader)
    assert (flagged.state, flagged.screening.due) == (AnswerState.UNREAD, due)
    assert reading_drafts.find_draft(flagged, reader).note == "Please look."
    assert not Reading.objects.exists()
    case = TriageCase.objects.get()
    assert (case.state, case.outcome, case.decided_by) == (CaseState.CLOSED, TAKEN_BACK, reader)
    assert [each.kind for each in lead_board.list_open_items(lead)] == []
    entry = AuditEntry.objects.get(verb="answer taken back from triage")
    assert (entry.actor, entry.object_id, entry.data) == (str(reader.pk), str(flagged.pk), {})


def test_once_a_lead_claimed_it_only_a_lead_gives_it_back(flagged, reader, lead):
    send(flagged, reader)
    case = safeguarding.claim_case(case=TriageCase.objects.get(), by=lead)
    with pytest.raises(NotAllowed, match="A lead has claimed it"):
        actions.take_back_from_leads(answer=flagged, by=reader)
    safeguarding.move_case(case=case, by=lead, to=CaseState.NEW, reason="Put back.")
    with pytest.raises(NotAllowed, match="A lead has claimed it"):
        actions.take_back_from_leads(answer=flagged, by=reader)
    flagged.refresh_from_db()
    assert (flagged.state, flagged.screening.due) == (AnswerState.TRIAGE, None), "the slot is erased with the claim"


def test_nobody_takes_back_what_another_sent_or_a_concern_about_staff(flagged, reader, colleague, person):
    send(flagged, reader)
    with pytest.raises(NotAllowed, match="nothing to take back"):
        actions.take_back_from_leads(answer=flagged, by=colleague)
    TriageCase.objects.update(agency=factories.agency("Beacon Youth Trust"))
    factories.join_agency(reader, "Riverside Council")
    with pytest.raises(NotAllowed, match="member of staff"):
        actions.take_back_from_leads(answer=flagged, by=reader)


def test_sent_again_it_keeps_the_leads_deadline_and_can_be_taken_back_again(flagged, reader):
    now = timezone.now()
    send(flagged, reader, now=now)
    due = TriageCase.objects.get().due_at
    for hours in (1, 30):
        actions.take_back_from_leads(answer=flagged, by=reader, now=now + timedelta(hours=hours))
        send(flagged, reader, now=now + timedelta(hours=hours, minutes=1))
        case = TriageCase.objects.get()
        assert (case.state, case.due_at, case.outcome, case.alerted) == (CaseState.NEW, due, "", 0)


def test_taking_back_is_no_way_round_the_reason_for_dropping_a_flag(flagged, reader):
    send(flagged, reader)
    actions.take_back_from_leads(answer=flagged, by=reader)
    with pytest.raises(actions.NeedsReason):
        actions.decide_answer(answer=flagged, by=reader, decision="clear", spans=[])
    reading = actions.decide_answer(answer=flagged, by=reader, decision="clear", spans=[], note="A slip of the key.")
    assert reading.quotable and not reading.was_triaged
    assert _told_of_harm(Reading.objects.get()) is False, "as for any other that never went to a lead"


def test_a_colleagues_question_awaits_a_colleague_again(flagged, reader, colleague):
    actions.decide_answer(answer=flagged, by=reader, decision="hold", spans=[], note="Please look.")
    due = Answer.objects.get(pk=flagged.pk).screening.due
    send(flagged, colleague)
    actions.take_back_from_leads(answer=flagged, by=colleague)
    assert (flagged.state, flagged.screening.due) == (AnswerState.AWAITING_COLLEAGUE, due)


def test_the_slot_stands_until_a_lead_claims_it(flagged, reader):
    send(flagged, reader)
    assert reading_clock.erase_ended_clocks(timezone.now() + timedelta(days=2)) == 0


def test_the_desk_and_the_list_of_what_was_done_offer_it(desk, flagged, lead):
    send(flagged, desk.user)
    undo = reverse("reading:undo", args=[flagged.pk])
    assert undo in desk.get(reverse("reading:desk")).content.decode()
    Reading.objects.update(decided_at=timezone.now() - timedelta(days=3))
    TriageCase.objects.update(moved_at=Reading.objects.get().decided_at)
    page = desk.get(reverse("reading:done")).content.decode()
    assert undo in page and "Take back" in page, "however long ago: no lead has claimed it"
    reply = desk.post(undo)
    assert reply.url == reverse("reading:answer", args=[flagged.pk]) + "#answer"
    send(flagged, desk.user)
    safeguarding.claim_case(case=TriageCase.objects.get(), by=lead)
    page = desk.get(reverse("reading:done")).content.decode()
    assert undo not in page and "With" in page and "a lead" in page

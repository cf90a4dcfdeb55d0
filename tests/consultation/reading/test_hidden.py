"""A concern about staff is hidden from people of that agency on every page of the desk (D7)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation import handover
from consultation.access import NotAllowed
from consultation.reading import actions, batch_decisions, reading_queue, short_answers
from consultation.reading.models import Draft, Reading
from consultation.responses.models import Answer, AnswerState
from consultation.responses.signals import text_recalled
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.models import CaseState, TriageCase
from tests import factories
from tests.consultation.safeguarding.conftest import close, decide

WORDS = "The man at the club scares me."
AGENCY = "Riverside"


@pytest.fixture
def leads(person):
    """A lead of the agency, and two of another."""
    return [factories.join_agency(person("safeguarding_lead"), each) for each in (AGENCY, "Council", "Council")]


@pytest.fixture
def given_back(sent, reader, leads):
    """An answer whose case two leads closed as a false positive: a reader has it again."""
    answer, (_, lead, other) = sent(WORDS), leads
    case = safeguarding.open_case(answer=answer, by=reader, priority="T1", why="A hint.")
    safeguarding.claim_case(case=case, by=lead)
    decide(case, lead, CaseState.SECOND_VIEW, reason="I see nothing.")
    decide(case, other, CaseState.NO_CONCERN)
    said = {"reason": "A film.", "reporting_duty": "no"}
    close(case, other, "false positive", **said)
    answer.refresh_from_db()
    return answer, case


def hide(case, lead):
    safeguarding.hide_from_agency(case=case, by=lead, agency=factories.agency(AGENCY), why="He works there.")


def test_hiding_a_closed_false_positive_takes_its_answer_off_the_desk(given_back, leads, reader):
    answer, case = given_back
    factories.join_agency(reader, AGENCY)
    assert reading_queue.lease_answer(answer, reader), "it is open on a desk at that moment"
    hide(case, leads[1])
    answer.refresh_from_db(), case.refresh_from_db()
    assert (answer.state, case.state) == (AnswerState.TRIAGE, CaseState.REOPENED)
    assert case.due_at > timezone.now() and not case.outcome and case.first_view_by is None
    with pytest.raises(NotAllowed):
        actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[])


def test_hiding_a_case_whose_answer_was_released_takes_it_back_from_everyone(given_back, leads, reader):
    answer, case = given_back
    actions.decide_answer(answer=answer, by=reader, decision="clear", spans=[], note="A film.")
    actions.release_due_answers(timezone.now() + timedelta(minutes=11))
    assert [one.id for one in handover.iter_released_texts()] == [answer.pk]
    recalled = []
    text_recalled.connect(lambda answer, **_: recalled.append(answer), weak=False, dispatch_uid="test-hide")
    hide(case, leads[1])
    text_recalled.disconnect(dispatch_uid="test-hide")
    assert list(handover.iter_released_texts()) == [] and recalled == [answer.pk]


def test_hiding_a_referral_that_is_closed_leaves_it_closed(sent, reader, leads):
    answer = sent(WORDS)
    case = safeguarding.open_case(answer=answer, by=reader, priority="T2", why="A hint.")
    safeguarding.claim_case(case=case, by=leads[1])
    decide(case, leads[1], CaseState.REFERRED)
    close(case, leads[1], "CEOP")
    hide(case, leads[1])
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED and case.agency_id == "riverside"


@pytest.fixture
def hidden(sent, reader):
    """hidden("held"): an answer in that state whose case is hidden from the agency, however it came to that."""

    def make(state=AnswerState.UNREAD, by=None):
        answer = sent(WORDS)
        safeguarding.open_case(answer=answer, by=reader, priority="T2", why="Staff.", agency=factories.agency(AGENCY))
        if state != AnswerState.UNREAD:
            cleared = {"decision": "clear", "text": WORDS, "quotable": False, "release_at": timezone.now()}
            of = (
                {"decision": "hold", "colleague_asked_by": reader}
                if state == AnswerState.AWAITING_COLLEAGUE
                else cleared
            )
            Reading.objects.create(answer=answer, reader=by or reader, decided_at=timezone.now(), **of)
        Answer.objects.filter(pk=answer.pk).update(state=state)
        answer.refresh_from_db()
        return answer

    return make


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("agency", [AGENCY, "river-side", ""])
def test_no_read_of_the_desk_finds_it_for_them(hidden, colleague, agency):
    """Whose agency nobody wrote down may be of that one."""
    unread, held = hidden(), hidden(AnswerState.AWAITING_COLLEAGUE)
    factories.join_agency(colleague, agency)
    for answer in (unread, held):
        Draft.objects.create(answer=answer, reader=colleague, later=timezone.now() + timedelta(minutes=5))
        assert not reading_queue.lease_answer(answer, colleague)
        with pytest.raises(NotAllowed):
            actions.open_answer_text(answer=answer, by=colleague)
    assert actions.lease_next_unread(colleague) is None and actions.lease_next_awaiting_colleague(colleague) is None
    assert not reading_queue.has_awaiting_colleague(colleague) and actions.lease_last_left(colleague) is None
    assert (
        reading_queue.count_waiting_by_consultation(colleague) == []
        and short_answers.lease_short_answers(colleague) == []
    )
    assert not batch_decisions._undecided_flood_answers(colleague).exists()


def test_a_reader_of_another_agency_finds_it_by_the_same_reads(hidden, colleague):
    unread, held = hidden(), hidden(AnswerState.AWAITING_COLLEAGUE)
    factories.join_agency(colleague, "Council")
    assert actions.lease_next_unread(colleague) == unread and actions.lease_next_awaiting_colleague(colleague) == held
    assert (
        actions.open_answer_text(answer=held, by=colleague) == WORDS
        and reading_queue.count_waiting_by_consultation(colleague)[0]["unread"] == 1
    )


def test_no_page_of_the_desk_shows_it_to_them(hidden, desk):
    factories.join_agency(desk.user, AGENCY)
    unread, held, mine = hidden(), hidden(AnswerState.AWAITING_COLLEAGUE), hidden(AnswerState.CLEARED, by=desk.user)
    for name in ("answer", "group"):
        assert desk.get(reverse(f"reading:{name}", args=[unread.pk])).status_code == 404
    assert desk.post(reverse("reading:answer", args=[held.pk]), {"do": "clear"}).status_code == 404
    assert desk.post(reverse("reading:undo", args=[mine.pk])).status_code == 404
    assert desk.get(reverse("original", args=[mine.pk])).status_code == 404
    for name in ("desk", "awaiting-colleague", "done", "waiting", "colleagues"):
        page = desk.get(reverse(f"reading:{name}"), follow=True).content.decode()
        assert not any(str(each.pk) in page for each in (unread, held, mine)), name
    mine.refresh_from_db()
    assert mine.state == AnswerState.CLEARED


def test_what_is_hidden_from_one_agency_is_released_to_nobody(hidden):
    """Coders, planners and partners are of every agency, and read what is released."""
    answer = hidden(AnswerState.CLEARED)
    assert actions.release_due_answers(timezone.now() + timedelta(days=1)) == 0
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.RELEASED)
    Reading.objects.filter(pk=answer.pk).update(released=True)
    assert list(handover.iter_released_texts()) == []


def test_once_it_is_shown_to_all_again_it_goes_its_way(hidden, leads):
    answer = hidden(AnswerState.CLEARED)
    safeguarding.show_to_all_leads(case=TriageCase.objects.get(answer=answer), by=leads[1], why="Another man.")
    assert actions.release_due_answers(timezone.now() + timedelta(days=1)) == 1

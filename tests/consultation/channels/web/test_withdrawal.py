"""Withdrawal of a response in each state of its answers."""

import pytest

from consultation.audit.models import WaitingEvent
from consultation.channels.web.withdrawal import TooLateToWithdraw, erase_written_words, withdraw_response
from consultation.responses.models import Answer, AnswerState, Response
from consultation.responses.signals import response_withdrawn, text_recalled
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.models import TriageCase, WithdrawnText
from tests.factories import response as stored
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What was sent to insights: ("withdrawn", respondent) and ("recalled", answer)."""
    said = []

    def on_withdrawn(respondent, **_):
        said.append(("withdrawn", respondent))

    def on_recalled(answer, **_):
        said.append(("recalled", answer))

    response_withdrawn.connect(on_withdrawn)
    text_recalled.connect(on_recalled)
    yield said
    response_withdrawn.disconnect(on_withdrawn)
    text_recalled.disconnect(on_recalled)


@pytest.fixture
def sent(published):
    def make(state=AnswerState.UNREAD, **fields):
        response = stored(published[1], closed={"a": ["1"]}, texts={"q-h": "Too dark."}, **fields)
        Answer.objects.filter(response=response).update(state=state)
        return response

    return make


@pytest.mark.parametrize("state", [AnswerState.UNREAD, AnswerState.AWAITING_COLLEAGUE, AnswerState.TRIAGE])
def test_words_that_nobody_cleared_are_laid_aside_for_a_lead(sent, heard, state):
    response = sent(state)
    withdraw_response(response=response)
    kept = WithdrawnText.objects.get()
    assert open_sealed_text(kept.sealed) == "Too dark."
    assert kept.question == "Question h?"
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("state", [AnswerState.CLEARED, AnswerState.RELEASED, AnswerState.NOT_USED])
def test_words_that_were_read_are_erased_at_once(sent, heard, state):
    withdraw_response(response=sent(state))
    assert Answer.objects.count() == WithdrawnText.objects.count() == 0


def test_closed_answers_go_and_insights_hears_it_in_the_same_transaction(sent, heard):
    response = sent(AnswerState.RELEASED)
    Response.objects.update(may_quote=True)
    withdraw_response(response=response)
    response.refresh_from_db()
    assert (response.closed, response.may_quote, response.withdrawn) == ({}, None, True)
    assert heard == [("withdrawn", response.pk)]
    assert response not in Response.objects.countable()


def test_a_receiver_that_fails_undoes_the_whole(sent):
    def fails(**_):
        raise RuntimeError("insights is down")

    response = sent(AnswerState.RELEASED)
    response_withdrawn.connect(fails)
    try:
        with pytest.raises(RuntimeError):
            withdraw_response(response=response)
    finally:
        response_withdrawn.disconnect(fails)
    response.refresh_from_db()
    assert not response.withdrawn
    assert Answer.objects.count() == 1


def test_twice_is_once(sent, heard):
    response = sent()
    withdraw_response(response=response)
    withdraw_response(response=response)
    assert len(heard) == WithdrawnText.objects.count() == 1


def test_a_case_lives_on_without_the_answer(sent):
    from django.utils import timezone

    response = sent(AnswerState.TRIAGE)
    case = TriageCase.objects.create(
        answer=Answer.objects.get(), opened_at=timezone.now(), due_at=timezone.now(), opened_by=staff()
    )
    withdraw_response(response=response)
    case.refresh_from_db()
    assert case.answer is None
    assert WithdrawnText.objects.count() == 1


def test_after_the_freeze_it_is_too_late_and_nothing_changes(sent, heard):
    response = sent(AnswerState.RELEASED, counted=1)
    with pytest.raises(TooLateToWithdraw):
        withdraw_response(response=response)
    response.refresh_from_db()
    assert response.closed == {"a": ["1"]}
    assert Answer.objects.count() == 1
    assert heard == []


def test_after_the_freeze_words_and_quotes_can_still_go_and_figures_stay(sent, heard):
    response = sent(AnswerState.RELEASED, counted=1)
    answer = Answer.objects.get()
    erase_written_words(response=response)
    response.refresh_from_db()
    assert response.closed == {"a": ["1"]}
    assert not response.withdrawn
    assert Answer.objects.count() == 0
    assert heard == [("recalled", answer.pk)]


def test_unread_words_of_a_counted_person_are_laid_aside_too(sent):
    erase_written_words(response=sent(AnswerState.UNREAD, counted=1))
    assert WithdrawnText.objects.count() == 1


def test_the_audit_log_tells_the_day_and_the_consultation_and_nothing_of_the_answers(sent, published):
    response = sent()
    withdraw_response(response=response)
    entry = WaitingEvent.objects.get(verb="answers withdrawn")
    assert entry.actor == ""
    assert entry.object_id == str(published[0].pk)
    assert entry.data == {}

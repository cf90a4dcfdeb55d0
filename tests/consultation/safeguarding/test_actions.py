from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.audit.models import AuditEntry
from consultation.responses.models import AnswerState
from consultation.safeguarding import actions
from consultation.safeguarding.models import CaseState, ContactRequest, TriageCase, WithdrawnText
from tests.consultation.safeguarding.conftest import WORDS


def opened(answer, by, priority="T1"):
    return actions.open_case(answer=answer, by=by, priority=priority, why="A worry.")


def close(case, by, outcome, **more):
    given = {"reason": "Because.", "reporting_duty": "yes", "reference": "R-1"} | more
    return actions.close(case=case, by=by, outcome=outcome, **given)


def test_a_case_takes_the_answer_away_from_the_desk(answer, reader):
    case = opened(answer, reader)
    answer.refresh_from_db()
    assert answer.state == AnswerState.TRIAGE
    assert (case.state, case.priority) == ("new", "T1")
    assert case.due_at > case.opened_at


def test_t1_no_concern_takes_two_leads(answer, reader, lead, other_lead):
    case = opened(answer, reader)
    actions.claim(case=case, by=lead)
    with pytest.raises(actions.NotAllowed):
        actions.move(case=case, by=lead, to="no-concern")
    actions.move(case=case, by=lead, to="second-view")
    with pytest.raises(actions.NotAllowed):
        actions.move(case=case, by=lead, to="no-concern")
    actions.move(case=case, by=other_lead, to="no-concern")
    assert case.state == "no-concern"


def test_a_second_view_before_giving_a_case_back_does_not_count_later(answer, reader, lead, other_lead):
    case = opened(answer, reader)
    actions.claim(case=case, by=lead)
    actions.move(case=case, by=lead, to="second-view")
    actions.move(case=case, by=other_lead, to="no-concern")
    close(case, other_lead, "false positive")
    actions.reopen(case=case, by=lead, why="Again.")
    actions.claim(case=case, by=other_lead)
    with pytest.raises(actions.NotAllowed):
        actions.move(case=case, by=other_lead, to="no-concern")


def test_closing_a_referral_keeps_the_answer_in_triage(answer, reader, lead):
    case = opened(answer, reader)
    actions.claim(case=case, by=lead)
    actions.move(case=case, by=lead, to="referred")
    close(case, lead, "front door/MASH")
    answer.refresh_from_db()
    assert answer.state == AnswerState.TRIAGE
    assert (case.decided_by, case.reference) == (lead, "R-1") and case.closed_at


def test_a_false_positive_returns_the_answer_to_the_desk(answer, reader, lead):
    case = opened(answer, reader, "T2")
    actions.claim(case=case, by=lead)
    actions.move(case=case, by=lead, to="no-concern")
    close(case, lead, "false positive", reference="")
    answer.refresh_from_db()
    assert answer.state == AnswerState.UNREAD


def test_the_database_refuses_to_close_without_a_reason(answer, reader):
    case = opened(answer, reader)
    with pytest.raises(IntegrityError), transaction.atomic():
        TriageCase.objects.filter(pk=case.pk).update(state="closed")


def test_a_second_concern_opens_the_same_case_again_and_raises_it(answer, reader, lead):
    case = opened(answer, reader, "T3")
    actions.claim(case=case, by=lead)
    actions.move(case=case, by=lead, to="no-concern")
    close(case, lead, "false positive")
    again = opened(answer, reader, "T1")
    assert (again.pk, again.state, again.priority) == (case.pk, "reopened", "T1")
    assert opened(answer, reader, "T3").priority == "T1"


def test_words_are_shown_for_a_reason_and_logged_without_words(answer, reader, lead):
    case = opened(answer, reader)
    with pytest.raises(actions.NotAllowed):
        actions.view_words(case=case, by=lead, reason=" ")
    assert actions.view_words(case=case, by=lead, reason="To decide.") == WORDS
    entry = AuditEntry.objects.get(verb="triage viewed")
    assert (entry.actor, entry.object_id) == (str(lead.pk), str(case.pk))
    assert WORDS not in str(list(AuditEntry.objects.values()))


MOVES = st.tuples(st.sampled_from(["claim", *CaseState.values]), st.sampled_from([0, 1]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, max_size=12))
def test_no_way_skips_the_second_view(answer, reader, lead, other_lead, moves):
    """Any verbs by any two leads in any order: "no concern" on T1 has always been said by both."""
    TriageCase.objects.all().delete()
    case, leads = opened(answer, reader), (lead, other_lead)
    for verb, who in moves:
        try:
            if verb == "claim":
                actions.claim(case=case, by=leads[who])
            elif verb == "closed":
                close(case, leads[who], "false positive")
            elif verb == "reopened":
                actions.reopen(case=case, by=leads[who], why="Again.")
            else:
                actions.move(case=case, by=leads[who], to=verb)
        except actions.NotAllowed:
            continue
        if verb == "no-concern":
            assert case.first_view_by is not None
            assert case.first_view_by != leads[who]
    case.refresh_from_db()
    if case.state in ("no-concern",) or case.outcome == "false positive":
        seen = AuditEntry.objects.filter(verb="triage transition", object_id=str(case.pk))
        assert {"second-view", "no-concern"} <= {entry.data["after"] for entry in seen}


def test_a_contact_request_is_sealed_and_joined_to_nothing(db, lead):
    contact = actions.request_contact(
        name="Bee", how="text 07700 900123", when="after 3", not_say="do not call", language="en"
    )
    assert b"Bee" not in bytes(contact.sealed) and contact.due.minute == 0
    assert not [
        field for field in ContactRequest._meta.get_fields() if field.related_model and field.name != "claimed_by"
    ]
    content = actions.view_contact(contact=contact, by=lead)
    assert (content["name"], content["how"], content["attached"]) == ("Bee", "text 07700 900123", [])
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["contact request viewed"]


def test_attached_answers_are_copies(answer, lead):
    contact = actions.request_contact(
        name="Bee", how="x", when="y", language="en", attached=[("What is good?", bytes(answer.sealed))]
    )
    answer.delete()
    content = actions.view_contact(contact=contact, by=lead)
    assert content["attached"] == [{"question": "What is good?", "text": WORDS}]


def test_a_contact_request_is_claimed_once_and_closed_with_an_outcome(db, lead, other_lead):
    contact = actions.request_contact(name="Bee", how="x", when="y", language="en")
    with pytest.raises(actions.NotAllowed):
        actions.close_contact(contact=contact, by=lead, outcome="Spoke.")
    actions.claim_contact(contact=contact, by=lead)
    with pytest.raises(actions.NotAllowed):
        actions.claim_contact(contact=contact, by=other_lead)
    with pytest.raises(actions.NotAllowed):
        actions.close_contact(contact=contact, by=lead, outcome=" ")
    actions.close_contact(contact=contact, by=lead, outcome="Spoke.")
    assert contact.state == "closed" and contact.closed_on


def test_withdrawn_words_are_read_by_one_lead_and_erased(answer, lead, other_lead):
    kept = actions.keep_withdrawn(answer=answer, question_text="What is good?")
    answer.response.delete()
    with pytest.raises(actions.NotAllowed):
        actions.erase_withdrawn(withdrawn=kept, by=lead)
    assert actions.read_withdrawn(withdrawn=kept, by=lead) == WORDS
    with pytest.raises(actions.NotAllowed):
        actions.read_withdrawn(withdrawn=kept, by=other_lead)
    actions.erase_withdrawn(withdrawn=kept, by=lead)
    assert not WithdrawnText.objects.exists()
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "withdrawn words viewed",
        "withdrawn words erased",
    }


def test_the_duty_to_tell_keeps_withdrawn_words_until_the_case_is_closed(answer, lead):
    kept = actions.keep_withdrawn(answer=answer, question_text="What is good?")
    actions.read_withdrawn(withdrawn=kept, by=lead)
    case = actions.tell_of_withdrawn(withdrawn=kept, by=lead, priority="T1", why="A child can be found.")
    with pytest.raises(actions.NotAllowed):
        actions.erase_withdrawn(withdrawn=kept, by=lead)
    assert actions.erase_read_withdrawn(timezone.now() + timedelta(days=30)) == 0
    actions.claim(case=case, by=lead)
    actions.move(case=case, by=lead, to="referred")
    close(case, lead, "front door/MASH")
    assert not WithdrawnText.objects.exists()


def test_words_that_were_read_do_not_outlive_their_time(answer, lead):
    kept = actions.keep_withdrawn(answer=answer, question_text="What is good?")
    later = kept.due + timedelta(seconds=1)
    assert actions.erase_read_withdrawn(later) == 0, "unread words wait"
    actions.read_withdrawn(withdrawn=kept, by=lead)
    assert actions.erase_read_withdrawn(kept.due) == 0
    assert actions.erase_read_withdrawn(later) == 1

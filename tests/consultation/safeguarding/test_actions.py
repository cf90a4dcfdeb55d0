from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.operations.stored_answers.key_rotation import reseal_all
from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.responses.models import AnswerState
from consultation.responses.vault import generate_key_pair
from consultation.safeguarding import actions
from consultation.safeguarding.clocks import LONDON, STANDARD_WEEK
from consultation.safeguarding.models import CaseNote, CaseState, ContactRequest, TriageCase
from tests import factories
from tests.consultation.safeguarding.conftest import WORDS, close, decide, opened, read, refer


def second_view(case, first, second):
    """From new to "no concern" by two leads."""
    actions.claim_case(case=case, by=first)
    decide(case, first, "second-view", reason="A song, I think.")
    decide(case, second, "no-concern")
    return case


def test_a_case_takes_the_answer_away_from_the_desk(answer, reader):
    case = opened(answer, reader)
    answer.refresh_from_db()
    assert answer.state == AnswerState.TRIAGE
    assert (case.state, case.priority) == ("new", "T1")
    assert case.due_at > case.opened_at


def test_t1_no_concern_takes_two_leads(answer, reader, lead, other_lead):
    case = opened(answer, reader)
    actions.claim_case(case=case, by=lead)
    with pytest.raises(NotAllowed):
        decide(case, lead, "no-concern")
    decide(case, lead, "second-view", reason="A song.")
    with pytest.raises(NotAllowed):
        decide(case, lead, "no-concern")
    decide(case, other_lead, "no-concern")
    assert (case.state, case.first_view_by, case.second_view_by) == ("no-concern", lead, other_lead)


def test_a_second_view_before_giving_a_case_back_does_not_count_later(answer, reader, lead, other_lead):
    case = second_view(opened(answer, reader), lead, other_lead)
    close(case, other_lead, "false positive")
    actions.reopen_case(case=case, by=lead, why="Again.")
    actions.claim_case(case=case, by=other_lead)
    with pytest.raises(NotAllowed):
        decide(case, other_lead, "no-concern")


def test_the_database_refuses_no_concern_on_t1_without_two_leads(answer, reader, lead):
    case = opened(answer, reader)
    for views in ({}, {"first_view_by": lead}, {"first_view_by": lead, "second_view_by": lead}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TriageCase.objects.filter(pk=case.pk).update(state="no-concern", **views)


def test_only_whoever_has_a_case_decides_and_a_colleague_may_put_it_back(answer, reader, lead, other_lead):
    case = opened(answer, reader)
    actions.claim_case(case=case, by=lead)
    for to in ("referred", "contacted", "second-view", "learning-only"):
        with pytest.raises(NotAllowed, match="colleague"):
            decide(case, other_lead, to)
    with pytest.raises(NotAllowed, match="Say why"):
        actions.move_case(case=case, by=other_lead, to="new")
    actions.move_case(case=case, by=other_lead, to="new", reason="Leyla is ill.")
    actions.claim_case(case=case, by=other_lead)
    assert case.claimed_by == other_lead


def test_giving_a_case_back_does_not_stop_its_clock(answer, reader, lead):
    case = opened(answer, reader)
    due, started = case.due_at, case.opened_at
    actions.claim_case(case=case, by=lead)
    actions.move_case(case=case, by=lead, to="new")
    assert (case.state, case.claimed_by, case.due_at, case.opened_at) == ("new", None, due, started)


def test_closing_a_referral_keeps_the_answer_in_triage(answer, reader, lead):
    case = opened(answer, reader)
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    close(case, lead, "front door/MASH")
    answer.refresh_from_db()
    assert answer.state == AnswerState.TRIAGE
    assert (case.decided_by, case.reference, case.reason) == (lead, "R-1", "Because.") and case.closed_at


def test_a_false_positive_returns_the_answer_to_the_desk(answer, reader, lead):
    case = opened(answer, reader, "T2")
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "no-concern")
    close(case, lead, "false positive", reference="")
    answer.refresh_from_db()
    assert answer.state == AnswerState.UNREAD


def test_the_database_refuses_to_close_without_what_closing_needs(answer, reader, lead):
    case = opened(answer, reader)
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    close(case, lead, "police 999")
    TriageCase.objects.filter(pk=case.pk).update(state="closed")
    for missing in ("outcome", "reporting_duty", "sealed_reason", "sealed_reference", "decided_by", "closed_at"):
        empty = "" if missing in ("outcome", "reporting_duty") else None
        with pytest.raises(IntegrityError), transaction.atomic():
            TriageCase.objects.filter(pk=case.pk).update(**{missing: empty})


def test_a_second_concern_opens_the_same_case_again_and_raises_it(answer, reader, lead):
    case = opened(answer, reader, "T3")
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "no-concern")
    close(case, lead, "false positive")
    again = opened(answer, reader, "T1")
    assert (again.pk, again.state, again.priority) == (case.pk, "reopened", "T1")
    assert (again.outcome, again.sealed_reason, again.closed_at) == ("", None, None)
    assert opened(answer, reader, "T3").priority == "T1"


def test_a_second_concern_never_gives_more_time(answer, reader):
    start = timezone.now()
    case = opened(answer, reader, "T1", now=start)
    later = opened(answer, reader, "T1", now=start + timedelta(hours=1))
    assert (later.pk, later.due_at, later.opened_at) == (case.pk, case.due_at, case.opened_at)


def test_no_concern_on_a_case_that_was_t2_does_not_outlive_a_t1_concern(answer, reader, lead):
    """One lead decided on T2; a graver concern about the same answer is looked at by two."""
    case = opened(answer, reader, "T2")
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "no-concern")
    again = opened(answer, reader, "T1")
    assert again.state == "reopened" and again.claimed_by is None
    with pytest.raises(NotAllowed):
        close(again, lead, "false positive")


def test_a_priority_is_raised_and_its_clock_gets_shorter(answer, reader, lead):
    case = opened(answer, reader, "T3")
    due = case.due_at
    for priority, why in (("T1", " "), ("T3", "x")):
        with pytest.raises(NotAllowed):
            actions.raise_priority(case=case, by=lead, priority=priority, why=why)
    actions.raise_priority(case=case, by=lead, priority="T1", why="It is about tonight.")
    assert case.priority == "T1" and case.due_at < due
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    with pytest.raises(NotAllowed, match="clock has stopped"):
        actions.raise_priority(case=case, by=lead, priority="T1", why="x")


def test_words_are_shown_for_a_reason_and_logged_without_words(answer, reader, lead):
    case = opened(answer, reader)
    with pytest.raises(NotAllowed):
        actions.view_case_texts(case=case, by=lead, reason=" ")
    assert actions.view_case_texts(case=case, by=lead, reason="To decide.") == WORDS
    entry = AuditEntry.objects.get(verb="triage viewed")
    assert (entry.actor, entry.object_id) == (str(lead.pk), str(case.pk))
    assert WORDS not in str(list(AuditEntry.objects.values()))


def test_what_people_write_about_a_case_is_sealed(answer, reader, lead):
    case = opened(answer, reader)
    actions.claim_case(case=case, by=lead)
    actions.add_case_note(case=case, by=lead, text="Rang the school.")
    read(case, lead)
    refer(case, lead, "front door/MASH", reason="Told the front door.")
    close(case, lead, "front door/MASH", reason="They took it.", reference="FD-22")
    stored = str([*TriageCase.objects.values(), *CaseNote.objects.values(), *AuditEntry.objects.values()])
    for written in ("A worry", "Rang the school", "Told the front door", "They took it", "FD-22"):
        assert written not in stored
    assert [note.text for note in case.notes.all()] == [
        "A worry.",
        "Rang the school.",
        "To decide.",
        "Told the front door.",
        "Front door/MASH. They took it.\nReference: FD-22",
    ]
    assert case.why == "A worry."
    with pytest.raises(NotAllowed):
        actions.add_case_note(case=case, by=lead, text="  ")


def test_notes_and_what_closing_wrote_are_sealed_to_a_new_key(answer, reader, lead, settings):
    case = opened(answer, reader)
    actions.claim_case(case=case, by=lead)
    decide(case, lead, "referred")
    close(case, lead, "LADO" if case.agency else "CEOP")
    settings.ANSWER_SEAL_KEY, new_open = generate_key_pair()
    settings.ANSWER_OPEN_KEYS = [new_open, *settings.ANSWER_OPEN_KEYS]
    assert reseal_all() >= 5  # the answer, two notes, the reason, the reference
    settings.ANSWER_OPEN_KEYS = [new_open]
    case.refresh_from_db()
    assert (case.reason, case.reference, case.why) == ("Because.", "R-1", "A worry.")


def test_what_is_printed_for_another_agency_is_an_export(answer, reader, lead):
    case = opened(answer, reader)
    for to, reason in (("police 999", " "), ("LADO", "x")):
        with pytest.raises(NotAllowed):
            actions.print_case(case=case, by=lead, to=factories.agency(to), with_notes=True, reason=reason)
    made = actions.print_case(
        case=case, by=lead, to=factories.agency("police 999"), with_notes=True, reason="They asked."
    )
    assert made.words == [WORDS] and [note.text for note in made.notes] == ["A worry."]
    entry = AuditEntry.objects.get(verb="export made")
    assert (entry.object_id, entry.data["to"]) == (str(case.pk), "police 999")
    assert WORDS not in str(entry.data)
    assert not actions.print_case(case=case, by=lead, to=factories.agency("CEOP"), with_notes=False, reason="x").notes


def test_words_taken_back_stay_with_their_open_case_until_it_is_closed(answer, reader, lead, other_lead):
    case = opened(answer, reader)
    actions.claim_case(case=case, by=lead)
    kept = actions.keep_withdrawn_text(answer=answer, question_text="What is good?")
    answer.delete()
    case.refresh_from_db()
    assert kept.case == case
    for each in (lead, other_lead):
        assert actions.view_case_texts(case=case, by=each, reason="To decide.") == WORDS
    assert actions.print_case(case=case, by=lead, to=factories.agency("CEOP"), with_notes=False, reason="x").words == [
        WORDS
    ]
    decide(case, lead, "referred")
    close(case, lead, "CEOP")
    assert not case.withdrawn_texts.exists()


def test_a_contact_request_is_sealed_and_joined_to_no_answer(db, lead):
    contact = actions.request_contact(
        name="Bee", how="text 07700 900123", when="after 3", not_say="do not call", language="en"
    )
    assert b"Bee" not in bytes(contact.sealed)
    due = contact.due.astimezone(LONDON)
    assert due == STANDARD_WEEK.day(due.date())[1], "the end of a working day, whenever in it the request came"
    joined = {field.name for field in ContactRequest._meta.get_fields() if field.related_model}
    assert joined == {"claimed_by", "notes"}
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("state", CaseState.values)
def test_claiming_referring_closing_and_reopening_are_verbs_of_their_own(answer, reader, lead, state):
    case = opened(answer, reader)
    if state in ("claimed", "referred", "closed", "reopened"):
        with pytest.raises(NotAllowed, match="apart"):
            actions.move_case(case=case, by=lead, to=state)
    else:
        with pytest.raises(NotAllowed, match="cannot become"):
            actions.move_case(case=case, by=lead, to=state)

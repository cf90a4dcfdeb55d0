import contextlib
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.safeguarding import actions, alerts, clocks
from consultation.safeguarding.contact_requests import actions as handling
from consultation.safeguarding.duty_rota.working_week import get_working_week
from consultation.safeguarding.lead_board import build_contact_item
from consultation.safeguarding.models import ContactNote, ContactRequest, TriageCase
from consultation.safeguarding.states import CONTACT_MOVES
from tests.consultation.safeguarding.conftest import WORDS

# What each verb needs beside the request, and the state that it leads to.
VERBS = {
    "claimed": lambda contact, by: handling.claim_contact(contact=contact, by=by),
    "new": lambda contact, by: handling.give_back_contact(contact=contact, by=by, why="Ill."),
    "tried": lambda contact, by: handling.record_contact_attempt(contact=contact, by=by, note="No answer."),
    "reached": lambda contact, by: handling.record_contact_reached(contact=contact, by=by, note="We spoke."),
    "closed": lambda contact, by: handling.close_contact(contact=contact, by=by, outcome="Spoke."),
}
WAY_TO = {"new": (), "claimed": ("claimed",), "tried": ("claimed", "tried"), "reached": ("claimed", "reached")}
WAY_TO["closed"] = ("claimed", "closed")


@pytest.fixture
def contact(db):
    return actions.request_contact(name="Bee", how="text 07700 900123", when="after 3", language="en")


@pytest.mark.parametrize("to", VERBS)
@pytest.mark.parametrize("state", WAY_TO)
def test_each_verb_in_each_state(contact, lead, state, to):
    for step in WAY_TO[state]:
        VERBS[step](contact, lead)
    if to in CONTACT_MOVES[state]:
        assert VERBS[to](contact, lead).state == to
        return
    with pytest.raises(NotAllowed):
        VERBS[to](contact, lead)
    contact.refresh_from_db()
    assert contact.state == state


WHOLE_HISTORIES = [way for length in range(5) for way in product(VERBS, repeat=length)]


@pytest.mark.slow
def test_only_reaching_the_person_or_closing_ends_the_clock(lead, db):
    """Every history of up to four verbs: while nobody was reached the request stands among what is alerted, is due, and
    each try gives one working day more, and nothing else does."""
    for history in WHOLE_HISTORIES:
        contact = actions.request_contact(name="Bee", how="x", when="y", language="en")
        for verb in history:
            before = contact.due
            with contextlib.suppress(NotAllowed):
                VERBS[verb](contact, lead)
                moved = clocks.end_of_next_working_day(timezone.now(), get_working_week())
                assert contact.due == (moved if verb == "tried" else before)
        runs = any(each.obj == contact for each in alerts.iter_timed_items())
        assert runs == (contact.state not in ("reached", "closed")), history
        if contact.state != "closed":
            assert bool(build_contact_item(contact, timezone.now()).waiting) == runs
        contact.delete()


@pytest.mark.parametrize("to", ["tried", "reached", "closed"])
def test_whoever_took_a_request_handles_it_alone(contact, lead, other_lead, to):
    handling.claim_contact(contact=contact, by=lead)
    with pytest.raises(NotAllowed, match="colleague"):
        VERBS[to](contact, other_lead)
    with pytest.raises(NotAllowed, match="one person"):
        handling.view_contact(contact=contact, by=other_lead)
    assert handling.view_contact(contact=contact, by=lead)["name"] == "Bee"


def test_a_colleague_puts_it_back_for_whoever_is_ill(contact, lead, other_lead):
    handling.claim_contact(contact=contact, by=lead)
    handling.give_back_contact(contact=contact, by=other_lead, why="Leyla is ill.")
    handling.claim_contact(contact=contact, by=other_lead)
    assert contact.claimed_by == other_lead


def test_every_step_but_taking_it_needs_words(contact, lead):
    handling.claim_contact(contact=contact, by=lead)
    for step in (
        lambda: handling.record_contact_attempt(contact=contact, by=lead, note=" "),
        lambda: handling.record_contact_reached(contact=contact, by=lead, note=""),
        lambda: handling.close_contact(contact=contact, by=lead, outcome=" "),
        lambda: handling.give_back_contact(contact=contact, by=lead, why=""),
    ):
        with pytest.raises(NotAllowed, match="Say"):
            step()
    assert contact.state == "claimed" and not ContactNote.objects.exists()


def test_what_was_tried_is_sealed_and_in_no_log(contact, lead):
    handling.claim_contact(contact=contact, by=lead)
    handling.record_contact_attempt(contact=contact, by=lead, note="Texted at four.")
    handling.close_contact(contact=contact, by=lead, outcome="We spoke for long.")
    stored = str([*ContactRequest.objects.values(), *ContactNote.objects.values(), *AuditEntry.objects.values()])
    assert "Texted" not in stored and "for long" not in stored and "Bee" not in stored
    assert [(note.after, note.text) for note in contact.notes.all()] == [
        ("tried", "Texted at four."),
        ("closed", "We spoke for long."),
    ]
    assert contact.closed_on


def test_notes_go_with_the_request(contact, lead):
    handling.claim_contact(contact=contact, by=lead)
    handling.record_contact_attempt(contact=contact, by=lead, note="Texted.")
    ContactRequest.objects.all().delete()
    assert not ContactNote.objects.exists()


def test_the_database_refuses_a_closed_request_without_its_day(contact):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactRequest.objects.update(state="closed")


def test_attached_answers_are_copies(answer, lead):
    contact = actions.request_contact(
        name="Bee", how="x", when="y", language="en", attached=[("What is good?", bytes(answer.sealed))]
    )
    answer.delete()
    handling.claim_contact(contact=contact, by=lead)
    content = handling.view_contact(contact=contact, by=lead)
    assert content["attached"] == [{"question": "What is good?", "text": WORDS}]


def test_a_case_from_a_request_is_joined_to_nothing(contact, lead, other_lead):
    with pytest.raises(NotAllowed, match="Take"):
        handling.open_case_from_contact(contact=contact, by=lead, priority="T1", why="A child can be found.")
    handling.claim_contact(contact=contact, by=lead)
    case = handling.open_case_from_contact(contact=contact, by=lead, priority="T1", why="A child can be found.")
    assert case.answer is None and case.why == "A child can be found."
    assert str(contact.pk) not in str(list(TriageCase.objects.values()))

"""A lead and a colleague, a child or themselves act at the same moment on PostgreSQL: nothing is lost, doubled or shown."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from consultation.audit.erasure_types import ErasureGroup
from consultation.channels.web.withdrawal import withdraw_response
from consultation.reading import actions as reading
from consultation.reading.erasures import RawTextErasure
from consultation.responses.models import AnswerState
from consultation.safeguarding import actions, clocks
from consultation.safeguarding.mailbox import actions as mailboxes
from consultation.safeguarding.mailbox.erasures import KEPT_DAYS, MailboxErasure
from consultation.safeguarding.mailbox.models import Mailbox, MailboxMessage
from consultation.safeguarding.models import CaseState, TriageCase, WithdrawnText
from consultation.safeguarding.withdrawn_texts import actions as withdrawn
from tests import factories
from tests.at_once import meet_in, together
from tests.consultation.safeguarding.conftest import close, decide, opened
from tests.databases import only_on_postgresql

pytestmark = [
    pytest.mark.django_db(transaction=True),
    only_on_postgresql("that two acts on one concern at once come to what they come to one after the other"),
]
WHY = "The duty to tell applies."


@pytest.fixture
def kept(answer, lead):
    """Withdrawn words that this lead has read."""
    text = actions.keep_withdrawn_text(answer=answer, question_text="What is good?")
    withdrawn.read_withdrawn_text(withdrawn=text, by=lead)
    return text


def open_from(text, by):
    return lambda: withdrawn.open_case_from_withdrawn(
        withdrawn=WithdrawnText.objects.get(pk=text.pk), by=by, priority="T2", why=WHY
    )


def test_pressing_twice_opens_one_case_from_withdrawn_words(kept, lead, monkeypatch):
    meet_in(monkeypatch, (withdrawn, "open_case"))
    done = together(open_from(kept, lead), open_from(kept, lead))
    assert TriageCase.objects.count() == 1 and "These words have a case already." in done


def test_words_that_become_a_case_are_not_erased_in_the_same_moment(kept, lead, monkeypatch):
    """The case was there, and what it was about was gone."""
    meet_in(monkeypatch, (withdrawn, "open_case"), (withdrawn, "record_event"))
    erased = WithdrawnText.objects.get(pk=kept.pk)
    together(open_from(kept, lead), lambda: withdrawn.erase_withdrawn_text(withdrawn=erased, by=lead))
    assert TriageCase.objects.count() == WithdrawnText.objects.filter(case__isnull=False).count()


def test_the_sweep_erases_no_words_that_become_a_case(kept, lead, monkeypatch):
    meet_in(monkeypatch, (withdrawn, "open_case"))
    later = timezone.now() + timedelta(days=9)
    together(open_from(kept, lead), lambda: time.sleep(0.2) or withdrawn.erase_read_withdrawn_texts(later))
    assert WithdrawnText.objects.get().case == TriageCase.objects.get()


def test_words_withdrawn_while_their_case_is_hidden_are_hidden_too(answer, person, lead, monkeypatch):
    """Leads of the accused agency saw them, because the case was looked at a moment before."""
    colleague = person("safeguarding_lead")
    factories.join_agency(lead, "Council")
    factories.join_agency(colleague, "Youth Trust")
    case = opened(answer, None)
    meet_in(monkeypatch, (actions, "record_event"), (clocks, "first_read_due"))
    together(
        lambda: actions.hide_from_agency(case=case, by=lead, agency=factories.agency("Youth Trust"), why=WHY),
        lambda: withdraw_response(response=answer.response),
    )
    assert not WithdrawnText.objects.seen_by(colleague).exists()
    assert WithdrawnText.objects.seen_by(lead).exists()


def test_a_reader_and_a_lead_do_not_wait_for_each_other(answer, reader, lead, monkeypatch):
    """Each held what the other wanted, so the database ended one of the two, with an error for whoever it was."""
    case = opened(answer, reader, priority="T2")
    actions.claim_case(case=case, by=lead)
    close(decide(case, lead, "no-concern"), lead, "false positive")
    answer.refresh_from_db()
    reading.open_answer_text(answer=answer, by=reader)
    meet_in(monkeypatch, (reading, "_move_answer"), (actions, "_reset_case"))
    together(
        lambda: actions.reopen_case(case=case, by=lead, why=WHY),
        lambda: reading.decide_answer(answer=answer, by=reader, decision="triage", spans=[], note=WHY),
    )
    answer.refresh_from_db()
    case.refresh_from_db()
    assert (answer.state, case.state) == (AnswerState.TRIAGE, CaseState.REOPENED)


def test_words_of_a_case_that_is_reopened_beside_retention_stay(answer, reader, lead, monkeypatch):
    """Retention had asked whether the case was closed a moment before, and erased them when it was open again."""
    case = opened(answer, reader, priority="T2")
    actions.claim_case(case=case, by=lead)
    close(decide(case, lead, "no-concern"), lead, "nobody can be identified")
    page = answer.response.version.page
    retention = RawTextErasure(results_on=lambda page: None)
    meet_in(monkeypatch, (reading, "record_event"))  # where the answer is in triage again, and its row locked
    together(
        lambda: actions.reopen_case(case=case, by=lead, why=WHY),
        lambda: time.sleep(0.2) or transaction.atomic(retention.erase)(ErasureGroup("", page.opens, 1, page)),
    )
    answer.refresh_from_db()
    assert answer.sealed


def test_a_mailbox_into_which_a_child_writes_beside_retention_stays(monkeypatch):
    """Its last message was 90 days old when retention asked, and it took along the new one, which was confirmed."""
    mailboxes.open_mailbox(seed=b"a form", text="Please write back.", language="en")
    mailbox = Mailbox.objects.get()
    Mailbox.objects.update(clock=None)
    MailboxMessage.objects.update(day=timezone.localdate() - timedelta(days=KEPT_DAYS))
    meet_in(monkeypatch, (mailboxes, "_set_clock"))  # where the message is written, and the mailbox locked
    group = ErasureGroup("Mailboxes", timezone.localdate(), 1)
    together(
        lambda: mailboxes.write_as_child(mailbox=mailbox, text="It is me again.", nonce=b"n"),
        lambda: time.sleep(0.2) or transaction.atomic(MailboxErasure().erase)(group),
    )
    assert MailboxMessage.objects.count() == 2 and Mailbox.objects.get().waits

"""Mailboxes: words made for them alone, messages that only their readers open, a clock until a lead answers."""

import random
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from nacl.exceptions import CryptoError

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry, WaitingEvent
from consultation.channels.erasure_replay import replay_erasures
from consultation.reading import mailbox_screening
from consultation.receipts.actions import find_response, issue_words
from consultation.respondent_pages.four_words import hash_words
from consultation.responses.models import Tombstone
from consultation.responses.vault import VaultLocked, generate_key_pair
from consultation.safeguarding import alerts, lead_board
from consultation.safeguarding.mailbox import actions, mailbox_words, states
from consultation.safeguarding.mailbox.erasures import MailboxErasure
from consultation.safeguarding.mailbox.models import Mailbox, MailboxMessage
from consultation.safeguarding.models import TriageCase
from tests import factories
from tests.consultation.safeguarding.mailbox.conftest import MONDAY, SAID, last_number

ANSWER = "Thank you for writing. You can call Childline at any time."


def answer(mailbox, by, text=ANSWER, seen=None, now=MONDAY):
    actions.write_as_lead(mailbox=mailbox, by=by, text=text, seen=seen or last_number(mailbox), now=now)
    mailbox.refresh_from_db()


def write(mailbox, text="He was there again.", nonce=b"page", now=MONDAY):
    message = actions.write_as_child(mailbox=mailbox, text=text, nonce=nonce, now=now)
    mailbox.refresh_from_db()
    return message


def clock_of(mailbox):
    mailbox.refresh_from_db()
    return states.MailboxClock(mailbox.priority, mailbox.due)


def shown(mailbox, words):
    return [message.text for message in actions.read_as_child(mailbox=mailbox, words=hash_words(words))]


def test_only_what_the_words_derive_to_is_stored_and_nothing_of_when(words, mailbox):
    stored = str([*Mailbox.objects.values(), *MailboxMessage.objects.values()])
    assert len(words) == 4 and not any(re.search(rf"\b{word}\b", stored) for word in words) and SAID not in stored
    assert re.fullmatch("[0-9a-f]{64}", mailbox.digest) and actions.find_mailbox(hash_words(words)) == mailbox
    assert mailbox.due.astimezone(MONDAY.tzinfo).isoformat() == "2026-11-16T17:00:00+00:00"
    assert not AuditEntry.objects.exists() and not WaitingEvent.objects.exists()


def test_words_of_a_mailbox_open_no_answer_and_those_of_an_answer_no_mailbox(words, answer_words):
    assert find_response(hash_words(words)) is None and actions.find_mailbox(hash_words(answer_words)) is None
    assert set(words) != set(answer_words)


@pytest.fixture
def answer_words(answer):
    return issue_words(response=answer.response, seed=b"form")


def test_a_repeated_send_is_one_mailbox_and_shows_the_words_until_they_were_entered(words, mailbox):
    again = {"seed": b"form", "text": SAID, "language": "en"}
    assert actions.open_mailbox(**again) == words
    actions.read_as_child(mailbox=mailbox, words=hash_words(words))
    assert actions.open_mailbox(**again) is None
    assert Mailbox.objects.count() == MailboxMessage.objects.count() == 1
    assert actions.open_mailbox(**again | {"seed": b"another form"}) not in (None, words)


def test_a_child_reads_what_leads_wrote_and_never_their_own_words(words, claimed, lead):
    answer(claimed, lead)
    assert shown(claimed, words) == ["", ANSWER]


def test_a_process_without_the_vaults_key_shows_it_too_and_other_words_open_nothing(words, claimed, lead, settings):
    answer(claimed, lead)
    settings.ANSWER_OPEN_KEYS = []
    assert shown(claimed, words)[1] == ANSWER
    with pytest.raises(VaultLocked):
        actions.view_mailbox(mailbox=claimed, by=lead)
    with pytest.raises(CryptoError):
        shown(claimed, ("amber", "kettle", "river", "lantern"))


def test_a_repeated_message_is_one_and_a_changed_one_another(claimed):
    assert write(claimed) == write(claimed)
    write(claimed, text="He was there again, and she too.")
    assert list(claimed.messages.values_list("number", flat=True)) == [1, 2, 3]


def test_whoever_took_a_mailbox_reads_and_answers_it_alone(claimed, lead, other_lead):
    with pytest.raises(NotAllowed, match="one person"):
        actions.view_mailbox(mailbox=claimed, by=other_lead)
    for refused in (
        lambda: actions.write_as_lead(mailbox=claimed, by=other_lead, text="x", seen=1),
        lambda: actions.close_mailbox(mailbox=claimed, by=other_lead, reason="x", seen=1),
        lambda: actions.claim_mailbox(mailbox=claimed, by=other_lead),
    ):
        with pytest.raises(NotAllowed, match="colleague"):
            refused()
    assert [message.text for message in actions.view_mailbox(mailbox=claimed, by=lead)] == [SAID]
    Mailbox.objects.update(alerted=150)
    actions.give_back_mailbox(mailbox=claimed, by=other_lead)
    assert Mailbox.objects.get().alerted == 0, "who is on duty hears of it anew"
    actions.claim_mailbox(mailbox=claimed, by=other_lead)
    with pytest.raises(NotAllowed, match="colleague"):
        actions.write_as_lead(mailbox=claimed, by=lead, text="x", seen=1)


def test_no_answer_stops_the_clock_of_a_message_that_the_lead_has_not_seen(claimed, lead):
    write(claimed)
    for refused in (
        lambda: answer(claimed, lead, seen=1),
        lambda: actions.close_mailbox(mailbox=claimed, by=lead, reason="Done.", seen=1),
    ):
        with pytest.raises(NotAllowed, match="wrote again"):
            refused()
    assert claimed.due
    answer(claimed, lead, seen=2)
    assert claimed.due is None and claimed.priority == ""


def test_a_closed_mailbox_says_why_takes_nothing_more_and_is_never_reopened(words, claimed, lead):
    for text in ("", "  "):
        with pytest.raises(NotAllowed, match="Say why"):
            actions.close_mailbox(mailbox=claimed, by=lead, reason=text, seen=1)
    actions.close_mailbox(mailbox=claimed, by=lead, reason="You are safe with your aunt now.", seen=1)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.due) == ("closed", None)
    assert shown(claimed, words)[-1] == "You are safe with your aunt now."
    with pytest.raises(actions.MailboxClosed):
        write(claimed)
    for verb in (actions.claim_mailbox, actions.give_back_mailbox):
        with pytest.raises(NotAllowed, match="closed"):
            verb(mailbox=claimed, by=lead)


def test_a_sent_message_repeated_after_closing_is_still_the_one_that_came(claimed, lead):
    sent = write(claimed)
    actions.close_mailbox(mailbox=claimed, by=lead, reason="Done.", seen=2)
    assert write(claimed) == sent


def test_no_word_is_in_the_log_and_what_leads_do_is(claimed, lead):
    actions.view_mailbox(mailbox=claimed, by=lead)
    answer(claimed, lead)
    actions.close_mailbox(mailbox=claimed, by=lead, reason="You are safe now.", seen=2)
    verbs = list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["mailbox claimed", "mailbox viewed", "mailbox answered", "mailbox closed"]
    stored = str([*AuditEntry.objects.values(), *MailboxMessage.objects.values()])
    assert "Childline" not in stored and "safe now" not in stored


@pytest.mark.parametrize("seed", range(12))
def test_a_childs_message_that_no_lead_answered_has_a_due_time_whatever_happens(
    words, mailbox, lead, other_lead, seed
):
    """Random histories by the verbs themselves; what is refused changes nothing."""
    chance, now = random.Random(seed), MONDAY
    verbs = {
        "child": lambda: write(mailbox, text=str(chance.random()), now=now),
        "screen": lambda: actions.record_screening(
            message=mailbox.messages.first(), priority=chance.choice(["T1", "T2", "T3", ""]), now=now
        ),
        "claim": lambda: actions.claim_mailbox(mailbox=mailbox, by=chance.choice([lead, other_lead])),
        "back": lambda: actions.give_back_mailbox(mailbox=mailbox, by=lead),
        "answer": lambda: answer(mailbox, lead, seen=chance.choice([1, last_number(mailbox)]), now=now),
        "close": lambda: (
            chance.random() < 0.2
            and actions.close_mailbox(mailbox=mailbox, by=lead, reason="Done.", seen=last_number(mailbox), now=now)
        ),
    }
    for _ in range(25):
        now += timedelta(minutes=chance.randrange(900))
        with suppress(NotAllowed):
            verbs[chance.choice(list(verbs))]()
        clock, waits = clock_of(mailbox), mailbox.messages.last().author_id is None
        assert (clock.due is not None) == waits == bool(clock.priority) == mailbox.waits
        assert actions.mend_clocks(now) == 0 and clock_of(mailbox) == clock


def test_a_clock_that_was_lost_or_left_is_mended_and_the_words_are_screened_anew(mailbox, lead):
    urgent = write(mailbox, text="I want to kill myself tonight. I have the tablets.")
    MailboxMessage.objects.update(screened=True)
    Mailbox.objects.update(clock=None)
    assert actions.mend_clocks(MONDAY) == 1 and actions.mend_clocks(MONDAY) == 0
    assert clock_of(mailbox) == ("T2", MONDAY.replace(hour=17, minute=0))
    assert not MailboxMessage.objects.get(pk=urgent.pk).screened
    mailbox_screening.screen_mailbox_messages(now=MONDAY)
    assert clock_of(mailbox).priority == "T1"
    left = Mailbox.objects.get().__dict__["clock"]
    actions.claim_mailbox(mailbox=mailbox, by=lead)
    answer(mailbox, lead)
    Mailbox.objects.update(clock=left)
    assert actions.mend_clocks(MONDAY) == 0 and clock_of(mailbox) == states.STOPPED


def test_a_clock_sealed_to_a_lost_key_is_started_anew(mailbox, caplog):
    Mailbox.objects.update(clock=b"?" * 150)
    assert actions.mend_clocks(MONDAY) == 1 and "key that is not here" in caplog.text
    assert clock_of(mailbox).priority == "T2"


# The screen.


def test_the_screen_makes_it_t1_by_the_full_hour_and_no_later_than_it_was(mailbox):
    urgent = "I want to kill myself tonight. I have the tablets."
    write(mailbox, text=urgent)
    assert mailbox.priority == "T2"
    assert mailbox_screening.screen_mailbox_messages(now=MONDAY + timedelta(minutes=1)) == 2
    mailbox.refresh_from_db()
    assert mailbox.priority == "T1"
    assert mailbox.due.astimezone(MONDAY.tzinfo).isoformat() == "2026-11-16T12:00:00+00:00"
    assert mailbox_screening.screen_mailbox_messages() == 0, "each message once"


def test_a_screen_that_fails_leaves_the_clock_and_hides_no_other_message(mailbox, monkeypatch):
    from consultation.reading import screening

    monkeypatch.setattr(screening, "screen_texts", lambda *args, **more: 1 / 0)
    assert mailbox_screening.screen_mailbox_messages() == 1
    mailbox.refresh_from_db()
    assert mailbox.priority == "T2" and mailbox.due


def test_without_a_key_nothing_is_screened_and_the_clock_runs(mailbox, settings):
    settings.ANSWER_OPEN_KEYS = []
    assert mailbox_screening.screen_mailbox_messages() == 0
    assert mailbox.waits and not MailboxMessage.objects.filter(screened=True).exists()


def test_a_message_that_cannot_be_opened_here_keeps_no_other_from_the_screen(mailbox, settings):
    write(mailbox)
    settings.ANSWER_SEAL_KEY, _ = generate_key_pair()
    locked = write(mailbox, text="Sealed to a key of another machine.")
    assert mailbox_screening.screen_mailbox_messages() == 2
    assert list(MailboxMessage.objects.filter(screened=False)) == [locked]
    assert mailbox_screening.screen_mailbox_messages(seconds=0) == 0


def test_a_late_screening_starts_no_clock_of_what_a_lead_has_answered(claimed, lead):
    answer(claimed, lead)
    actions.record_screening(message=claimed.messages.first(), priority="T1", now=MONDAY)
    claimed.refresh_from_db()
    assert claimed.due is None


# Alerts and the board.


def test_a_t1_alerts_at_once_and_the_log_keeps_no_time_of_it(claimed, lead, mailoutbox):
    alerts.alert_waiting_items(MONDAY)
    assert mailoutbox == [], "a T2 tells nobody that it came: its time would tell when"
    actions.record_screening(message=claimed.messages.first(), priority="T1", now=MONDAY)
    alerts.alert_waiting_items(MONDAY)
    assert [mail.to for mail in mailoutbox] == [[lead.email]], "whoever took it does not know of it yet"
    assert not WaitingEvent.objects.exists(), "it would name what is urgent"
    assert not AuditEntry.objects.filter(verb="triage alerted").exists()
    alerts.alert_waiting_items(MONDAY)
    assert len(mailoutbox) == 1


def test_it_escalates_with_its_time_and_anew_with_each_message(mailbox, lead, mailoutbox):
    alerts.alert_waiting_items(MONDAY + timedelta(hours=5))
    mailbox.refresh_from_db()
    assert mailbox.alerted == 50
    actions.claim_mailbox(mailbox=mailbox, by=lead)
    answer(mailbox, lead)
    alerts.alert_waiting_items(MONDAY + timedelta(days=3))
    assert len(mailoutbox) == 1, "no clock runs while we wait for the child"
    write(mailbox, now=MONDAY + timedelta(days=3))
    assert mailbox.alerted == 0


def test_the_board_shows_a_card_while_a_child_waits(claimed, lead, other_lead):
    [card] = lead_board.list_open_items(other_lead, MONDAY)
    assert (card.name, card.priority, card.lane, card.taken_by) == (claimed.name, "T2", "claimed", lead)
    assert card.start is None, "arrival is not stored"
    answer(claimed, lead)
    assert lead_board.list_open_items(other_lead, MONDAY) == []


# A case, and a concern about staff (D7).


def test_a_case_from_a_mailbox_is_joined_to_nothing(mailbox, lead):
    tell = {"by": lead, "priority": "T1", "why": "A child can be found."}
    with pytest.raises(NotAllowed, match="Take"):
        actions.open_case_from_mailbox(mailbox=mailbox, **tell)
    actions.claim_mailbox(mailbox=mailbox, by=lead)
    case = actions.open_case_from_mailbox(mailbox=mailbox, **tell)
    assert case.answer is None and str(mailbox.pk) not in str(list(TriageCase.objects.values()))


def test_a_concern_about_staff_hides_the_mailbox_from_that_agency_and_a_restored_backup_hides_it_again(
    claimed, lead, other_lead
):
    for person, agency in ((lead, "Council"), (other_lead, "Youth Trust")):
        factories.join_agency(person, agency)
    tell = {"by": lead, "priority": "T1", "why": "A worker there.", "agency": factories.agency("Council")}
    actions.open_case_from_mailbox(mailbox=claimed, **tell)
    seen = [set(Mailbox.objects.seen_by(person)) for person in (lead, other_lead)]
    assert seen == [set(), {claimed}]
    claimed.refresh_from_db()
    assert claimed.claimed_by is None and claimed.due
    Mailbox.objects.update(agency=None)
    TriageCase.objects.all().delete()
    replay_erasures(set(Tombstone.objects.values_list("digest", flat=True)))
    assert not Mailbox.objects.seen_by(lead).exists()


def test_where_no_other_agency_has_a_lead_somebody_still_answers_the_child(claimed, lead):
    factories.join_agency(lead, "Council")
    tell = {"by": lead, "priority": "T1", "why": "A worker there.", "agency": factories.agency("Council")}
    actions.open_case_from_mailbox(mailbox=claimed, **tell)
    assert Mailbox.objects.seen_by(lead).exists()


# Erasure.


def erased(day):
    return MailboxErasure().run(day.date())


def test_a_mailbox_goes_90_days_after_its_last_message_with_all_of_it(words, claimed, lead):
    answer(claimed, lead, now=MONDAY + timedelta(days=10))
    assert erased(MONDAY + timedelta(days=99)) == []
    assert len(erased(MONDAY + timedelta(days=100))) == 1
    assert not MailboxMessage.objects.exists() and actions.find_mailbox(hash_words(words)) is None


def test_a_message_that_waits_for_an_answer_is_never_erased(mailbox):
    assert erased(MONDAY + timedelta(days=400)) == [] and Mailbox.objects.exists()


def test_the_key_of_the_words_is_stored_nowhere(words, mailbox):
    private = bytes(mailbox_words._derive_private_key(hash_words(words), mailbox.public_key))
    assert bytes(mailbox.public_key) != private
    assert private not in bytes(mailbox.messages.get().sealed)

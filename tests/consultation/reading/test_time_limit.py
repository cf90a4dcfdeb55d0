"""A text that the machine would never be done with holds up no sweep: a person reads it, with a clock."""

import re
import threading
import time

import pytest

from cms.operations.deploy_files.file_writer import render_file
from cms.operations.deploy_files.server_plan import ServerPlan
from cms.operations.scheduler.sweep_schedule import LIMITS, SCREENING
from consultation.reading import (
    mailbox_screening,
    redaction,
    redaction_sweep,
    screening,
    screening_sweep,
    urgent_first,
)
from consultation.reading.models import Screening
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.reading.time_limit import TimeLimitExceeded, limit_seconds
from consultation.responses.models import Answer
from consultation.safeguarding.mailbox import actions as mailboxes
from consultation.safeguarding.mailbox.models import Mailbox

POISON = "a" * 40 + "b"
CRY = "My uncle hurts me at night and I am scared to go home."


def run_for_hours(text):
    """As a rule would that a change to the patterns made exponential."""
    return re.match(r"(a+)+$", text)


@pytest.fixture
def poisoned(monkeypatch):
    """Each pattern room never ends with POISON; what one text may take is short."""
    for room, name in (
        (screening, "screen_texts"),
        (screening, "sounds_urgent"),
        (redaction, "propose_spans"),
    ):
        whole = getattr(room, name)

        def wait(texts, whole=whole, **more):
            if POISON in texts:
                run_for_hours(POISON)
            return whole(texts, **more)

        monkeypatch.setattr(room, name, wait)
    for sweep, name in (
        (screening_sweep, "LONGEST_BATCH"),
        (screening_sweep, "LONGEST_TEXT"),
        (mailbox_screening, "LONGEST_TEXT"),
        (redaction_sweep, "LONGEST_TEXT"),
        (urgent_first, "LONGEST_LOOK"),
    ):
        monkeypatch.setattr(sweep, name, 0.5)


@pytest.mark.slow
def test_a_poisoned_text_is_flagged_with_a_clock_read_by_a_person_and_hides_no_cry(sent, poisoned, reader):
    poison, cry = sent(POISON), sent(CRY)
    assert screen_unread() == 2
    row = Screening.objects.get(pk=poison.pk)
    assert (row.flagged, row.priority, row.reasons[0]["label"]) == (True, "T2", "The screen could not read it")
    assert row.due is not None and Screening.objects.get(pk=cry.pk).flagged
    assert redact_screened() == 2
    assert Screening.objects.get(pk=poison.pk).spans == [] and not redaction_sweep.list_unredacted().exists()
    assert Answer.objects.unread().filter(pk=poison.pk).exists(), "a person reads it"


def test_such_a_text_sounds_urgent_and_ends_no_look_at_a_backlog(sent, poisoned):
    poison, calm = sent(POISON), sent("More lights in the park.")
    assert urgent_first.find_urgent([calm.pk, poison.pk]) <= {poison.pk}
    assert urgent_first.find_urgent([calm.pk, poison.pk]) == {poison.pk}


def test_a_poisoned_message_in_a_mailbox_keeps_its_clock(db, poisoned, quick_hash):
    mailboxes.open_mailbox(seed=b"1", text=POISON, language="en")
    assert mailbox_screening.screen_mailbox_messages() == 1
    assert (Mailbox.objects.get().priority, mailbox_screening.list_unscreened().count()) == ("T2", 0)


@pytest.mark.slow
def test_a_whole_batch_of_such_texts_ends_before_its_sweep_is_ended(sent, poisoned, monkeypatch):
    monkeypatch.setattr(screening_sweep, "LONGEST_TEXTS", 1.0)
    for _ in range(6):
        sent(POISON)
    began = time.monotonic()
    assert screen_unread() == 6
    assert time.monotonic() - began < 5
    assert all(row.flagged for row in Screening.objects.all())


def test_what_texts_may_take_is_less_than_the_limits_of_their_sweep_and_of_a_transaction():
    texts = screening_sweep.LONGEST_BATCH + screening_sweep.LONGEST_TEXTS
    text = render_file("postgresql/voice.conf", ServerPlan())
    idle = int(re.search(r"^idle_in_transaction_session_timeout = (\d+)s$", text, re.MULTILINE)[1])
    assert idle > texts + 10 and idle > redaction_sweep.LONGEST_TEXT + 10
    look = urgent_first.LOOK_SECONDS + urgent_first.LONGEST_LOOK
    assert LIMITS[SCREENING] > look + screening_sweep.LONGEST_RUN + texts
    assert LIMITS[SCREENING] > mailbox_screening.LONGEST_TEXT + screening_sweep.LONGEST_RUN


def test_the_limit_ends_with_its_block_and_stands_aside_in_other_threads():
    with pytest.raises(TimeLimitExceeded), limit_seconds(0.1):
        run_for_hours(POISON)
    with limit_seconds(0.05):
        pass
    time.sleep(0.1)
    found = []

    def work():
        with limit_seconds(0.01):
            time.sleep(0.05)
            found.append(True)

    thread = threading.Thread(target=work)
    thread.start(), thread.join()
    assert found

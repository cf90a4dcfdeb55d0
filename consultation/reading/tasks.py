"""Sweeps of the reading desk; the scheduler says how often they run. One that returns False left something."""

from consultation.reading import (
    actions,
    mailbox_screening,
    reading_clock,
    redaction_sweep,
    screening_sweep,
    urgent_alerts,
)
from consultation.reading.seeded_answers import actions as seeded_answers


def screen_unread():
    screening_sweep.screen_unread(seconds=screening_sweep.LONGEST_RUN)
    screening_sweep.flag_late_wishes()
    return not screening_sweep.list_unscreened().exists()


def screen_mailboxes():
    mailbox_screening.screen_mailbox_messages(seconds=screening_sweep.LONGEST_RUN)
    return not mailbox_screening.list_unscreened().exists()


def redact_screened():
    redaction_sweep.redact_screened(seconds=redaction_sweep.LONGEST_RUN)
    return not redaction_sweep.list_unredacted().exists()


def alert_urgent():
    reading_clock.start_missing_clocks()
    urgent_alerts.alert_undecided_t1()


def release_due():
    actions.release_due_answers()
    reading_clock.erase_ended_clocks()
    seeded_answers.score_seeded_answers()

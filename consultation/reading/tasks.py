"""Sweeps of the reading desk; the scheduler says how often they run."""

from django.tasks import task

from consultation.reading import actions, mailbox_screening, screening_sweep, urgent_alerts
from consultation.reading.seeded_answers import actions as seeded_answers


@task
def screen_unread():
    screening_sweep.screen_unread(seconds=screening_sweep.LONGEST_RUN)
    screening_sweep.start_missing_clocks()
    urgent_alerts.alert_unread_t1()


@task
def screen_mailboxes():
    mailbox_screening.screen_mailbox_messages(seconds=screening_sweep.LONGEST_RUN)


@task
def release_due():
    actions.release_due_answers()
    actions.erase_ended_clocks()
    seeded_answers.settle_seeded_answers()

"""Sweeps of the reading desk; the scheduler says how often they run."""

from django.tasks import task

from consultation.reading import actions
from consultation.reading.screening_sweep import LONGEST_RUN
from consultation.reading.seeded_answers import actions as seeded_answers


@task
def screen_unread():
    actions.screen_unread(seconds=LONGEST_RUN)


@task
def release_due():
    actions.release_due_answers()
    seeded_answers.settle_seeded_answers()

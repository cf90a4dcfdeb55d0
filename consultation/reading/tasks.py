"""Sweeps of the reading desk; the scheduler says how often they run."""

from django.tasks import task

from consultation.reading import actions, practice
from consultation.reading.proposals import LONGEST_RUN


@task
def screen_unread():
    actions.screen_unread(seconds=LONGEST_RUN)


@task
def release_due():
    actions.release_due()
    practice.settle()

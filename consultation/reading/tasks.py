"""Sweeps of the reading desk; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.reading import actions


@task
def screen_unread():
    actions.screen_unread()


@task
def release_due():
    actions.release_due()

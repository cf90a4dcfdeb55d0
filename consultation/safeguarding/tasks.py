"""Sweeps for safeguarding leads; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.safeguarding import actions


@task
def erase_read_withdrawn():
    actions.erase_read_withdrawn()

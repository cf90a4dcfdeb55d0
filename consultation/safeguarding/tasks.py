"""Sweeps for safeguarding leads; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.safeguarding import actions, alerts


@task
def erase_read_withdrawn():
    actions.erase_read_withdrawn()


@task
def alert_waiting():
    alerts.alert_waiting()

"""Sweeps for safeguarding leads, scheduled by cms.worker.schedule."""

from django.tasks import task

from consultation.safeguarding import alerts
from consultation.safeguarding.withdrawn import actions as withdrawn


@task
def erase_read_withdrawn():
    withdrawn.erase_read_withdrawn()


@task
def alert_waiting():
    alerts.alert_waiting()

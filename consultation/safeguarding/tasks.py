"""Sweeps for safeguarding leads, scheduled by cms.operations.scheduler.sweep_schedule."""

from django.tasks import task

from consultation.safeguarding import alerts
from consultation.safeguarding.referrals import late_referrals
from consultation.safeguarding.withdrawn_texts import actions as withdrawn


@task
def erase_read_withdrawn_texts():
    withdrawn.erase_read_withdrawn_texts()


@task
def alert_waiting_items():
    alerts.alert_waiting_items()


@task
def tell_late_referrals():
    late_referrals.tell_late_referrals()

"""Sweeps of equality answers and of used codes; cms.operations.scheduler.sweep_schedule sets how often they run."""

from django.tasks import task

from consultation.channels.invitation_codes import actions
from consultation.responses import equality_monitoring


@task
def write_equality_batches():
    equality_monitoring.write_batches(actions.CODE_USE)


@task
def count_used_codes():
    actions.update_used_counts()

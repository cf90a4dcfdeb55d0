"""Sweeps of equality answers and of used codes; cms.worker.schedule sets how often they run."""

from django.tasks import task

from consultation.answering.codes import actions
from consultation.responses import apart


@task
def keep_apart():
    apart.write_batches(actions.CODES)


@task
def count_used():
    actions.count_used()

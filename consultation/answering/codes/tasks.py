"""The sweeps of what is kept apart; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.answering.codes import actions
from consultation.responses import apart


@task
def keep_apart():
    apart.write_batches(actions.CODES)


@task
def count_used():
    actions.count_used()

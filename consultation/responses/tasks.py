"""Sweeps of the store of answers; cms.worker.schedule says how often."""

from django.tasks import task

from consultation.responses import order


@task
def settle_order():
    order.settle()

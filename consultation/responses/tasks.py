"""Sweeps over stored answers, scheduled by cms.worker.schedule."""

from django.tasks import task

from consultation.responses import order


@task
def settle_order():
    order.settle()

"""Sweeps over stored answers, scheduled by cms.operations.scheduler.sweep_schedule."""

from django.tasks import task

from cms.operations.stored_answers import storage_order


@task
def settle_order():
    storage_order.settle_storage_order()

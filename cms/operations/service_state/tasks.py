"""Sweep: tell the administrators what is stuck."""

from django.tasks import task

from cms.operations.service_state import actions


@task
def tell_administrators() -> None:
    actions.tell_administrators()

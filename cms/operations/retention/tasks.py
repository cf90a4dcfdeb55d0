"""Sweep: erase what is due."""

from django.tasks import task

from cms.operations.retention import actions


@task
def run_retention() -> None:
    actions.erase_everything_due()

"""Sweep: erase what is due."""

from django.tasks import task

from cms.retention import actions


@task
def erase_due() -> None:
    actions.run()

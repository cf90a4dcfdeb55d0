"""Sweep: run the launch checklist again."""

from django.tasks import task

from cms.launch.actions import look


@task
def look_again() -> None:
    look()

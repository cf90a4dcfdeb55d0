"""Sweep: run the launch checklist again."""

from django.tasks import task

from cms.operations.launch.actions import update_live_state


@task
def refresh_live_state() -> None:
    update_live_state()

"""Sweep: delete old task results."""

from django.tasks import task

from cms.operations.scheduler.sweep_queue import prune_results


@task
def prune_queue() -> None:
    prune_results()

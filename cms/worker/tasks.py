"""Sweep: delete old task results."""

from django.tasks import task

from cms.worker.queue import prune_results


@task
def prune() -> None:
    prune_results()

"""Sweep of the corpus."""

from django.tasks import task

from insights.intake import actions


@task
def take():
    """Sweep: take released texts that are not in the corpus."""
    return actions.take()

"""Sweep of the corpus."""

from django.tasks import task

from insights.corpus import actions


@task
def take_released_texts():
    """Sweep: take released texts that are not in the corpus."""
    return actions.take_released_texts()

"""Sweeps of outcomes; cms.worker.schedule says how often."""

from django.tasks import task

from insights.outcomes import polls


@task
def refresh():
    """Sweep: count the replies to the change polls again."""
    polls.refresh()

"""Sweeps of outcomes; cms.operations.scheduler.sweep_schedule says how often."""

from django.tasks import task

from insights.decisions.outcomes import change_polls


@task
def refresh_polls():
    """Sweep: count the replies to the change polls again."""
    change_polls.refresh_polls()

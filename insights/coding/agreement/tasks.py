"""Sweep of double coding."""

from django.tasks import task

from insights.coding.agreement import actions


@task
def measure_agreement():
    """Sweep: compute the figures of each double coding that has ended. numpy loads in the worker alone."""
    return actions.measure_ended_studies()

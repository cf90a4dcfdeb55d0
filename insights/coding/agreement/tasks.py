"""Sweep of double coding."""

from django.tasks import task


@task
def measure_agreement():
    """Sweep: compute the figures of each double coding that has ended. numpy loads in the worker alone."""
    from insights.coding.agreement.actions import measure_ended_studies

    return measure_ended_studies()

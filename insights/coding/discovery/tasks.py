"""Sweep of discovery."""

from django.tasks import task


@task
def look_for_missing():
    """Sweep: place new texts in suggestions, then carry out discovery runs. The encoder loads in the worker alone."""
    from insights.coding.discovery.working import sweep

    return sweep()

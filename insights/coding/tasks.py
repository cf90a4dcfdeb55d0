"""Sweep of machine proposals."""

from django.tasks import task


@task
def propose_codes():
    """Sweep: propose themes for texts new to the model in use. The model loads in the worker alone."""
    from insights.coding.actions import propose_codes as sweep

    return sweep()

"""Sweep of model fitting."""

from django.tasks import task


@task
def fit_due_model():
    """Sweep: fit a due model: enough new codes, a withdrawn text, a new codebook version, or a request."""
    from insights.coding.learning.actions import fit_due_model as sweep

    return sweep()

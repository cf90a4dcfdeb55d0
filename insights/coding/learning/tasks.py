"""Sweep of model fitting."""

from django.tasks import task

from insights.coding.learning import actions


@task
def fit_due_model():
    """Sweep: fit a due model: enough new codes, a withdrawn text, a new codebook version, or a request."""
    return actions.fit_due_model()

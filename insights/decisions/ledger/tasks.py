"""Sweeps of the ledger; cms.worker.schedule says how often."""

from django.tasks import task


@task
def sign_when_due():
    """Checks the whole of it, and fails while something is amiss (actions.NotWhole)."""
    from insights.decisions.ledger import actions

    actions.sign_when_due()

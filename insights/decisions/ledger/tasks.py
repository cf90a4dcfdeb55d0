"""Sweeps of the ledger; cms.worker.schedule says how often."""

from django.tasks import task


@task
def sign_when_due():
    """Sweep: verify the ledger and sign its head; fails while it does not verify (actions.NotWhole)."""
    from insights.decisions.ledger import actions

    actions.sign_when_due()

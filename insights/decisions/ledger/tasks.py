"""Sweeps of the ledger; cms.operations.scheduler.sweep_schedule says how often."""

from django.tasks import task

from insights.decisions.ledger import actions


@task
def sign_when_due():
    """Sweep: verify the ledger and sign its head; fails while it does not verify (actions.BrokenLedger)."""
    actions.sign_when_due()

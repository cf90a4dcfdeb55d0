"""The daily check of the chain (controls.yaml, audit_rules); cms.worker.schedule says how often."""

from django.tasks import task

from consultation.audit.models import AuditEntry


class BrokenChain(Exception):
    """The audit log was tampered with: the sweep fails, and keeps failing, until someone has looked."""


@task
def check_chain():
    broken = AuditEntry.objects.first_break()
    if broken is not None:
        raise BrokenChain(f"entry {broken[0]}: {broken[1]}")

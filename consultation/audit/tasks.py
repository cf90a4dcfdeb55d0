from django.tasks import task

from consultation.audit.models import AuditEntry


class BrokenChain(Exception):
    """The audit log was tampered with. The daily sweep keeps failing until it is repaired."""


@task
def check_audit_chain():
    """The daily check (domain/controls.yaml, audit_rules)."""
    broken = AuditEntry.objects.first_break()
    if broken is not None:
        raise BrokenChain(f"entry {broken[0]}: {broken[1]}")

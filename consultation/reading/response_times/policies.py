"""Who may see how soon concerns are acted on."""

from typing import Any

from consultation.access import is_head_of_service

SEE_TRIAGE, READ_AUDIT = "consultation.see_triage", "consultation.read_audit"


def may_see_figures(user: Any) -> bool:
    """Leads, auditors, who assure quality and know of cases from the audit log, and the head of service."""
    return user.has_perm(SEE_TRIAGE) or user.has_perm(READ_AUDIT) or is_head_of_service(user)

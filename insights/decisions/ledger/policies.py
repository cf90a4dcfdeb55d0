"""Who takes the ledger away as a file: whoever writes or publishes decisions and may export, and the auditors whose work
it is to check it. It names drafts, so it is no file for partners."""

from typing import Any


def may_name_drafts(by: Any) -> bool:
    """Whoever reads of drafts elsewhere, or checks the whole chain."""
    decides = by.has_perm("insights.draft_decision") or by.has_perm("insights.publish_decision")
    return bool(decides or by.has_perm("consultation.read_audit"))


def may_take_the_ledger(by: Any) -> bool:
    decides = by.has_perm("insights.draft_decision") or by.has_perm("insights.publish_decision")
    return bool(by.has_perm("consultation.read_audit") or (decides and by.has_perm("insights.export")))

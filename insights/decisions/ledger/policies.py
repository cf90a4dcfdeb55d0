"""Who may download the ledger: auditors, and people who write or publish decisions and may export. The file names
drafts, so partners do not get it."""

from typing import Any

from insights.decisions.policies import may_draft_or_publish


def may_download_ledger(by: Any) -> bool:
    return bool(
        by.has_perm("consultation.read_audit") or (may_draft_or_publish(by) and by.has_perm("insights.export"))
    )


def may_see_ledger_drafts(by: Any) -> bool:
    """All others see entries about drafts without the draft's name."""
    return bool(by.has_perm("consultation.read_audit") or may_draft_or_publish(by))

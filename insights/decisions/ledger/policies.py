"""Who takes the ledger away as a file: whoever writes or publishes decisions and may export, and the auditors whose work
it is to check it. It names drafts, so it is no file for partners."""

from typing import Any

from insights.decisions.policies import decides


def may_take_the_ledger(by: Any) -> bool:
    return bool(by.has_perm("consultation.read_audit") or (decides(by) and by.has_perm("insights.export")))


def may_read_drafts_in_it(by: Any) -> bool:
    """All others see that something was done to a draft, and no name of it."""
    return bool(by.has_perm("consultation.read_audit") or decides(by))

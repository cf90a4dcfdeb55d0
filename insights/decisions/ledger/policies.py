"""Who takes the ledger away as a file: whoever may export, and the auditors whose work it is to check it."""

from typing import Any


def may_take_the_ledger(by: Any) -> bool:
    return bool(by.has_perm("insights.export") or by.has_perm("consultation.read_audit"))

"""Whoever writes or publishes decisions says why one stands."""

from typing import Any


def may_dismiss(by: Any) -> bool:
    return bool(by.has_perm("insights.draft_decision") or by.has_perm("insights.publish_decision"))

"""Who may dismiss an alert: people who write or publish decisions."""

from typing import Any


def may_dismiss(by: Any) -> bool:
    return bool(by.has_perm("insights.draft_decision") or by.has_perm("insights.publish_decision"))

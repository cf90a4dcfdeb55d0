"""Who may export a decision's trace: people who may export; drafts only if they also write or publish decisions."""

from typing import Any

from insights.decisions.models import Decision, DecisionStatus


def may_export_trace(by: Any, decision: Decision) -> bool:
    if not by.has_perm("insights.export"):
        return False
    writes = by.has_perm("insights.draft_decision") or by.has_perm("insights.publish_decision")
    return bool(decision.status == DecisionStatus.PUBLISHED or writes)

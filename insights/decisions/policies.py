"""Who may write in a decision. What is public changes by whoever may publish, a draft by whoever may draft."""

from typing import Any

from insights.decisions.models import Decision, DecisionStatus


def may_change(by: Any, decision: Decision) -> bool:
    verb = "publish" if decision.status == DecisionStatus.PUBLISHED else "draft"
    return bool(by.has_perm(f"insights.{verb}_decision"))


def decides(by: Any) -> bool:
    """Whoever writes or publishes decisions: drafts, and what waits for a second person, are for them alone."""
    return any(by.has_perm(f"insights.{verb}_decision") for verb in ("draft", "publish"))


def may_translate(by: Any, decision: Decision) -> bool:
    """Officers any of them, planners their drafts."""
    return may_change(by, decision) or bool(by.has_perm("insights.publish_decision"))

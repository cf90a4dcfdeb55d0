"""Who may change decisions: published ones the people who may publish, drafts the people who may draft; and the least
number of people that a measure may name."""

from typing import Any

from insights.decisions.models import Decision, DecisionStatus

FEW = 10
TOO_FEW = "A number of people is 10 or more, or not written at all."  # of a measure: C1 holds for typed numbers too


def may_change(by: Any, decision: Decision) -> bool:
    verb = "publish" if decision.status == DecisionStatus.PUBLISHED else "draft"
    return bool(by.has_perm(f"insights.{verb}_decision"))


def may_draft_or_publish(by: Any) -> bool:
    """Who sees drafts and proposals that wait for a second person."""
    return any(by.has_perm(f"insights.{verb}_decision") for verb in ("draft", "publish"))


def may_translate(by: Any, decision: Decision) -> bool:
    """Officers may translate every decision, planners drafts."""
    return may_change(by, decision) or bool(by.has_perm("insights.publish_decision"))

"""Who plans what agencies do, and who tells how it goes. Pure functions."""

from typing import Any

from insights.agencies.models import ActionItem, Agency
from insights.decisions.models import Decision, DecisionStatus
from insights.decisions.policies import may_change


def belongs_to(person: Any, agency: Agency) -> bool:
    """By the name of the agency on their account."""
    return person.agency.strip().casefold() == agency.name.casefold()


def may_plan(by: Any, decision: Decision) -> bool:
    """Whoever may write in the decision; planners may add to the plan of one that is public, too."""
    return may_change(by, decision) or bool(by.has_perm("insights.draft_decision"))


def may_update(by: Any, item: ActionItem) -> bool:
    """An agency's people their own items; whoever publishes decisions, those of all. A draft has nothing to tell."""
    if not by.has_perm("insights.update_action") or item.decision.status != DecisionStatus.PUBLISHED:
        return False
    return belongs_to(by, item.agency) or bool(by.has_perm("insights.publish_decision"))

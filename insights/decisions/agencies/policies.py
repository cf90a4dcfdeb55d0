"""Who plans the actions of agencies, and who reports their progress. Pure functions."""

from typing import Any

from insights.decisions.agencies.models import ActionItem, Agency
from insights.decisions.models import Decision, DecisionStatus
from insights.decisions.policies import may_change


def belongs_to_agency(person: Any, agency: Agency) -> bool:
    """Whether the account's agency is this one, whatever it is called today."""
    key = agency.key_on_list
    return bool(key) and person.agency_id == key


def may_plan_actions(by: Any, decision: Decision) -> bool:
    """People who may change the decision; planners may also add to a published plan."""
    return may_change(by, decision) or bool(by.has_perm("insights.draft_decision"))


def may_update_item(by: Any, item: ActionItem) -> bool:
    """Published actions only: an agency's people update their own, people who may publish decisions update all."""
    if not by.has_perm("insights.update_action") or item.decision.status != DecisionStatus.PUBLISHED:
        return False
    return belongs_to_agency(by, item.agency) or bool(by.has_perm("insights.publish_decision"))

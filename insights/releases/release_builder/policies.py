"""Whether a release may be ordered or agreed to. Each function returns the reason against it, or ""."""

from typing import Any

from insights.disclosure.disclosure_rules import DisclosureRules
from insights.releases.policies import why_not_looser_rules
from insights.releases.release_builder.models import ReleaseOrder


def why_not_order(orders: Any) -> str:
    """`orders` are the consultation's unfinished ones."""
    order = orders.first()
    if order is None:
        return ""
    if order.status == "asked":
        return "Another release waits for a second person to agree to its rules. Agree or take it back first."
    return "The machine is at work on this consultation already."


def needs_second_person(rules: DisclosureRules, before: DisclosureRules | None, by: Any) -> bool:
    return bool(why_not_looser_rules(rules, before, by, None))


def why_not_agree(order: ReleaseOrder, by: Any) -> str:
    if order.status != "asked":
        return "This does not wait for anybody any more."
    if order.asked_by_id == by.pk:
        return "You asked for it. Ask a colleague to agree to these rules."
    return ""

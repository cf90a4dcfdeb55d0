"""Requests that update an action of a plan, for the table of roles."""

from insights.decisions.actions import publish_decision
from insights.decisions.agencies.actions import set_action_plan, update_action_item
from insights.decisions.models import Decision
from tests import factories


def tells_of_an_action(user, draft):
    """Whether the person can update an action of the own agency's plan."""
    user.agency = user.agency or factories.agency("The trust")
    decision = Decision.objects.get(pk=draft.pk)
    items = [{"agency": str(user.agency), "what": "Walk there"}]
    (item,) = set_action_plan(decision=decision, by=decision.created_by, items=items)
    publish_decision(decision=decision, by=factories.staff("publishes@example.org", "insights.publish_decision"))
    update_action_item(item=item, by=user, status="done", words="We walked there.")

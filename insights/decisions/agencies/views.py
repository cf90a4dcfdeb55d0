"""Pages for agencies, a decision's action plan, and one action with its updates."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date

from consultation.access import require_permission, staff_view
from insights.access import VIEW_REPORTS, planner_view
from insights.decisions.addable_rows import AddableRows
from insights.decisions.agencies import action_plans, actions, policies
from insights.decisions.agencies.actions import find_last_reminder
from insights.decisions.agencies.forms import ActionItemRow, ItemUpdateForm, list_known_agencies
from insights.decisions.agencies.models import ActionItem, Agency
from insights.decisions.models import Decision
from insights.decisions.policies import may_draft_or_publish
from insights.decisions.views import build_form_context
from insights.forms import save_form

PAGE = 25


@planner_view
def show_agencies(request):
    standings = action_plans.summarise_agencies()
    context = {
        "section": "agencies",
        "standings": standings,
        "own": next((row.agency for row in standings if policies.belongs_to_agency(request.user, row.agency)), None),
    }
    return render(request, "insights/decisions/agencies/agencies.html", context)


@planner_view
def show_agency(request, slug):
    found = get_object_or_404(Agency, slug=slug)
    state = request.GET.get("state", "")
    state = state if state in dict(action_plans.STATES) else ""
    promised = ActionItem.objects.promised().of(found)
    context = {
        "section": "agencies",
        "agency": found,
        "standing": next(iter(action_plans.summarise_agencies(promised)), None),
        "state": state,
        "states": action_plans.STATES,
        "page": Paginator(action_plans.list_agency_actions(found, state), PAGE).get_page(request.GET.get("page")),
        "leads": action_plans.list_led_decisions(found),
        "own": policies.belongs_to_agency(request.user, found),
        "told_on": parse_date(find_last_reminder(found.key_on_list)),
    }
    return render(request, "insights/decisions/agencies/agency.html", context)


@planner_view
def show_action(request, pk):
    found = get_object_or_404(ActionItem.objects.seen_by(request.user).select_related("decision", "agency"), pk=pk)
    if request.method == "POST":
        require_permission(request.user, policies.may_update_item, found)
    form = ItemUpdateForm(request.POST or None, initial={"status": found.status, "due": found.due})
    if save_form(
        request, form, actions.update_action_item, "It stands in the plan now, with today’s date.", item=found
    ):
        return redirect("insights:action", pk)
    context = {
        "section": "agencies",
        "item": ActionItem.objects.select_related("decision", "agency").get(pk=pk),
        "form": form if policies.may_update_item(request.user, found) else None,
        "updates": found.updates.select_related("written_by"),
    }
    return render(request, "insights/decisions/agencies/item.html", context)


@staff_view(VIEW_REPORTS, may_draft_or_publish)
def edit_plan(request, slug):
    """Edit the whole plan of a draft, or add actions to a published one."""
    decision = get_object_or_404(Decision, slug=slug)
    require_permission(request.user, policies.may_plan_actions, decision)
    items = decision.items.select_related("agency")
    kept = [
        {"agency": one.agency.name, "what": one.what, "lead_role": one.lead_role, "due": one.due}
        for one in ([] if decision.is_public else items)
    ]
    rows = AddableRows(ActionItemRow, request, kept=kept, start=1)
    action = actions.add_action_items if decision.is_public else actions.set_action_plan
    if rows.save_rows(action, "items", "The action plan is saved.", decision=decision):
        return redirect("insights:decision", slug)
    heading = "Add to the action plan" if decision.is_public else "Who does what"
    context = build_form_context(heading, decision) | {
        "rows": rows,
        "lead": "One row for each thing that one agency does. Its people say here how it goes.",
        "one": "action",
        "names": list_known_agencies(decision),
        "standing": items if decision.is_public else None,
    }
    return render(request, "insights/decisions/rows.html", context)

"""Pages for agencies, a decision's action plan, and one action with its updates."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date

from consultation.access import require_permission, staff_view
from insights.access import VIEW_REPORTS, planner_view
from insights.decisions.addable_rows import AddableRowForm, AddableRows, DayInput
from insights.decisions.agencies import action_plans, actions, policies
from insights.decisions.agencies.actions import find_last_reminder
from insights.decisions.agencies.models import ActionItem, Agency
from insights.decisions.models import Decision, Progress
from insights.decisions.policies import may_draft_or_publish
from insights.decisions.views import build_form_context
from insights.forms import save_form

PAGE = 25


class ActionItemRow(AddableRowForm):
    needed = ("what", "Say what is done, or empty the row.")

    agency = forms.CharField(max_length=120, label="Agency", widget=forms.TextInput(attrs={"list": "agencies"}))
    what = forms.CharField(max_length=300, label="What it does", widget=forms.Textarea(attrs={"rows": 2}))
    lead_role = forms.CharField(max_length=120, label="Who leads there", help_text="A job, not a name.")
    due = forms.DateField(label="Done by", widget=DayInput)


def list_known_agencies(decision):
    """Suggestions while typing: agencies of any plan and the decision's lead agency."""
    names = set(Agency.objects.values_list("name", flat=True)) | {decision.agency}
    return sorted(name for name in names if name)


class ItemUpdateForm(forms.Form):
    status = forms.ChoiceField(choices=Progress, widget=forms.RadioSelect, label="How it stands")
    words = forms.CharField(
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What has happened",
        help_text="One or two short sentences, with no name in them. It stays, with today’s date.",
    )
    due = forms.DateField(
        required=False,
        label="Done by",
        help_text="Change it only if the day moves. The day that it was stays in the history.",
        widget=DayInput,
    )


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

"""Pages of the launch checklist (G5)."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cms.operations.launch import actions, checklist_report, launch_items, policies
from cms.operations.launch.models import Launch, LaunchTick
from consultation.access import staff_view
from insights.forms import save_form


class LaunchTickForm(forms.ModelForm):
    class Meta:
        model = LaunchTick
        fields = ["checker", "checked_on", "note"]
        widgets = {"checked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {"checker": {"required": "Write who checked it: their name and what they are."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = timezone.localdate
        self.fields["checked_on"].error_messages["required"] = "Write the day on which it was checked."


@staff_view(policies.may_see_checklist, method="GET")
def show_checklist(request):
    sections = checklist_report.list_checklist_sections()
    rows = list(checklist_report.list_checklist_rows(sections))
    context = {
        "sections": sections,
        "done": sum(row.ok for row in rows),
        "total": len(rows),
        "waiting": [row for row in rows if not row.ok],
        "launch": Launch.objects.first(),
        "may_tick": policies.may_tick_checklist(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "cms/operations/launch/checklist.html", context)


@staff_view(policies.may_tick_checklist, method="POST")
def save_live_state(request):
    """Run the checklist now instead of waiting for the hourly sweep."""
    actions.update_live_state(by=request.user)
    return redirect("launch:checklist")


@staff_view(policies.may_tick_checklist)
def tick_checklist_item(request, item):
    found = next((one for group in launch_items.list_launch_groups() for one in group.items if one.key == item), None)
    if found is None:
        raise Http404
    form = LaunchTickForm(request.POST or None)
    if save_form(request, form, actions.tick_item, f"Ticked: {found.title}.", item=item):
        actions.update_live_state(by=request.user)
        return redirect("launch:checklist")
    return render(request, "cms/operations/launch/tick.html", {"form": form, "item": found})


@staff_view(policies.may_tick_checklist, method="POST")
def untick_checklist_item(request, pk):
    found = get_object_or_404(LaunchTick.objects.standing(), pk=pk)
    actions.untick_item(tick=found, by=request.user)
    actions.update_live_state(by=request.user)
    messages.success(request, "The tick is taken back. It stays in the history.")
    return redirect("launch:checklist")

"""The page Leave: who is away, who is next meanwhile, and who has what. Readers write down their own leave, leads that
of any lead or reader."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from consultation.access import NotAllowed, list_people_with, staff_view
from consultation.action_forms import PostedForm, build_day_field
from consultation.safeguarding import lead_board
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.duty_rota.lead_rota import list_leads
from consultation.safeguarding.duty_rota.models import Leave
from consultation.safeguarding.leave import actions
from consultation.safeguarding.leave.actions import DECIDES, WORKS_HERE, list_leave_ahead

DAYS_SHOWN = 28  # of each leave


class LeaveForm(PostedForm):
    """Leave of oneself; a lead chooses whose it is, and who stands in."""

    person: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label="Who is away?", empty_label=None)
    first_day = build_day_field("First day away")
    last_day = build_day_field("Last day away")
    stand_in: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label="Who stands in for a lead?",
        empty_label="Nobody yet",
        help_text="They get the days on the rota, and all that the lead has on the first day. Without anybody, the "
        "rota shows gaps, and the backup gets it.",
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        if by.has_perm(DECIDES):
            self.fields["person"].queryset = list_people_with(WORKS_HERE)
            self.fields["person"].initial = by.pk
            self.fields["stand_in"].queryset = list_leads()
        else:
            del self.fields["person"], self.fields["stand_in"]

    def values(self):
        return {"person": self.by, **self.chosen()}


class LeaveEndForm(PostedForm):
    """Which leave ends: of those that this person may see."""

    leave: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=Leave.objects.none(), error_messages={"invalid_choice": "That leave is over already."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leave"].queryset = list_leave_ahead()


@staff_view(actions.WORKS_HERE)
def show_leave(request):
    form, error = LeaveForm.of(request, by=request.user), ""
    if form.is_bound:
        error = _save_leave(request, form)
        if not error:
            return redirect("leave:leave")
    is_lead = request.user.has_perm(actions.DECIDES)
    context = {
        "form": form,
        "error": error,
        "is_lead": is_lead,
        "rows": _list_rows(request.user, is_lead),
        "held": _group_by_holder(request.user) if is_lead else [],
    }
    return render(request, "consultation/safeguarding/leave/leave.html", context, status=422 if error else 200)


def _save_leave(request, form):
    try:
        leave = actions.add_leave(by=request.user, **form.values())
    except NotAllowed as refused:
        return str(refused)
    messages.success(request, f"Written down: {leave.person} is away. Look below at who is next.")
    return ""


def _list_rows(user, is_lead):
    """[(leave, working days with the duty of each)]; a reader sees their own leave alone."""
    today, found = timezone.localdate(), actions.list_leave_ahead()
    rows = []
    for leave in found if is_lead else found.filter(person=user):
        since = max(leave.first_day, today)
        days = min((leave.last_day - since).days + 1, DAYS_SHOWN)
        duties = lead_rota.list_duties(since, days) if is_lead and leave.person in lead_rota.list_leads() else []
        rows.append((leave, [duty for duty in duties if duty.works]))
    return rows


def _group_by_holder(user):
    """[(lead, items)]: who has what, of all that this lead may see."""
    items = lead_board.list_open_items(user)
    return [(lead, lead_board.filter_items(items, "mine", lead)) for lead in lead_rota.list_leads()]


@staff_view(actions.WORKS_HERE, method="POST")
def save_end(request):
    try:
        leave = LeaveEndForm.of(request).chosen()["leave"]
        actions.end_leave(leave=leave, by=request.user)
        messages.success(request, f"{leave.person} is here again.")
    except NotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("leave:leave")

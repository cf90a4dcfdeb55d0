"""The page Leave: who is away, who is next meanwhile, and who has what. Readers write down their own leave, leads that
of any lead or reader."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from consultation.access import NotAllowed, staff_view
from consultation.safeguarding import lead_board
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.leave import actions
from consultation.safeguarding.leave.forms import LeaveEndForm, LeaveForm

DAYS_SHOWN = 28  # of each leave


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

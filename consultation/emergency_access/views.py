"""Pages of emergency access: list with the form that opens one, and one access with its review. No answers are shown."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from consultation.access import NotAllowed
from consultation.emergency_access import actions, emergency_steps
from consultation.emergency_access.forms import EmergencyReviewForm, OpenEmergencyForm
from consultation.emergency_access.models import EmergencyAccess
from consultation.safeguarding.lead_access import build_lead_context, lead_view

TEMPLATES = "consultation/emergency_access"
PAGE_SIZE = 25
MISSING = "Something is missing. See below."


emergency_view = lead_view("consultation.open_in_emergency")


@emergency_view
@require_http_methods(["GET", "HEAD", "POST"])
def show_emergencies(request):
    """List all accesses, newest first; POST opens one."""
    form, error = OpenEmergencyForm(), ""
    if request.method == "POST":
        form, error = OpenEmergencyForm(request.POST), MISSING
        try:
            if form.is_valid():
                made = actions.open_emergency_access(
                    consultation=form.cleaned_data["consultation"], by=request.user, reason=form.cleaned_data["reason"]
                )
                messages.success(request, "It is open for one hour. Your colleagues are told.")
                return redirect("emergency:answers", made.pk)
        except NotAllowed as refused:
            error = str(refused)
    rows = EmergencyAccess.objects.select_related("consultation", "opened_by", "reviewed_by")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = build_lead_context(request, page=page, form=form, error=error)
    return render(request, f"{TEMPLATES}/list.html", context, status=422 if error else 200)


@emergency_view
@require_http_methods(["GET", "HEAD", "POST"])
def show_emergency(request, pk):
    """One access: its reason, steps and review; POST ends or reviews it."""
    rows = EmergencyAccess.objects.select_related("consultation", "opened_by", "reviewed_by")
    found, error, form = get_object_or_404(rows, pk=pk), "", EmergencyReviewForm()
    if request.method == "POST":
        try:
            if request.POST.get("do") == "end":
                actions.end_emergency_access(access=found, by=request.user)
                messages.success(request, "It is over. A colleague reviews it.")
                return redirect("safeguarding:emergency", found.pk)
            form, error = EmergencyReviewForm(request.POST), MISSING
            if form.is_valid():
                actions.review_emergency_access(access=found, by=request.user, **form.cleaned_data)
                messages.success(request, "Your review is kept with it.")
                return redirect("safeguarding:emergency", found.pk)
        except NotAllowed as refused:
            error = str(refused)
    mine = found.opened_by_id == request.user.pk
    page = Paginator(emergency_steps.list_entry_numbers(found, request.user), emergency_steps.PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = build_lead_context(
        request, access=found, mine=mine, page=page, steps=emergency_steps.describe_entries(page), form=form, error=error,
        may_review=not mine and not found.is_open and not found.verdict,
    )  # fmt: skip
    return render(request, f"{TEMPLATES}/one.html", context, status=422 if error else 200)

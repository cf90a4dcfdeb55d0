"""Pages where administrators keep the list of agencies."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from cms.accounts.forms import AgencyListForm, ListedAgencyForm
from consultation.access import NotAllowed, staff_view
from consultation.agencies.actions import add_agency, change_agency
from consultation.agencies.models import AgencyStatus, KnownAgency


@staff_view("consultation.manage_users")
def list_agencies(request):
    """The list, and what referrals named that is not on it."""
    form = AgencyListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_agency(by=request.user, **form.cleaned_data)
            messages.success(request, f"Added: {made}.")
            return redirect("people:agencies")
        except NotAllowed as refused:
            form.add_error("name", str(refused))
    known = KnownAgency.objects.kept_by_administrators()
    context = {
        "form": form,
        "proposed": known.filter(status=AgencyStatus.PROPOSED),
        "agencies": known.exclude(status=AgencyStatus.PROPOSED),
    }
    return render(request, "cms/accounts/agencies.html", context, status=422 if form.errors else 200)


@staff_view("consultation.manage_users")
def edit_agency(request, key):
    found = get_object_or_404(KnownAgency.objects.kept_by_administrators(), pk=key)
    initial = {"name": found.name, "kind": found.kind, "reach": found.reach}
    initial["is_offered"] = found.status != AgencyStatus.RETIRED
    form = ListedAgencyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_agency(agency=found, by=request.user, **form.cleaned_data)
            messages.success(request, f"Saved: {changed}.")
            return redirect("people:agencies")
        except NotAllowed as refused:
            form.add_error("name", str(refused))
    context = {"form": form, "agency": found}
    return render(request, "cms/accounts/agency.html", context, status=422 if form.errors else 200)

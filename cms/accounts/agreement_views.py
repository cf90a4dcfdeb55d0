"""Pages where administrators add and end information sharing agreements with partner agencies."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from cms.accounts import actions
from cms.accounts.agreements import Agreement
from cms.accounts.forms import AgreementChangeForm, AgreementForm
from consultation.access import staff_view
from consultation.file_output.spreadsheets import deliver_table
from insights.forms import save_form

COLUMNS = ("Agency", "From", "Until", "Reference", "Added by", "Confirmed by", "In place of")


@staff_view("consultation.manage_users")
def edit_agreements(request):
    form = AgreementForm(request.POST or None, initial={"agency": request.GET.get("agency", "")})
    if request.method == "POST" and form.is_valid():
        made = actions.add_agreement(by=request.user, **form.cleaned_data)
        messages.success(request, f"Added: {made}. It opens nothing until another administrator confirms it.")
        return redirect("people:agreements")
    return _render_agreements(request, form)


@staff_view("consultation.manage_users")
def change_agreement(request, pk):
    agreement = get_object_or_404(Agreement.objects.in_date(), pk=pk)
    form = AgreementChangeForm(
        request.POST or None, initial={"ends": agreement.ends, "reference": agreement.reference}
    )
    done = f"Another administrator confirms it. Until then this stands: {agreement}."
    if save_form(request, form, actions.propose_agreement_change, done, agreement=agreement):
        return redirect("people:agreements")
    return _render_agreements(request, form, changed=agreement)


def _render_agreements(request, form, **more):
    context = {
        "agreements": Agreement.objects.select_related("agency", "added_by", "replaces"),
        "ending": Agreement.objects.all().ending(),
        "form": form,
        **more,
    }
    return render(request, "cms/accounts/agreements.html", context)


@staff_view("consultation.manage_users", method="GET")
def download_agreements(request):
    """The register as a file, with what has ended."""
    found = Agreement.objects.select_related("agency", "added_by", "confirmed_by", "replaces__agency")
    rows = (
        (
            one.agency,
            one.starts,
            one.ends,
            one.reference,
            *(each or "" for each in (one.added_by, one.confirmed_by, one.replaces)),
        )
        for one in found
    )
    return deliver_table(by=request.user, kind="agreements", name="agreements", columns=COLUMNS, rows=rows)


@staff_view("consultation.manage_users", method="POST")
def confirm_agreement(request, pk):
    agreement = get_object_or_404(Agreement, pk=pk)
    try:
        actions.confirm_agreement(agreement=agreement, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Confirmed: {agreement}.")
    return redirect("people:agreements")


@staff_view("consultation.manage_users", method="POST")
def end_agreement(request, pk):
    agreement = get_object_or_404(Agreement, pk=pk)
    waited = agreement.waits
    actions.end_agreement(agreement=agreement, by=request.user)
    said = "Taken back." if waited else f"Ended. People of {agreement.agency} see no report from now on."
    messages.success(request, said)
    return redirect("people:agreements")

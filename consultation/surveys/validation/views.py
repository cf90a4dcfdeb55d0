"""“Check this consultation”: all findings on one page, each with a link to its question and a form to override it."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import ActionForm
from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation import actions
from consultation.surveys.validation.findings import build_findings_report, share_advice
from consultation.surveys.validation.policies import may_override, may_view_findings

OVERRIDDEN = "Let through. It is shown to whoever approves, and stands in the audit log."


class OverrideForm(ActionForm):
    """Let the finding through for a reason, or take that back."""

    verbs = ("through", "back")
    finding = forms.CharField(required=False)
    reason = forms.CharField(required=False)


@staff_view(may_view_findings)
def show_findings(request, pk):
    page = get_object_or_404(ConsultationPage, pk=pk).source
    form, error = OverrideForm.of(request), ""
    if form.is_bound:
        try:
            chosen = form.chosen()
            if chosen["do"] == "back":
                actions.take_back_override(page=page, digest=chosen["finding"], by=request.user)
                messages.success(request, "It stops the consultation again.")
            else:
                given = {"digest": chosen["finding"], "reason": chosen["reason"]}
                actions.override_finding(page=page, by=request.user, **given)
                messages.success(request, OVERRIDDEN)
            return redirect("validation:one", page.pk)
        except NotAllowed as refused:
            error = str(refused)
    found = build_findings_report(page)
    together: dict[str, list] = {}
    for one in [*found.stopping, *found.overridden, *found.advisory_findings]:  # blocking linters first
        together.setdefault(one.finding.linter.key, []).append(one)
    linters = {key: ones[0].finding.linter for key, ones in together.items()}
    context = {
        "page": page,
        "report": found,
        "groups": [
            {"linter": linters[key], "shared": share_advice(ones), "may": may_override(request.user, linters[key])}
            for key, ones in together.items()
        ],
        "error": error,
        "at": form.typed("finding"),
        "typed": form.typed("reason"),
    }
    return render(request, "consultation/surveys/validation/checks.html", context, status=422 if error else 200)


@staff_view(may_view_findings, method="GET")
def show_findings_list(request, pk):
    """The list in the editor's panel, reloaded after each save."""
    page = get_object_or_404(ConsultationPage, pk=pk).source
    return render(request, "consultation/surveys/validation/list.html", {"report": build_findings_report(page)})

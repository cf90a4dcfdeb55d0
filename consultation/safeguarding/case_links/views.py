"""The leads' page of a case's links."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import NotAllowed
from consultation.action_forms import MISSING, UNKNOWN_VERB, ActionForm
from consultation.safeguarding.case_links import actions
from consultation.safeguarding.case_links.models import LinkKind
from consultation.safeguarding.forms import build_reason_field
from consultation.safeguarding.lead_access import build_lead_context, lead_view
from consultation.safeguarding.models import TriageCase


class LinkActionForm(ActionForm):
    verbs = ("link", "unlink")


class LinkCaseForm(forms.Form):
    """The other case by its name or address, and what both have in common."""

    other = forms.CharField(
        label="The other item",
        help_text="Its name, such as Item 3fa9c1, or its address.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="What they have in common", choices=LinkKind, widget=forms.RadioSelect)
    note = build_reason_field("What makes you think so", "It is sealed, and shown on both items.")


class UnlinkCaseForm(forms.Form):
    why = build_reason_field("Why they do not belong together", "It is sealed, and stays on record.")


@lead_view(to_post="consultation.decide_triage")
def show_links(request, pk):
    case = get_object_or_404(TriageCase.objects.seen_by(request.user), pk=pk)
    action, error, bound = LinkActionForm.of(request), "", {}
    if action.is_bound:
        try:
            said, bound = _perform_link_action(request, case, action)
            if said:
                messages.success(request, said)
                return redirect("safeguarding:case", case.pk)
            error = MISSING
        except NotAllowed as refused:
            error, bound = str(refused), {"link": LinkCaseForm(request.POST, prefix="link")}
    context = build_lead_context(
        request, case=case, error=error, form=bound.get("link") or LinkCaseForm(prefix="link"),
        links=_list_links_with_forms(case, request.user, bound),
    )  # fmt: skip
    return render(request, "consultation/safeguarding/case_links/links.html", context, status=422 if error else 200)


def _perform_link_action(request, case, action):
    """(what was done, invalid forms by name); one of both is empty."""
    if action.chosen()["do"] == "link":
        form = LinkCaseForm(request.POST, prefix="link")
        if not form.is_valid():
            return "", {"link": form}
        other = actions.find_named_case(form.cleaned_data.pop("other"), request.user)
        actions.link_cases(case=case, other=other, by=request.user, **form.cleaned_data)
        return f"Linked with {other.name}. Both items show it.", {}
    found = next((each for each in actions.list_links(case, request.user) if str(each.link.pk) == action.value), None)
    if found is None:
        raise NotAllowed(UNKNOWN_VERB)
    form = UnlinkCaseForm(request.POST, prefix=f"un-{found.link.pk}")
    if not form.is_valid():
        return "", {str(found.link.pk): form}
    actions.unlink_cases(link=found.link, by=request.user, **form.cleaned_data)
    return f"Taken apart from {found.other.name}. The link stays on record.", {}


def _list_links_with_forms(case, lead, bound):
    return [
        {"seen": each, "form": bound.get(str(each.link.pk)) or UnlinkCaseForm(prefix=f"un-{each.link.pk}")}
        for each in actions.list_links(case, lead)
    ]

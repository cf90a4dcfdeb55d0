"""The leads' page that searches triaged cases. The words are posted, so that no address or log holds them."""

from django import forms
from django.shortcuts import render

from consultation.access import NotAllowed
from consultation.action_forms import MISSING, PostedForm
from consultation.safeguarding.case_search import actions
from consultation.safeguarding.case_search.models import CaseSearch
from consultation.safeguarding.lead_access import build_lead_context, lead_view

LATEST = 10


class CaseSearchForm(PostedForm):
    """What to search for, and why; `page` of the next cases."""

    words = forms.CharField(
        label="Words that the case may hold",
        max_length=200,
        help_text="All of them, in any order. They are not kept.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Why you search",
        max_length=200,
        help_text="It is sealed and kept. That you opened each of the cases is written in the audit log.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)


@lead_view(to_post="consultation.decide_triage")
def show_search(request):
    form, result, error, page = CaseSearchForm.of(request), None, "", 1
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        page = given["page"] or 1
        try:
            result = actions.search_cases(by=request.user, words=given["words"], reason=given["reason"], page=page)
        except NotAllowed as refused:
            error = str(refused)
    elif form.is_bound:
        error = MISSING
    context = build_lead_context(
        request, form=form, error=error, result=result, page=page, next_page=page + 1,
        at_once=actions.OPENED_AT_ONCE, own=CaseSearch.objects.filter(by=request.user)[:LATEST],
    )  # fmt: skip
    return render(request, "consultation/safeguarding/case_search/search.html", context, status=422 if error else 200)

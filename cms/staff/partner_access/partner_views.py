"""Pages of partners' openings by agency, for leads and auditors, and of a release for one agency, for officers."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cms.accounts.agreements import AgreedRelease, Agreement
from cms.staff.partner_access import actions
from cms.staff.partner_access import partner_openings as log
from cms.staff.partner_access.actions import NOT_IN_DATE
from consultation.access import NotAllowed, staff_view
from consultation.action_forms import PostedForm
from insights.forms import render_form
from insights.releases.models import Release

A_PAGE = 50


class AgreedReleaseForm(PostedForm):
    agreement = forms.ModelChoiceField(
        queryset=Agreement.objects.none(),
        label="Under which agreement?",
        empty_label="Choose",
        help_text="Its agency’s people see the release until it ends, and no other partner does.",
        error_messages={
            "required": "Choose an agreement.",
            "invalid_choice": NOT_IN_DATE,
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = Agreement.objects.in_date().select_related("agency")


def _may_see_openings(user):
    return user.has_perm("consultation.read_audit") or user.has_perm("consultation.see_triage")


@staff_view(_may_see_openings, method="GET")
def show_openings(request):
    agency = request.GET.get("agency", "").replace("\0", "")
    page = Paginator(log.list_entries_of_agency(agency) if agency else log.list_partner_entries(), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "section": "partners",
        "agencies": log.list_agency_usage(timezone.localdate()),
        "agreed": AgreedRelease.objects.select_related("release__consultation", "agreement__agency", "released_by"),
        "agency": agency,
        "days": log.DAYS,
        "page": page,
        "rows": log.describe_entries(page.object_list),
    }
    return render(request, "cms/staff/partner_access/openings.html", context)


@staff_view("insights.publish_release")
def edit_agreed_release(request, pk):
    """For which agency alone a release is, chosen among the agreements in date."""
    release = get_object_or_404(Release.objects.select_related("consultation"), pk=pk)
    form = AgreedReleaseForm.of(request)
    try:
        if request.method == "POST":
            agreed = actions.release_under_agreement(release=release, by=request.user, **form.chosen())
            messages.success(request, f"Of all partners, only {agreed.agreement.agency} sees it from now on.")
            return redirect("insights:releases")
    except NotAllowed as refused:
        messages.error(request, str(refused))
    context = {"section": "releases", "release": release, "save": "Release to this agency alone"}
    crumbs = [("Releases", reverse("insights:releases"))]
    template = "cms/staff/partner_access/agreed_release.html"
    return render_form(request, form, template, heading="Release to one agency", crumbs=crumbs, **context)

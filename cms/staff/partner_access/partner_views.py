"""Page of partners' openings by agency, for leads and auditors."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.staff.partner_access import partner_openings as log
from consultation.access import staff_view

A_PAGE = 50


def _may_see_openings(user):
    return user.has_perm("consultation.read_audit") or user.has_perm("consultation.see_triage")


@staff_view(_may_see_openings)
@require_safe
def show_openings(request):
    agency = request.GET.get("agency", "").replace("\0", "")
    page = Paginator(log.list_entries_of_agency(agency) if agency else log.list_partner_entries(), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "section": "partners",
        "agencies": log.list_agency_usage(timezone.localdate()),
        "agency": agency,
        "days": log.DAYS,
        "page": page,
        "rows": log.describe_entries(page.object_list),
    }
    return render(request, "cms/staff/partner_access/openings.html", context)

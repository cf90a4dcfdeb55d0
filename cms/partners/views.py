"""Page of partners' openings by agency, for leads and auditors."""

from django.contrib.auth.decorators import login_required, user_passes_test
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.partners import openings as log

A_PAGE = 50


def _may(user):
    if user.has_perm("consultation.read_audit") or user.has_perm("consultation.see_triage"):
        return True
    raise PermissionDenied


@never_cache
@login_required
@user_passes_test(_may)
@require_safe
def openings(request):
    agency = request.GET.get("agency", "").replace("\0", "")
    page = Paginator(log.of_agency(agency) if agency else log.entries(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "partners",
        "agencies": log.agencies(timezone.localdate()),
        "agency": agency,
        "days": log.DAYS,
        "page": page,
        "rows": log.told(page.object_list),
    }
    return render(request, "cms/partners/openings.html", context)

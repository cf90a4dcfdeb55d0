"""Hides releases for another agency from a partner, records every page under /insights/ that they open, and explains
refusals after an agreement has ended or when the record cannot be written."""

from django.shortcuts import render

from cms.staff.partner_access.actions import list_withheld_from
from consultation.audit.audit_log import AuditUnavailable
from insights.releases.partner_sharing import is_opening_recorded, is_partner, record_partner_opening
from insights.releases.withheld_releases import withhold_releases

PLANNER_PREFIX = "/insights/"


class PartnerMiddleware:
    """Must run after authentication. Openings that a view already recorded are not recorded twice."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PLANNER_PREFIX) or not request.user.is_authenticated:
            return self.get_response(request)
        user = request.user
        with withhold_releases(list_withheld_from(user)):
            response = self.get_response(request)
        if response.status_code == 403 and user.partner_has_lapsed and not user.has_perm("insights.view_reports"):
            return render(request, "cms/staff/partner_access/closed.html", status=403)
        if response.status_code == 200 and is_partner(user) and not is_opening_recorded(user):
            match = request.resolver_match  # of it the URL name and the primary key: no free text
            keys = {name: str(value) for name, value in match.kwargs.items() if name == "pk"}
            try:
                record_partner_opening(user, page=match.url_name, **keys)
            except AuditUnavailable as error:
                return self.process_exception(request, error)
        return response

    def process_exception(self, request, error):
        """Answers 503 if the opening could not be recorded."""
        if not isinstance(error, AuditUnavailable):
            return None
        response = render(
            request, "cms/staff/partner_access/not_on_record.html", {"partner": is_partner(request.user)}, status=503
        )
        response["Retry-After"] = "60"
        return response

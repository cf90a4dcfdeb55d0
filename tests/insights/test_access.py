import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from consultation.access import require_permission
from insights.access import planner_view
from tests import factories

pytestmark = pytest.mark.django_db


@planner_view
def show_page(request):
    return HttpResponse("words")


def test_report_readers_alone_open_a_planners_page_and_no_browser_keeps_it(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    assert show_page(request)["Location"].startswith("/accounts/login/")
    request.user = factories.staff("reader@example.org", "consultation.read_audit")
    with pytest.raises(PermissionDenied):
        show_page(request)
    request.user = factories.staff("planner@example.org", "insights.view_reports")
    assert "no-store" in show_page(request)["Cache-Control"]


def test_an_action_is_refused_by_name_and_by_policy():
    planner = factories.staff("planner@example.org", "insights.view_reports")
    require_permission(planner, "insights.view_reports")
    require_permission(planner, lambda by, owner: by == owner, planner)
    for permission, *of in (("insights.export",), (lambda by, owner: by == owner, None)):
        with pytest.raises(PermissionDenied):
            require_permission(planner, permission, *of)

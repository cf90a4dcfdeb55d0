"""Of Wagtail's admin, who does not edit pages reaches its first page and what their role works on, and no more: no list,
history, report or chooser of pages, pictures and documents."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

EDITS = "consultation.edit_consultation"
WITHOUT_PAGES = {
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_dismissibles",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtail_localize:javascript_catalog",
}
HELP_ENTRIES = "wagtailsnippets_consultation_helpentry"
# Who edits the thing decides there; the second tells two people that they edit the same.
GUARDED_BY_WAGTAIL = {HELP_ENTRIES, "wagtailadmin_editing_sessions"}
# A lead who checks a consultation opens it there, while it is with them: Wagtail asks whether it is.
CHECKS = "consultation.safety_check"
WHILE_CHECKING = {
    f"wagtailadmin_pages:{name}"
    for name in (
        "edit", "preview_on_edit", "view_draft", "workflow_action", "collect_workflow_action_data", "workflow_preview",
        "revisions_compare", "revisions_view",
    )
}  # fmt: skip
FALLS_OVER = "wagtailadmin_error_test"  # a page of Wagtail that shows how an error looks


class WagtailPageAccessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if match.view_name == FALLS_OVER:
            raise Http404
        needs_pages = _is_wagtails(match) and match.view_name not in WITHOUT_PAGES
        if needs_pages and request.user.is_authenticated and not _may_see_pages(request.user, match):
            raise PermissionDenied


def _is_wagtails(match: Any) -> bool:
    """Names of its addresses, and of its rooms, begin with its own; ours never do."""
    staff = match.route.startswith("staff/") and match.view_name.startswith("wagtail")
    return staff and match.namespace not in GUARDED_BY_WAGTAIL


def _may_see_pages(user: Any, match: Any) -> bool:
    return user.has_perm(EDITS) or (match.view_name in WHILE_CHECKING and user.has_perm(CHECKS))

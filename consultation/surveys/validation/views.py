"""“Check this consultation”: all findings on one page, each with a link to its question and a form to override it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, user_passes_test
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultation.access import NotAllowed
from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation import actions
from consultation.surveys.validation.findings import build_findings_report
from consultation.surveys.validation.policies import may_let_through, may_view_findings


def require_view_permission(user):
    if not may_view_findings(user):
        raise PermissionDenied
    return True


@never_cache
@login_required
@user_passes_test(require_view_permission)
@require_http_methods(["GET", "HEAD", "POST"])
def show_findings(request, pk):
    page = get_object_or_404(ConsultationPage, pk=pk).source
    error, at, typed = "", "", request.POST.get("reason", "")
    if request.method == "POST":
        at = request.POST.get("finding", "")
        try:
            messages.success(request, _change_override(page, request.user, request.POST, at))
            return redirect("validation:one", page.pk)
        except NotAllowed as refused:
            error = str(refused)
    found = build_findings_report(page)
    context = {
        "page": page,
        "report": found,
        "groups": group_by_linter(found, request.user),
        "error": error,
        "at": at,
        "typed": typed,
    }
    return render(request, "consultation/surveys/validation/checks.html", context, status=422 if error else 200)


@never_cache
@login_required
@user_passes_test(require_view_permission)
@require_safe
def show_findings_list(request, pk):
    """The list in the editor's panel, reloaded after each save."""
    page = get_object_or_404(ConsultationPage, pk=pk).source
    return render(
        request, "consultation/surveys/validation/list.html", {"page": page, "report": build_findings_report(page)}
    )


def group_by_linter(found, user):
    """Findings grouped by linter, blocking ones first, with whether this user may override them."""
    together: dict[str, list] = {}
    for one in [*found.stopping, *found.let_through, *found.advice]:
        together.setdefault(one.finding.linter.key, []).append(one)
    return [
        {"linter": ones[0].finding.linter, "ones": ones, "may": may_let_through(user, ones[0].finding.linter)}
        for ones in together.values()
    ]


def _change_override(page, by, posted, digest):
    if posted.get("do") == "back":
        actions.take_back_override(page=page, digest=digest, by=by)
        return "It stops the consultation again."
    actions.let_finding_through(page=page, digest=digest, reason=posted.get("reason", ""), by=by)
    return "Let through. It is shown to whoever approves, and stands in the audit log."

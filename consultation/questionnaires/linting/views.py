"""“Check this consultation”: all findings on one page, each with a link to its question and a form to override it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, user_passes_test
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultation.questionnaires.linting import actions
from consultation.questionnaires.linting.findings import report
from consultation.questionnaires.linting.policies import may_let_through, may_look
from consultation.questionnaires.models import ConsultationPage


def allowed(user):
    if not may_look(user):
        raise PermissionDenied
    return True


@never_cache
@login_required
@user_passes_test(allowed)
@require_http_methods(["GET", "HEAD", "POST"])
def checks(request, pk):
    page = get_object_or_404(ConsultationPage, pk=pk).source
    error, at, typed = "", "", request.POST.get("reason", "")
    if request.method == "POST":
        at = request.POST.get("finding", "")
        try:
            messages.success(request, _do(page, request.user, request.POST, at))
            return redirect("checks:one", page.pk)
        except actions.NotAllowed as refused:
            error = str(refused)
    found = report(page)
    context = {
        "page": page,
        "report": found,
        "groups": groups(found, request.user),
        "error": error,
        "at": at,
        "typed": typed,
    }
    return render(request, "consultation/questionnaires/checks/checks.html", context, status=422 if error else 200)


@never_cache
@login_required
@user_passes_test(allowed)
@require_safe
def checks_now(request, pk):
    """The list in the editor's panel, reloaded after each save."""
    page = get_object_or_404(ConsultationPage, pk=pk).source
    return render(request, "consultation/questionnaires/checks/list.html", {"page": page, "report": report(page)})


def groups(found, user):
    """Findings grouped by linter, blocking ones first, with whether this user may override them."""
    together: dict[str, list] = {}
    for one in [*found.stopping, *found.let_through, *found.advice]:
        together.setdefault(one.finding.linter.key, []).append(one)
    return [
        {"linter": ones[0].finding.linter, "ones": ones, "may": may_let_through(user, ones[0].finding.linter)}
        for ones in together.values()
    ]


def _do(page, by, posted, digest):
    if posted.get("do") == "back":
        actions.take_back(page=page, digest=digest, by=by)
        return "It stops the consultation again."
    actions.let_through(page=page, digest=digest, reason=posted.get("reason", ""), by=by)
    return "Let through. It is shown to whoever approves, and stands in the audit log."

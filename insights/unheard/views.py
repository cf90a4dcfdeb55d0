"""The page of unanswered voices with its filters, and the form to dismiss an alert."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from insights.reports.disclosure.wording import wording_of
from insights.unheard import actions, figures, finding, policies, stale
from insights.unheard.forms import WAYS, DismissForm, LookForm
from insights.unheard.models import Dismissal

A_PAGE = 30


def for_readers(view):
    return never_cache(login_required(permission_required("insights.view_reports", raise_exception=True)(view)))


@require_safe
@for_readers
def unheard(request):
    form = LookForm(request.GET)
    chosen = form.chosen
    releases = figures.newest()
    themes = [one for one in figures.spoken(releases) if form.fits(one)]
    waiting, page = finding.waiting(themes), chosen.get("consultation")
    context = {
        "section": "unheard",
        "form": form,
        "ways": [way for way, _ in WAYS if chosen.get("way", way) == way],
        "waiting": Paginator(waiting, A_PAGE).get_page(request.GET.get("page")),
        "hidden": finding.hidden(themes),
        "rules": wording_of(*(release.rules for release in releases)),
        "strands": finding.by_strand(themes, waiting),
        "late": finding.late(timezone.localdate()),
        "alerts": [one for one in stale.alerts(releases) if page in (None, one.release.consultation.slug)],
        "dismissals": Dismissal.objects.select_related("decision", "release__consultation", "by")[:10],
        "audiences": finding.audiences(releases),
        "may_dismiss": policies.may_dismiss(request.user),
    }
    return render(request, "insights/unheard/unheard.html", context)


@for_readers
def dismiss(request, slug, release, theme):
    if not policies.may_dismiss(request.user):
        raise PermissionDenied
    wanted = (slug, release, theme)
    alert = next((one for one in stale.alerts() if (one.decision.slug, one.release.pk, one.theme_id) == wanted), None)
    if alert is None:
        raise Http404
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dismiss(alert=alert, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "The reason is kept, and the ledger has it.")
        return redirect("insights:unheard")
    context = {"section": "unheard", "alert": alert, "form": form}
    return render(request, "insights/unheard/dismiss.html", context)


MOST = 4


def top():
    """For the planners' home: the first alerts and grave themes, silent audiences, and the counts."""
    releases = figures.newest()
    waiting = finding.waiting(figures.spoken(releases))
    late, alerts = finding.late(timezone.localdate()), stale.alerts(releases)
    return {
        "alerts": alerts[:MOST],
        "grave": [row for row in waiting if row.spoken.entry.gravity >= figures.GRAVE][:MOST],
        "silent": [row["label"] for row in finding.audiences(releases) if row["reported"] and not row["decisions"]],
        "counts": {"waiting": len(waiting), "late": len(late), "alerts": len(alerts)},
    }

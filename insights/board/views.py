"""Pages of the board: the whole strategy, and the report of a quarter with its PDF."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.audit.log import record as audit
from insights.board import quarters, table
from insights.decisions.views import needs
from insights.printing import press
from insights.reports.actions import note_partner
from insights.reports.partners import shared_with
from insights.reports.quarters import Quarter

NO_PRESS = "This machine cannot make a PDF: Pango is missing. Print the page instead."


def _note_partner(request, found):
    """Record that a partner sees the figures of these releases, which are shared under an agreement."""
    for release in {one.release.pk: one.release for point in found for one in point.heard}.values():
        note_partner(release=release, by=request.user)


def _filters(request, found):
    """({filter: valid value or ""} from the query string, all owners)."""
    strands = {str(point.strand) for point in found}
    owners = sorted({name for point in found for name in point.owners}, key=str.casefold)
    known = {"strand": strands, "gap": {"any", *dict(table.GAPS)}, "agency": set(owners)}
    asked = {name: request.GET.get(name, "") for name in known}
    return {name: value if value in known[name] else "" for name, value in asked.items()}, owners


@require_safe
@needs("insights.view_reports")
def board(request):
    found = table.points()
    _note_partner(request, found)
    asked, owners = _filters(request, found)
    context = {
        "section": "board",
        "strands": table.by_strand(table.filtered(found, **asked)),
        "all_strands": table.strategy.strands(),
        "totals": table.totals(found),
        "unplaced": table.unplaced(),
        "gaps": table.GAPS,
        "owners": owners,
        "asked": asked,
        "is_filtered": any(asked.values()),
        "quarter": Quarter.of(timezone.localdate()),
    }
    return render(request, "insights/board/board.html", context)


@require_safe
@needs("insights.view_reports")
def report(request):
    today = timezone.localdate()
    quarter = Quarter.read(request.GET.get("quarter"), today)
    now = Quarter.of(today)
    said = quarters.report(quarter, today)
    _note_partner(request, said["points"])
    context = said | {
        "section": "board",
        "earlier": quarter.before,
        "later": quarter.next if quarter < now else None,
        "is_running": quarter == now,
    }
    return render(request, "insights/board/report.html", context)


@require_safe
@needs("insights.view_reports")
@permission_required("insights.export", raise_exception=True)
def paper(request):
    """The report as a tagged PDF; the audit log records the export."""
    today = timezone.localdate()
    quarter = Quarter.read(request.GET.get("quarter"), today)
    said = quarters.report(quarter, today)
    _note_partner(request, said["points"])
    context = said | {"mark": shared_with(request.user) or f"Board report, {quarter}", "is_running": False}
    try:
        made = press.make("insights/board/paper.html", context)
    except press.NoPress:
        messages.error(request, NO_PRESS)
        return redirect("insights:board-report")
    audit(
        "export made",
        by=request.user,
        kind="board report",
        quarter=quarter.slug,
        hash=hashlib.sha256(made).hexdigest(),
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = f'attachment; filename="board-report-{quarter.slug}.pdf"'
    return answer

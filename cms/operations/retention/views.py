"""The retention report for auditors: periods, next erasures, past erasures."""

from django.core.paginator import Paginator
from django.shortcuts import render

from cms.operations.retention import actions
from cms.operations.retention.retention_registry import ERASURES, KEPT, REQUESTED
from consultation.access import staff_view
from consultation.audit.erasure_types import RETENTION_RUN
from consultation.audit.models import AuditEntry
from consultation.surveys.models import ConsultationPage


def _describe_erasures(entries):
    """Audit entries with their erasure and page."""
    by_slug = {erasure.slug: erasure for erasure in ERASURES}
    pages = ConsultationPage.objects.in_bulk([int(e.object_id) for e in entries if e.object_id.isdecimal()])
    for entry in entries:
        yield {
            "entry": entry,
            "erasure": by_slug.get(entry.data.get("erased")),
            "page": pages.get(int(entry.object_id)) if entry.object_id.isdecimal() else None,
        }


def _describe_kept(kept):
    groups = sorted(kept.groups(), key=lambda group: (group.on, group.name))
    return {"kept": kept, "next": groups[0] if groups else None, "count": len(groups)}


@staff_view("consultation.read_audit", method="GET")
def show_retention_report(request):
    runs = AuditEntry.objects.filter(verb=RETENTION_RUN).order_by("-seq")
    page = Paginator(runs, 25).get_page(request.GET.get("page"))
    lines = actions.preview_erasures()
    context = {
        "lines": lines,
        "due": [line for line in lines if line.due],
        "held_back": [(line.erasure, group) for line in lines for group in line.held_back],
        "kept": [_describe_kept(kept) for kept in KEPT],
        "requested": REQUESTED,
        "page": page,
        "went": list(_describe_erasures(page.object_list)),
    }
    return render(request, "cms/operations/retention/report.html", context)

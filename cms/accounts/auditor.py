"""The audit log, for auditors: newest first, by verb or object, whole or broken; and as a sheet."""

import csv

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from cms.accounts.models import User
from consultation.audit.log import record
from consultation.audit.models import AuditEntry, canonical

COLUMNS = ("seq", "day", "minute", "actor", "verb", "object_type", "object_id", "data", "prev", "hash")
FILTERS = ("verb", "actor", "object_type", "object_id")


def auditors_only(view):
    return login_required(permission_required("consultation.read_audit", raise_exception=True)(view))


def _chosen(request):
    wanted = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    return AuditEntry.objects.filter(**wanted).order_by("-seq"), wanted


@auditors_only
def audit(request):
    entries, wanted = _chosen(request)
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=[e.actor for e in page if e.actor])}
    rows = [(entry, names.get(entry.actor, "")) for entry in page]
    verbs = AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    context = {
        "rows": rows,
        "page": page,
        "verbs": verbs,
        "wanted": wanted,
        "broken": AuditEntry.objects.first_break(),
    }
    return render(request, "cms/audit/log.html", context)


@auditors_only
def export(request):
    """Every entry with its hashes, so that the chain can be verified elsewhere. The export is an entry itself."""
    entries, wanted = _chosen(request)
    rows = list(entries.order_by("seq").values(*COLUMNS))
    record("audit log exported", by=request.user, rows=len(rows), filtered_by=sorted(wanted))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    writer = csv.DictWriter(response, COLUMNS)
    writer.writeheader()
    writer.writerows(row | {"data": canonical(row["data"])} for row in rows)
    return response

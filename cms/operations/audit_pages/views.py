"""Auditors' pages: the audit log with filters, its verification and its export."""

from functools import cache

from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render

from cms.operations.audit_pages.restricted_entries import mask_restricted_entries, select_seen_entries
from consultation.access import staff_view
from consultation.audit.models import AuditEntry
from consultation.file_output.spreadsheets import deliver_table

COLUMNS = ("seq", "day", "minute", "actor", "verb", "object_type", "object_id", "data", "prev", "hash")
MAX_PROBLEMS_SHOWN = 50  # problems of a broken chain on one page

# The glossary's words for models that keep their first names, as the entries and their hashes do.
WORDS_OF_MODELS = {
    "triagecase": "case",
    "caselink": "link of two cases",
    "consultationpage": "consultation",
    "knownagency": "agency",
    "agency": "agency that acts on a decision",
    "check": "member check",
    "kiosk": "shared tablet",
    "knownwords": "allow list",
    "minorityvoice": "minority view",
    "originalopened": "unredacted access",
    "screenmodel": "model of the screen",
    "tombstone": "deletion marker",
}


class AuditLogFilter(forms.Form):
    verb = forms.CharField(
        required=False, label="What was done", widget=forms.TextInput(attrs={"list": "verbs", "autocomplete": "off"})
    )
    actor = forms.CharField(required=False, label="By (e-mail or number)")
    object_id = forms.CharField(required=False, label="Object number")
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="From")
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="To")

    def find_entries(self, auditor):
        """Matching entries: all for an empty form, none for an invalid one. A filter never matches a restricted entry:
        that would tell what it holds."""
        if not self.is_valid():
            return AuditEntry.objects.none()
        if not any(self.cleaned_data.values()):
            return AuditEntry.objects.order_by("-seq")
        wanted, found = self.cleaned_data, Q()
        if wanted["verb"]:
            found &= Q(verb__icontains=wanted["verb"])
        if wanted["actor"]:
            found &= Q(actor__in=self._find_actor_ids(wanted["actor"].strip()))
        if wanted["object_id"]:
            found &= Q(object_id=wanted["object_id"].strip())
        if wanted["since"]:
            found &= Q(day__gte=wanted["since"].isoformat())
        if wanted["until"]:
            found &= Q(day__lte=wanted["until"].isoformat())
        return select_seen_entries(auditor).filter(found).order_by("-seq")

    @staticmethod
    def _find_actor_ids(said):
        if said.isdecimal():
            return [said]
        users = get_user_model().objects.filter(email__icontains=said).values_list("pk", flat=True)
        return [str(pk) for pk in users]


@cache
def name_model(model_name):
    """A model's name in words; as it is stored, where the model is no more."""
    named = {model._meta.model_name: str(model._meta.verbose_name) for model in apps.get_models()} | WORDS_OF_MODELS
    return named.get(model_name, model_name)


@staff_view("consultation.read_audit", method="GET")
def show_audit_log(request):
    form = AuditLogFilter(request.GET or {})
    page = Paginator(form.find_entries(request.user), 50).get_page(request.GET.get("page"))
    entries = list(mask_restricted_entries(page.object_list, request.user))
    actors = {int(entry.actor) for entry in entries if entry.actor.isdecimal()}
    names = {str(user.pk): str(user) for user in get_user_model().objects.filter(pk__in=actors)}
    rows = [
        {"entry": entry, "actor": names.get(entry.actor, entry.actor), "object": name_model(entry.object_type)}
        for entry in entries
    ]
    checked = "check" in request.GET
    problems = AuditEntry.objects.problems()[:MAX_PROBLEMS_SHOWN] if checked else []
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "checked": checked,
        "problems": problems,
        "verbs": select_seen_entries(request.user).order_by("verb").values_list("verb", flat=True).distinct(),
    }
    return render(request, "cms/operations/audit_pages/log.html", context)


@staff_view("consultation.read_audit", method="GET")
def export_audit_log(request):
    """The filtered log as CSV, as it is stored, so that its hashes can be computed. The export is itself audited."""
    entries = AuditLogFilter(request.GET or {}).find_entries(request.user).iterator()
    seen = mask_restricted_entries(entries, request.user)
    rows = ([getattr(entry, column) for column in COLUMNS] for entry in seen)
    return deliver_table(by=request.user, kind="audit log", name="audit-log", columns=COLUMNS, rows=rows)

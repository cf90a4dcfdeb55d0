"""Staff pages of the ledger: entries, verification, signed heads and the CSV file."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render

from consultation.access import staff_view
from consultation.file_output.spreadsheets import deliver_table
from insights.access import VIEW_REPORTS
from insights.decisions.ledger import head_signing, ledger_verification
from insights.decisions.ledger.models import LedgerHead
from insights.decisions.models import Decision, LedgerEntry
from insights.decisions.policies import may_draft_or_publish

COLUMNS = ("seq", "prev", "day", "actor", "verb", "decision", "data", "hash")
MOST_TOLD = 50


def may_download_ledger(by: Any) -> bool:
    return bool(
        by.has_perm("consultation.read_audit") or (may_draft_or_publish(by) and by.has_perm("insights.export"))
    )


def may_see_ledger_drafts(by: Any) -> bool:
    """All others see entries about drafts without the draft's name."""
    return bool(by.has_perm("consultation.read_audit") or may_draft_or_publish(by))


class LedgerFilterForm(forms.Form):
    decision = forms.CharField(required=False, label="Decision (its name in the address)")
    verb = forms.ChoiceField(required=False, label="What was done")
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="From")
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="To")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        verbs = LedgerEntry.objects.order_by("verb").values_list("verb", flat=True).distinct()
        self.fields["verb"].choices = [("", "Everything"), *((verb, verb.capitalize()) for verb in verbs)]

    def find_entries(self, named):
        """Entries, newest first; none if the form is invalid or asks for a decision outside `named` (None: all)."""
        if not self.is_valid():
            return LedgerEntry.objects.none()
        wanted = self.cleaned_data
        if named is not None and wanted["decision"].strip() not in {"", *named}:
            return LedgerEntry.objects.none()
        asked = {
            "decision": wanted["decision"].strip(), "verb": wanted["verb"],
            "day__gte": wanted["since"] and wanted["since"].isoformat(),
            "day__lte": wanted["until"] and wanted["until"].isoformat(),
        }  # fmt: skip
        return LedgerEntry.objects.filter(**{name: value for name, value in asked.items() if value}).order_by("-seq")


@staff_view(VIEW_REPORTS, method="GET")
def show_ledger(request):
    form, checked = LedgerFilterForm(request.GET), "check" in request.GET
    # Slugs that the reader may see by name; None means all, drafts included.
    sees_drafts = may_see_ledger_drafts(request.user)
    named = None if sees_drafts else set(Decision.objects.published().values_list("slug", flat=True))
    page = Paginator(form.find_entries(named), 50).get_page(request.GET.get("page"))
    for entry in page:
        entry.is_of_a_draft = named is not None and bool(entry.decision) and entry.decision not in named
    opens = Decision.objects.seen_by(request.user).filter(slug__in={entry.decision for entry in page})
    problems = ledger_verification.list_ledger_problems() if checked else []
    if problems and not sees_drafts:
        problems = [f"{len(problems)} found. Whoever writes decisions, and the auditors, see here which."]
    context = {
        "section": "ledger",
        "form": form,
        "page": page,
        "opens": set(opens.values_list("slug", flat=True)),
        "checked": checked,
        "problems": problems[:MOST_TOLD],
        "head": LedgerHead.objects.order_by("-seq").first(),
        "may_take": may_download_ledger(request.user),
    }
    return render(request, "insights/decisions/ledger/ledger.html", context)


@staff_view(VIEW_REPORTS, method="GET")
def show_heads(request):
    page = Paginator(LedgerHead.objects.order_by("-seq"), 50).get_page(request.GET.get("page"))
    may_take = may_download_ledger(request.user)
    context = {"section": "ledger", "page": page, "key": head_signing.list_public_keys()[0], "may_take": may_take}
    return render(request, "insights/decisions/ledger/heads.html", context)


@staff_view(VIEW_REPORTS, may_download_ledger, method="GET")
def download_ledger(request):
    """The whole ledger, oldest first, in the format of `check_ledger.py`."""
    entries = LedgerEntry.objects.order_by("seq").values_list(*COLUMNS)
    return deliver_table(
        by=request.user, kind="ledger of decisions", name="ledger", columns=COLUMNS, rows=entries.iterator()
    )

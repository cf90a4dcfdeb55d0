"""Openings and exports by partners, per agency, from the audit log."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, Sum

from cms.accounts.agreements import Agreement
from cms.accounts.models import PARTNER, User
from cms.api.models import ApiUse
from consultation.audit.models import AuditEntry
from insights.releases.models import Release

VIEWED_VERB, EXPORTED_VERB = "report viewed by partner", "export made"
DAYS = 30


@dataclass
class AgencyUsage:
    """Usage of one agency; `openings`, `people` and `asked` (API requests) cover the last thirty days."""

    name: str
    agreement: Agreement | None = None
    openings: int = 0
    people: int = 0
    last: str = ""
    asked: int = 0


def list_partner_entries() -> Any:
    """Audit entries of openings and downloads by partners, newest first."""
    partners = [str(pk) for pk in User.objects.filter(groups__name=PARTNER).values_list("pk", flat=True)]
    return AuditEntry.objects.filter(Q(verb=VIEWED_VERB) | Q(verb=EXPORTED_VERB, actor__in=partners)).order_by("-seq")


def list_entries_of_agency(name: str) -> Any:
    people = User.objects.filter(agency__name__iexact=name.strip()).values_list("pk", flat=True)
    return list_partner_entries().filter(actor__in=[str(pk) for pk in people])


def list_agency_usage(today: date) -> list[AgencyUsage]:
    """Every agency with an agreement, a partner or an API client, by name."""
    found: dict[str, AgencyUsage] = {}

    def one(name: str) -> AgencyUsage:
        return found.setdefault(name.strip().casefold(), AgencyUsage(name.strip() or "No agency"))

    agreements = Agreement.objects.select_related("agency")
    for agreement in sorted(
        agreements, key=lambda each: (not each.waits, each.ends)
    ):  # one in force before one that waits
        one(agreement.agency.name).agreement = agreement
    since = today - timedelta(days=DAYS)
    for user in User.objects.filter(groups__name=PARTNER, is_active=True).select_related("agency"):
        one(str(user.agency or ""))
    lately = Q(day__gt=str(since), verb=VIEWED_VERB)  # a download is also recorded as an opening
    counts = list_partner_entries().order_by().values("actor").annotate(last=Max("day"), n=Count("pk", filter=lately))
    agency_of = {str(pk): agency or "" for pk, agency in User.objects.values_list("pk", "agency__name")}
    for row in counts:
        agency = one(agency_of.get(row["actor"], ""))
        agency.openings += row["n"]
        agency.people += row["n"] > 0
        agency.last = max(agency.last, row["last"])
    asked = ApiUse.objects.filter(day__gt=since).values("client__agency__name").annotate(n=Sum("requests"))
    for row in asked:
        one(row["client__agency__name"]).asked += row["n"]
    return sorted(found.values(), key=lambda agency: agency.name.casefold())


def describe_entries(page: Any) -> list[dict[str, Any]]:
    """Entries of one list page, with users, releases and labels resolved."""
    users = {str(user.pk): user for user in User.objects.filter(pk__in={e.actor for e in page if e.actor.isdecimal()})}
    numbers = {int(e.object_id) for e in page if e.object_type == "release"}
    releases = {str(r.pk): r for r in Release.objects.filter(pk__in=numbers).select_related("consultation")}
    return [
        {"entry": e, "by": users.get(e.actor), "release": releases.get(e.object_id), "what": _describe_entry(e)}
        for e in page
    ]


PAGE_LABELS = defaultdict(
    lambda: "Another page",
    {
        "home": "The first page",
        "consultations": "The list of consultations",
        "themes": "Themes over all consultations",
        "theme": "A theme",
        "decisions": "The list of decisions",
        "decision": "A decision",
        "search": "A search",
        "assessment-of": "The strategic assessment",
        "dictionary": "The data dictionary",
        "ledger": "The record of decisions",
    },
)


def _describe_entry(entry: AuditEntry) -> str:
    if entry.verb == EXPORTED_VERB:
        return f"Downloaded: {entry.data.get('kind', '')} ({str(entry.data.get('form', '')).upper()})"
    return "A report" if entry.object_type == "release" else PAGE_LABELS[str(entry.data.get("page", ""))]

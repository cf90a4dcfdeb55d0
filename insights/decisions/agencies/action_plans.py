"""Action plans by agency: counts by status, and the filtered list of actions."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from consultation import handover
from insights.decisions.agencies.models import ENDED, ActionItem, Agency
from insights.decisions.models import Decision, Progress

STATES = (("", "All"), ("open", "Open"), ("overdue", "Overdue"), *Progress.choices)


@dataclass(frozen=True)
class AgencyProgress:
    """Counts of an agency's actions by status."""

    agency: Agency
    all: int
    done: int
    stopped: int
    overdue: int

    @property
    def open(self):
        return self.all - self.done - self.stopped


def summarise_agencies(items=None, today=None):
    """Counts for each agency with actions in published decisions (or among `items`), ordered by name."""
    today = today or timezone.localdate()
    found = (ActionItem.objects.promised() if items is None else items).order_by()
    counted = found.values("agency").annotate(
        every=Count("pk"),
        done=Count("pk", filter=Q(status=Progress.DONE)),
        stopped=Count("pk", filter=Q(status=Progress.STOPPED)),
        overdue=Count("pk", filter=Q(due__lt=today) & ~Q(status__in=ENDED)),
    )
    agencies = Agency.objects.in_bulk([row["agency"] for row in counted])
    rows = [
        AgencyProgress(agencies[row["agency"]], row["every"], row["done"], row["stopped"], row["overdue"])
        for row in counted
    ]
    return sorted(rows, key=lambda row: row.agency.name.casefold())


def list_led_decisions(agency):
    """The decisions in force that this agency leads, under its name in the plans or another on the list."""
    found = Decision.objects.in_force()
    keys = handover.map_agency_keys(found.order_by().values_list("agency", flat=True).distinct())
    names = [name for name, key in keys.items() if key == agency.list_key]
    return found.filter(Q(agency__iexact=agency.name) | Q(agency__in=names))


def list_agency_actions(agency, state=""):
    """The published actions of an agency in one of STATES, by due day with ended ones last."""
    found = ActionItem.objects.promised().of(agency).select_related("decision", "agency")
    if state == "open":
        found = found.open()
    elif state == "overdue":
        found = found.overdue(timezone.localdate())
    elif state in Progress.values:
        found = found.filter(status=state)
    rows = list(found)
    return sorted(rows, key=lambda item: (item.status in ENDED, item.due is None, item.due, item.pk))

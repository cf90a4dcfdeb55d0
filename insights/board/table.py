"""The whole strategy as the board reads it: each point with what was heard, decided and promised, and what is missing.

Only what releases show stands here, so nothing is counted anew and no number is smaller than they show.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from insights.agencies.models import ActionItem
from insights.coding.codebooks import strategy
from insights.decisions.models import Bearing, Decision
from insights.reports.models import Release

FRESH = timedelta(days=365)
NO_EVIDENCE, NO_DECISION, NO_OWNER, LATE, ONE_SIDED = "evidence", "decision", "owner", "late", "against"
GAPS = (
    (NO_EVIDENCE, "Too few people to show, or nobody, in 12 months"),
    (NO_DECISION, "Heard, and nothing decided"),
    (NO_OWNER, "Decided, and no agency has an action"),
    (LATE, "A promise is late"),
    (ONE_SIDED, "No evidence against is cited"),
)


@dataclass(frozen=True)
class Heard:
    """A theme of the newest release of a consultation, with the number that the release shows."""

    release: Release
    label: str
    people: int
    theme: str

    @property
    def url(self):
        return reverse("insights:theme", args=[self.release.pk, self.theme])


@dataclass
class Point:
    """One of the strategy's sub-points."""

    strand: int
    number: str
    slug: str
    text: str
    heard: list = field(default_factory=list)
    decisions: list = field(default_factory=list)
    items: list = field(default_factory=list)

    @property
    def owners(self):
        """Agencies that lead a decision or have an action, each once, by name."""
        names = [one.agency for one in self.decisions] + [item.agency.name for item in self.items]
        return sorted({name.casefold(): name for name in names if name}.values())

    @property
    def late(self):
        return [one for one in self.decisions if one.is_late], [item for item in self.items if item.is_overdue]

    @property
    def gaps(self):
        """Keys of GAPS, as they stand today."""
        held = {
            NO_EVIDENCE: not self.heard,
            NO_DECISION: bool(self.heard) and not self.decisions,
            NO_OWNER: bool(self.decisions) and not self.items,
            LATE: any(self.late),
            ONE_SIDED: any(one.cites and not one.challenged for one in self.decisions),
        }
        return [gap for gap, _ in GAPS if held[gap]]

    @property
    def gap_words(self):
        return [words for gap, words in GAPS if gap in self.gaps]


def points(today: date | None = None) -> list[Point]:
    """All points of the strategy, in its order."""
    today = today or timezone.localdate()
    heard, decided = _heard(today), _decided()
    items = defaultdict(list)
    for item in ActionItem.objects.promised().select_related("agency", "decision"):
        items[item.decision_id].append(item)
    return [
        Point(
            strand["id"], f"{strand['id']}.{number}", slug, text,
            heard=sorted(heard[slug], key=lambda one: (-one.people, one.label)),
            decisions=decided[slug],
            items=[item for one in decided[slug] for item in items[one.pk]],
        )
        for strand in strategy.strands()
        for number, (slug, text) in enumerate(strand["points"], 1)
    ]  # fmt: skip


def _heard(today):
    """{sub-point: what was heard}, from the newest release of each consultation in the last 12 months."""
    newest = {}
    released = Release.objects.published().filter(published_on__gt=today - FRESH)
    for release in released.select_related("consultation", "codebook_version").order_by("published_on", "number"):
        newest[release.consultation_id] = release
    found = defaultdict(list)
    for release in newest.values():
        figure = release.figures.filter(kind="themes", key="all").first()
        shown = {row["id"]: row for row in (figure.table.get("rows", ()) if figure else ()) if row["value"]}
        for entry in release.codebook_version.entries.select_related("theme"):
            if row := shown.get(str(entry.theme_id)):
                for link in entry.links:
                    found[link["sub_point"]].append(Heard(release, row["label"], row["value"], entry.theme.slug))
    return found


def _decided():
    """{sub-point: decisions in force}, each knowing whether it cites evidence, and evidence against."""
    found = defaultdict(list)
    in_force = Decision.objects.in_force().prefetch_related("citations", "figure_citations").order_by("-decided", "pk")
    for decision in in_force:
        bearings = [one.bearing for one in (*decision.citations.all(), *decision.figure_citations.all())]
        decision.cites, decision.challenged = bool(bearings), Bearing.CHALLENGES in bearings
        for link in decision.links:
            found[link["sub_point"]].append(decision)
    return found


def unplaced():
    """Decisions in force that belong to no point: the table would lose them."""
    return [one for one in Decision.objects.in_force() if not one.links]


def filtered(found, *, strand="", gap="", agency=""):
    """By what stands in the address of the page."""
    return [
        point
        for point in found
        if (not strand or str(point.strand) == strand)
        and (not gap or (gap in point.gaps if gap != "any" else point.gaps))
        and (not agency or agency.casefold() in {name.casefold() for name in point.owners})
    ]


def by_strand(found):
    """[(strand, its points)] of those that are left."""
    groups = [(strand, [point for point in found if point.strand == strand["id"]]) for strand in strategy.strands()]
    return [(strand, own) for strand, own in groups if own]


def totals(found):
    """What stands above the table: points, and how many have each gap."""
    gaps = [(gap, words, sum(gap in point.gaps for point in found)) for gap, words in GAPS]
    return {"points": len(found), "without_gap": sum(not point.gaps for point in found), "gaps": gaps}

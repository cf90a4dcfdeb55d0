"""The strategy's sub-points with their themes, decisions, actions and gaps, for the board.

Figures are those that releases show; nothing is counted anew.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from insights.coding.codebooks import strategy
from insights.coding.models import ThemeEntry
from insights.decisions.agencies.models import ActionItem
from insights.decisions.models import Bearing, Citation, Decision, FigureCitation
from insights.releases.models import Figure, Release

HEARD_WITHIN = timedelta(days=365)
MOST_DECISIONS = 3  # decisions shown for a sub-point; its trace has all
DECISION_FIELDS = ("slug", "title", "outcome", "status", "agency", "due", "progress", "decided", "links")
NO_EVIDENCE, NO_DECISION, NO_OWNER, LATE, ONE_SIDED = "evidence", "decision", "owner", "late", "against"
GAPS = (
    (NO_EVIDENCE, "Too few people to show, or nobody, in 12 months"),
    (NO_DECISION, "Heard, and nothing decided"),
    (NO_OWNER, "Decided, and no agency has an action"),
    (LATE, "A promise is late"),
    (ONE_SIDED, "No evidence against is cited"),
)


@dataclass(frozen=True)
class HeardTheme:
    """A theme of a consultation's newest release, with its shown number."""

    release: Release
    label: str
    people: int
    theme: str

    @property
    def url(self):
        return reverse("insights:theme", args=[self.release.pk, self.theme])


@dataclass
class StrategyPoint:
    """One of the strategy's sub-points."""

    strand: int
    number: str
    slug: str
    text: str
    heard: list = field(default_factory=list)
    decisions: list = field(default_factory=list)
    items: list = field(default_factory=list)

    @cached_property
    def shown(self):
        """The decisions that the table names: late ones first, then the newest."""
        return sorted(self.decisions, key=lambda one: not one.is_late)[:MOST_DECISIONS]

    @property
    def more(self):
        return len(self.decisions) - len(self.shown)

    @cached_property
    def owners(self):
        """Names of the agencies that lead a decision or have an action, each once."""
        names = [one.agency for one in self.decisions] + [item.agency.name for item in self.items]
        return sorted({name.casefold(): name for name in names if name}.values())

    @cached_property
    def late(self):
        return [one for one in self.decisions if one.is_late], [item for item in self.items if item.is_overdue]

    @cached_property
    def gaps(self):
        """Keys of GAPS that apply today."""
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


def build_strategy_points(today: date | None = None) -> list[StrategyPoint]:
    """All sub-points, in the strategy's order."""
    today = today or timezone.localdate()
    heard, decided = _heard_by_sub_point(today), _decisions_by_sub_point()
    items = defaultdict(list)
    for item in ActionItem.objects.promised().prefetch_related("agency"):  # few agencies: each is made once
        items[item.decision_id].append(item)
    return [
        StrategyPoint(
            strand["id"], f"{strand['id']}.{number}", slug, text,
            heard=sorted(heard[slug], key=lambda one: (-one.people, one.label)),
            decisions=decided[slug],
            items=[item for one in decided[slug] for item in items[one.pk]],
        )
        for strand in strategy.list_strands()
        for number, (slug, text) in enumerate(strand["points"], 1)
    ]  # fmt: skip


def _heard_by_sub_point(today):
    """{sub-point: [Heard]} from the newest release of each consultation in the last 12 months."""
    newest = {}
    released = Release.objects.published().filter(published_on__gt=today - HEARD_WITHIN)
    for release in (
        released.select_related("consultation").defer("consultation__body").order_by("published_on", "number")
    ):
        newest[release.consultation_id] = release
    tables, entries, found = _theme_tables(newest.values()), _entries_by_version(newest.values()), defaultdict(list)
    for release in newest.values():
        shown = {row["id"]: row for row in tables.get(release.pk, {}).get("rows", ()) if row["value"]}
        for entry in entries[release.codebook_version_id]:
            if row := shown.get(str(entry.theme_id)):
                for link in entry.links:
                    found[link["sub_point"]].append(HeardTheme(release, row["label"], row["value"], entry.theme.slug))
    return found


def _theme_tables(releases):
    """{release id: its theme table}"""
    figures = Figure.objects.filter(release__in=[release.pk for release in releases], kind="themes", key="all")
    return dict(figures.values_list("release_id", "table"))


def _entries_by_version(releases):
    """{codebook version id: its entries}"""
    versions, found = {release.codebook_version_id for release in releases}, defaultdict(list)
    for entry in ThemeEntry.objects.filter(version__in=versions).select_related("theme"):
        found[entry.version_id].append(entry)
    return found


def _decisions_by_sub_point():
    """{sub-point: decisions in force}, each with `cites` (any evidence) and `challenged` (evidence against)."""
    bearings, found = _bearings_by_decision(), defaultdict(list)
    for decision in Decision.objects.in_force().only(*DECISION_FIELDS).order_by("-decided", "pk"):
        decision.cites, decision.challenged = bool(bearings[decision.pk]), Bearing.CHALLENGES in bearings[decision.pk]
        for link in decision.links:
            found[link["sub_point"]].append(decision)
    return found


def _bearings_by_decision():
    """{decision id: bearings of its citations}"""
    found = defaultdict(set)
    for cited in (Citation, FigureCitation):
        for decision, bearing in cited.objects.order_by().values_list("decision_id", "bearing").distinct():
            found[decision].add(bearing)
    return found


def unplaced_decisions():
    """Decisions in force without a sub-point, which the table lacks."""
    return Decision.objects.in_force().filter(links=[])


def filter_points(found, *, strand="", gap="", agency=""):
    """Sub-points that match the page's filters; an empty filter matches all."""
    return [
        point
        for point in found
        if (not strand or str(point.strand) == strand)
        and (not gap or (gap in point.gaps if gap != "any" else point.gaps))
        and (not agency or agency.casefold() in {name.casefold() for name in point.owners})
    ]


def group_by_strand(found):
    """[(strand, its sub-points)] without empty strands."""
    groups = [
        (strand, [point for point in found if point.strand == strand["id"]]) for strand in strategy.list_strands()
    ]
    return [(strand, own) for strand, own in groups if own]


def count_gaps(found):
    """{points, without_gap, gaps: [(gap, words, number of sub-points)]}"""
    gaps = [(gap, words, sum(gap in point.gaps for point in found)) for gap, words in GAPS]
    return {"points": len(found), "without_gap": sum(not point.gaps for point in found), "gaps": gaps}

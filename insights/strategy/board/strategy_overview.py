"""The strategy's sub-points with their themes, decisions, actions and gaps, for the board.

Figures are those that releases show; nothing is counted anew.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from django.utils import timezone

from consultation.domain import strategy_points
from insights.decisions.agencies.models import ActionItem
from insights.decisions.models import Bearing, Citation, Decision, FigureCitation
from insights.decisions.unanswered.unanswered_themes import list_overdue_promises
from insights.releases.theme_evidence import list_newest_releases
from insights.strategy.strategy_evidence import (
    Evidence,
    group_decisions_by_point,
    list_strategy_evidence,
    twelve_months_before,
)

MOST_DECISIONS = 3  # decisions shown for a sub-point; its trace has all
MOST_EVIDENCE = 3  # pieces with a number that a paper names for a sub-point
DECISION_FIELDS = ("slug", "title", "outcome", "status", "agency", "due", "progress", "decided", "links", "lead_role")
NO_EVIDENCE, NO_DECISION, NO_OWNER, LATE, ONE_SIDED = "evidence", "decision", "owner", "late", "against"
GAPS = (
    (NO_EVIDENCE, "Too few people to show, no number yet, or nobody, in 12 months"),
    (NO_DECISION, "Heard, and nothing decided"),
    (NO_OWNER, "Decided, and no agency has an action"),
    (LATE, "A promise is past its day"),
    (ONE_SIDED, "No evidence against is cited"),
)


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
    late: list = field(default_factory=list)  # promises past their day

    @property
    def named_evidence(self):
        """The evidence that a paper names: of most people, and every minority view."""
        return [one for place, one in enumerate(self.heard) if place < MOST_EVIDENCE or one.words]

    @cached_property
    def shown(self):
        """The decisions that the table names: late ones first, then the newest."""
        return sorted(self.decisions, key=lambda one: not one.is_late)[:MOST_DECISIONS]

    @property
    def more(self):
        return len(self.decisions) - len(self.shown)

    @cached_property
    def owner_names(self):
        """Names of the agencies that lead a decision or have an action, each once."""
        names = [one.agency for one in self.decisions] + [item.agency.name for item in self.items]
        return sorted({name.casefold(): name for name in names if name}.values())

    @cached_property
    def gaps(self):
        """Keys of GAPS that apply today."""
        held = {
            NO_EVIDENCE: not self.heard,
            NO_DECISION: bool(self.heard) and not self.decisions,
            NO_OWNER: bool(self.decisions) and not self.items,
            LATE: bool(self.late),
            ONE_SIDED: any(one.cites and not one.challenged for one in self.decisions),
        }
        return [gap for gap, _ in GAPS if held[gap]]

    @property
    def gap_words(self):
        return [words for gap, words in GAPS if gap in self.gaps]


def build_strategy_points(
    today: date | None = None, evidence: Iterable[Evidence] | None = None
) -> list[StrategyPoint]:
    """All sub-points, in the strategy's order. `evidence`: of the newest release of each consultation, if loaded already;
    what is older than 12 months does not count."""
    today = today or timezone.localdate()
    heard, begins = defaultdict(list), twelve_months_before(today)
    for one in list_strategy_evidence(list_newest_releases(since=begins)) if evidence is None else evidence:
        day = one.release.published_on
        for point in one.points if day is not None and day >= begins else ():
            heard[point].append(one)
    decided = group_decisions_by_point(chain.from_iterable(heard.values()), _list_decisions_in_force())
    late = defaultdict(list)
    for promise in list_overdue_promises(today):
        late[promise.decision].append(promise)
    numbers = strategy_points.number_by_sub_point()
    items = defaultdict(list)
    for item in ActionItem.objects.promised().prefetch_related("agency"):  # few agencies: each is made once
        items[item.decision_id].append(item)
    return [
        StrategyPoint(
            strand["id"], numbers[slug], slug, text,
            heard=sorted(heard[slug], key=lambda one: (-one.weight, one.label)),
            decisions=decided.get(slug, []),
            items=[item for one in decided.get(slug, []) for item in items[one.pk]],
            late=[promise for one in decided.get(slug, []) for promise in late[one.pk]],
        )
        for strand in strategy_points.list_strands()
        for slug, text in strand["points"]
    ]  # fmt: skip


def _list_decisions_in_force():
    """Each with `cites` (any evidence) and `challenged` (evidence against)."""
    bearings = defaultdict(set)
    for cited in (Citation, FigureCitation):
        for pk, bearing in cited.objects.order_by().values_list("decision_id", "bearing").distinct():
            bearings[pk].add(bearing)
    decisions = list(Decision.objects.in_force().only(*DECISION_FIELDS).order_by("-decided", "pk"))
    for decision in decisions:
        decision.cites, decision.challenged = bool(bearings[decision.pk]), Bearing.CHALLENGES in bearings[decision.pk]
    return decisions


def unplaced_decisions(found):
    """Decisions in force of no sub-point, which the table lacks."""
    placed = {decision.pk for point in found for decision in point.decisions}
    return Decision.objects.in_force().exclude(pk__in=placed)


def filter_points(found, *, strand="", gap="", agency=""):
    """Sub-points that match the page's filters; an empty filter matches all."""
    return [
        point
        for point in found
        if (not strand or str(point.strand) == strand)
        and (not gap or (gap in point.gaps if gap != "any" else point.gaps))
        and (not agency or agency.casefold() in {name.casefold() for name in point.owner_names})
    ]


def group_by_strand(found):
    """[(strand, its sub-points)] without empty strands."""
    groups = [
        (strand, [point for point in found if point.strand == strand["id"]])
        for strand in strategy_points.list_strands()
    ]
    return [(strand, own) for strand, own in groups if own]


def count_gaps(found):
    """{points, without_gap, gaps: [(gap, words, number of sub-points)]}"""
    gaps = [(gap, words, sum(gap in point.gaps for point in found)) for gap, words in GAPS]
    return {"points": len(found), "without_gap": sum(not point.gaps for point in found), "gaps": gaps}

"""What waits for a decision, is late, or lacks evidence today: found once, for every page that says how much it is."""

from dataclasses import dataclass
from datetime import date

from insights.decisions.evidence_answers import ThemeAnswers, answers_by_theme
from insights.decisions.unanswered.unanswered_themes import (
    OverduePromise,
    list_overdue_promises,
    list_unanswered_themes,
)
from insights.releases.models import Release
from insights.releases.theme_evidence import ThemeEvidence, list_newest_releases, list_theme_evidence
from insights.strategy.coverage.coverage_matrix import CoverageCell, build_coverage_cells, list_gaps
from insights.strategy.strategy_evidence import Evidence, list_strategy_evidence


@dataclass(frozen=True)
class OpenMatters:
    """`releases`: the newest of each consultation, from whose `themes` and `evidence` the rest follows."""

    releases: list[Release]
    themes: list[ThemeEvidence]
    decided: ThemeAnswers
    evidence: list[Evidence]
    waiting: list[ThemeEvidence]
    late: list[OverduePromise]
    gaps: list[CoverageCell]
    places: int  # of the strategy, with those that have evidence


def find_open_matters(today: date) -> OpenMatters:
    releases = list_newest_releases()
    themes, decided = list_theme_evidence(releases, views=True), answers_by_theme()
    evidence = list_strategy_evidence(releases, themes)
    cells = build_coverage_cells(today, evidence, decided)
    waiting, late = list_unanswered_themes(themes, decided), list_overdue_promises(today)
    return OpenMatters(releases, themes, decided, evidence, waiting, late, list_gaps(cells), len(cells))

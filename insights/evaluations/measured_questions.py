"""The questions of an evaluation that have a favoured end, round beside round: of everyone, and of each group that is
large enough in two rounds. Smaller groups are pooled: they count in everyone alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.evaluations.evaluation_sets import Evaluation, Round
from insights.evaluations.round_shares import LEAST_PEOPLE, RoundChange, RoundShare, read_share, tell_change
from insights.releases.crossed_questions import question_by_key
from insights.releases.disclosure_log import LogLine, log_tables
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import is_no_answer

NO_REPORT, NOT_ASKED, OTHER_WORDS = "no report yet", "not asked", "asked in other words"
FEW, HIDDEN = f"fewer than {LEAST_PEOPLE} answered", "hidden: nearly all say the same"
# {all answers of a scale: (those that are counted, what they say)}
ENDS = {
    frozenset({"agree-lot", "agree-bit", "middle", "disagree-bit", "disagree-lot"}): (
        {"agree-lot", "agree-bit"},
        "agree",
    ),
    frozenset("12345"): ({"4", "5"}, "say “good” or “very good”"),
    frozenset({"yes", "no", "not-sure"}): ({"yes"}, "say “yes”"),
}

type Figures = dict[tuple[int, str], Figure]  # by release and key


@dataclass(frozen=True)
class RoundCell:
    """What a round says: a share, or else `why_not`; `change` since the round that it is compared with."""

    name: str
    share: RoundShare | None = None
    why_not: str = ""
    change: RoundChange | None = None


@dataclass(frozen=True)
class MeasuredQuestion:
    """`key`: of its figure. `lines` are (label, a cell for each round), everyone first; `pooled`: groups that are in no
    line of their own."""

    key: str
    title: str
    says: str
    lines: list[tuple[str, list[RoundCell]]]
    pooled: list[str] = field(default_factory=list)


def list_groupings(evaluation: Evaluation) -> list[tuple[str, str]]:
    """[(key, title)] of the questions about the person by which the newest report with numbers may be split."""
    about = evaluation.numbered[-1].figures.filter(kind="about") if evaluation.numbered else ()
    return [(one.key, one.title) for one in about if one.table["rows"]]


def list_measured_questions(evaluation: Evaluation, by: str = "") -> list[MeasuredQuestion]:
    """Each in the words of the newest report that shows it; one query."""
    kinds = ("question", "question-by") if by else ("question",)
    found = Figure.objects.filter(release__in=evaluation.releases, kind__in=kinds)
    figures = {(one.release_id, one.key): one for one in found.order_by("order")}
    shown = {
        one.key: one
        for release in evaluation.releases
        for one in figures.values()
        if one.release_id == release.pk and one.kind == "question" and one.table["rows"]
    }
    measured = ((one, _find_end(one.table)) for one in shown.values())
    return [_measure(evaluation, figures, figure, *end, by=by) for figure, end in measured if end]


def log_round(release: Release, measured: Iterable[MeasuredQuestion], by: str = "") -> list[LogLine]:
    """What was hidden or changed in the tables of a round that these questions are read from."""
    keys = [one.key for one in measured]
    keys += [question_by_key(by, key) for key in keys] if by else []
    tables = release.figures.filter(kind__in=("question", "question-by"), key__in=keys)
    return log_tables(tables.values_list("table", flat=True), release.rules)


def _find_end(table: dict[str, Any]) -> tuple[set[str], str] | None:
    return ENDS.get(frozenset(row["id"] for row in table["rows"] if not is_no_answer(row)))


def _measure(
    evaluation: Evaluation, figures: Figures, newest: Figure, counted: set[str], says: str, *, by: str
) -> MeasuredQuestion:
    lines, pooled = [("Everyone", _read_line(evaluation, figures, newest, counted))], []
    split = figures.get((newest.release_id, question_by_key(by, newest.key)))
    groups = [column for column in split.table["columns"] if not is_no_answer(column)] if split else []
    for group in groups:
        cells = _read_line(evaluation, figures, split or newest, counted, group["id"])
        if sum(cell.share is not None for cell in cells) > 1:
            lines.append((group["label"], cells))
        else:
            pooled.append(group["label"])
    return MeasuredQuestion(newest.key, newest.title, says, lines, pooled)


def _read_line(
    evaluation: Evaluation, figures: Figures, newest: Figure, counted: set[str], column: str = ""
) -> list[RoundCell]:
    asked = [
        (each, figures.get((each.release.pk, newest.key)) if each.release else None) for each in evaluation.rounds
    ]
    cells = [_read_cell(each, figure, newest.title, counted, column) for each, figure in asked]
    return _add_changes(cells, since_first=not evaluation.is_yearly)


def _read_cell(each: Round, figure: Figure | None, title: str, counted: set[str], column: str) -> RoundCell:
    if each.release is None:
        return RoundCell(each.name, why_not=NO_REPORT)
    if figure is None or figure.title != title or _has_other_answers(figure.table, counted):
        return RoundCell(each.name, why_not=OTHER_WORDS if figure else NOT_ASKED)
    cells, people = _find_numbers(figure.table, counted, column)
    share = read_share(cells, people, parse_stored_rules(each.release.rules))
    return RoundCell(each.name, share, FEW if people is None or people < LEAST_PEOPLE else HIDDEN)


def _has_other_answers(table: dict[str, Any], counted: set[str]) -> bool:
    """Whether the question had another scale, of which these answers are no end."""
    return bool(table["rows"]) and (_find_end(table) or (set(), ""))[0] != counted


def _find_numbers(table: dict[str, Any], counted: set[str], column: str) -> tuple[list[Any], int | None]:
    """(the counted numbers, the people who answered): of everyone, or of one group."""
    rows = [row for row in table["rows"] if row["id"] in counted]
    if not column:
        return rows, table["base"]
    at = next((at for at, each in enumerate(table["columns"]) if each["id"] == column), None)
    return ([], None) if at is None else ([row["cells"][at] for row in rows], table["column_totals"][at]["value"])


def _add_changes(cells: Iterable[RoundCell], *, since_first: bool) -> list[RoundCell]:
    """Sessions are compared with the round before them all, years with the year before."""
    found: list[RoundCell] = []
    before: RoundShare | None = None
    for cell in cells:
        change = tell_change(before, cell.share) if before and cell.share else None
        found.append(replace(cell, change=change))
        before = before if before and since_first else cell.share or before
    return found

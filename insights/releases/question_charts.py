"""The frozen figures of questions as charts: one for each question, with its answers in the order in which they read.

Order and scale are found in the frozen words of the answers, so that a chart stays what it was when a question changes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.releases.chart_geometry import find_diverging_end
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import is_no_answer

AnswerRow = Mapping[str, Any]
MIDDLE = re.compile(r"(in the middle|neither\b.*|mixed|neutral|about the same|no change)\W*", re.IGNORECASE)
SPAN = re.compile(
    r"\d|\b(hour|day|week|month|year)s?\b|\b(always|often|sometimes|now and then|rarely|never)\b", re.IGNORECASE
)
SCALES = (3, 5)  # numbers of steps that have a set of weaves
MOST_STACKED = 8  # answers that can be told apart in one bar


@dataclass(frozen=True)
class GridRow:
    """A row of a grid. `parts` are in its bar; `beside` are answers off the scale ("I do not go there")."""

    label: str
    table: dict[str, Any]
    parts: list[AnswerRow]
    beside: list[AnswerRow]
    silent: AnswerRow | None

    @property
    def answers(self) -> list[AnswerRow]:
        return [*self.parts, *self.beside]

    def percent_of(self, parts: Sequence[AnswerRow]) -> int | None:
        """Percent of the row's people in several parts together; None where one of them is hidden."""
        if not parts or any(part["percent"] is None for part in parts):
            return None
        return min(100, round(100 * sum(part["value"] for part in parts) / self.table["base"]))


@dataclass(frozen=True)
class QuestionGrid:
    title: str
    rows: list[GridRow]
    on_scale: bool
    end: int | None = None  # of the scale on both sides of the middle, where several grids share one

    @property
    def parts(self) -> list[AnswerRow]:
        return next((row.parts for row in self.rows if row.parts), [])

    @property
    def beside(self) -> list[AnswerRow]:
        return next((row.beside for row in self.rows if row.parts), [])

    @property
    def answers(self) -> list[AnswerRow]:
        return [*self.parts, *self.beside]

    @property
    def sides(self) -> list[slice]:
        """The parts that have a number beside the bars: those on each side of the middle, or else the first."""
        half = len(self.parts) // 2
        return [slice(half), slice(half + 1, None)] if self.on_scale else [slice(1)]


def list_question_charts(release: Release, figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Each question with its `charts` (caption, figure), and its `grid` where its rows make one chart: those first, each
    part in the order in which people were asked."""
    newest = handover.find_newest_version(release.consultation)
    asked = Questionnaire(newest.content).questions if newest else []
    texts = {item["id"]: localised_text(item["text"], "en") for item in asked}
    of_question = (figure for figure in figures if figure.kind == "question")
    found = groupby(of_question, lambda figure: figure.key.partition(":")[0])
    questions = [_build_question(key, list(of), texts.get(key, "")) for key, of in found]
    return share_one_scale(sorted(questions, key=lambda one: one["grid"] is None))


def share_one_scale(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The grids around a middle have one scale, so that the same length is the same share in each of them."""
    grids = [one["grid"] for one in questions if one["grid"] and one["grid"].on_scale]
    end = find_diverging_end(row.parts for grid in grids for row in grid.rows)
    return [one | {"grid": replace(one["grid"], end=end)} if one["grid"] in grids else one for one in questions]


def _build_question(key: str, figures: list[Figure], text: str) -> dict[str, Any]:
    is_grid = bool(text) and all(figure.title.startswith(f"{text} ") for figure in figures)
    captions = [figure.title.removeprefix(f"{text} ") if is_grid else figure.title for figure in figures]
    charts = list(zip(captions, figures, strict=True))
    return {
        "key": key,
        "title": text or figures[0].title,
        "is_grid": is_grid,
        "charts": charts,
        "grid": build_grid(text, charts) if is_grid else None,
    }


def build_grid(title: str, charts: Sequence[tuple[str, Figure]]) -> QuestionGrid | None:
    """None where the bars would have more parts than can be told apart, or no row shows anything."""
    answers = next((split_no_answer(figure.table["rows"])[0] for _, figure in charts if figure.table["rows"]), [])
    steps = count_scale_steps(answers)
    on_scale = steps in SCALES
    if not 1 < len(answers[:steps] if on_scale else answers) <= MOST_STACKED:
        return None
    rows = [_build_grid_row(label, figure.table, steps if on_scale else None) for label, figure in charts]
    return QuestionGrid(title, sorted(rows, key=lambda row: _place_row(row, on_scale)), on_scale)


def _build_grid_row(label: str, table: dict[str, Any], steps: int | None) -> GridRow:
    answers, silent = split_no_answer(table["rows"])
    beside = answers[steps:] if steps else []
    return GridRow(label, table, answers[:steps], beside, silent)


def _place_row(row: GridRow, on_scale: bool) -> tuple[bool, int, str]:
    """First the rows where most are at the first end. Hidden numbers weigh nothing, so they do not show in the order."""
    shares = [part["percent"] or 0 for part in row.parts]
    half = len(shares) // 2
    lead = sum(shares[:half]) - sum(shares[half + 1 :]) if on_scale else sum(shares[:1])
    return not row.parts, -lead, row.label


def split_no_answer(rows: Iterable[AnswerRow]) -> tuple[list[AnswerRow], AnswerRow | None]:
    """(the answers; the row of those who gave none)."""
    every = list(rows)
    return [row for row in every if not is_no_answer(row)], next((row for row in every if is_no_answer(row)), None)


def order_answers(table: Mapping[str, Any]) -> tuple[list[AnswerRow], AnswerRow | None]:
    """(the answers, most people first unless they have an order of their own; the row of those who gave none)."""
    answers, silent = split_no_answer(table["rows"])
    if not table.get("several") and _have_order(answers):
        return answers, silent
    return sorted(answers, key=lambda row: -(row["value"] or 0)), silent


def _have_order(answers: Sequence[AnswerRow]) -> bool:
    """Steps around a middle, or mostly spans of numbers and of time."""
    return bool(count_scale_steps(answers)) or 2 * sum(bool(SPAN.search(row["label"])) for row in answers) > len(
        answers
    )


def count_scale_steps(answers: Sequence[AnswerRow]) -> int:
    """How many of the first answers lie around one in the middle; 0 where none does."""
    middle = next((at for at, row in enumerate(answers) if MIDDLE.fullmatch(row["label"])), 0)
    return 2 * middle + 1 if 0 < middle < (len(answers) + 1) / 2 else 0

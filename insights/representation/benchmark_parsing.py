"""Parses benchmarks from a CSV file with one line a group. It reports errors by line and saves nothing."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from insights.representation.actions import MOST_GROUPS, MOST_PEOPLE, find_group_id
from insights.representation.dimensions import Dimension
from insights.representation.models import EVERYONE, BenchmarkBasis, normalise_label

MOST_BYTES, MOST_LETTERS, MOST_LINES = 1_000_000, 200_000, 1000
TOO_LONG = "The file is too long. A benchmark is a short list."
COLUMNS = ("benchmark", "about", "group", "number", "source", "date")
OPTIONAL_COLUMNS = ("basis",)
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y")
NUMBER = re.compile(r"\d{1,3}([, ]\d{3})+|\d+")
BASIS_BY_WORD = {normalise_label(word): basis for basis in BenchmarkBasis for word in (basis.value, basis.label)} | {
    "lives here": BenchmarkBasis.LIVES
}


@dataclass(frozen=True)
class BenchmarkProblem:
    line: int  # as in a spreadsheet; 0: the whole file
    words: str

    @property
    def where(self) -> str:
        return f"Line {self.line}" if self.line else ""


@dataclass
class ParsedBenchmarks:
    """A parsed file: benchmarks as arguments of `set_benchmark`, and its errors."""

    benchmarks: list[dict[str, Any]] = field(default_factory=list)
    problems: list[BenchmarkProblem] = field(default_factory=list)

    def wrong(self, line: int, words: str) -> None:
        self.problems.append(BenchmarkProblem(line, words))


def parse_benchmarks(text: str | None, dimensions: list[Dimension], today: date) -> ParsedBenchmarks:
    """`dimensions` are those that a benchmark may be about: of the consultation, or of all. No text: it is too long."""
    found = ParsedBenchmarks()
    if text is None or len(text) > MOST_LETTERS:
        found.wrong(0, TOO_LONG)
        return found
    rows = _parse_rows(text.replace("\0", ""), found)  # databases reject NUL
    lines: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = {}
    for line, row in rows:
        dimension = _find_dimension(row["about"], dimensions)
        if not row["benchmark"]:
            found.wrong(line, "There is no name of the benchmark.")
        elif dimension is None:
            names = ", ".join(dict.fromkeys(f"“{known.title}”" for known in dimensions))
            found.wrong(line, f"“{row['about']}” is not what people can be told apart by here. There is {names}.")
        else:
            lines.setdefault((dimension.key, row["benchmark"]), []).append((line, row))
    for (key, name), of in lines.items():
        _parse_benchmark([known for known in dimensions if known.key == key], name, of, today, found)
    if not found.benchmarks and not found.problems:
        found.wrong(0, "There is no line with numbers in it.")
    found.problems.sort(key=lambda problem: problem.line)
    return found


def _parse_rows(text: str, found: ParsedBenchmarks) -> list[tuple[int, dict[str, str]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        found.wrong(0, f"This is not a whole CSV file: {error}.")
        return []
    heads = [normalise_label(cell) for cell in lines[0]] if lines else []
    if missing := [column for column in COLUMNS if column not in heads]:
        found.wrong(1, f"The first line must hold the headings. Missing: {', '.join(missing)}.")
        return []
    if len(lines) > MOST_LINES:
        found.wrong(0, f"At most {MOST_LINES} lines.")
        return []
    return [(n, _name_cells(heads, cells)) for n, cells in enumerate(lines[1:], start=2) if any(map(str.strip, cells))]


def _name_cells(heads: list[str], cells: list[str]) -> dict[str, str]:
    named = {head: " ".join(cell.split()) for head, cell in zip(heads, cells, strict=False)}
    return {column: named.get(column, "") for column in (*COLUMNS, *OPTIONAL_COLUMNS)}


def _find_dimension(about: str, dimensions: list[Dimension]) -> Dimension | None:
    wanted = normalise_label(about)
    return next(
        (known for known in dimensions if wanted in (normalise_label(known.title), normalise_label(known.key))), None
    )


def _parse_benchmark(
    dimensions: list[Dimension],
    name: str,
    lines: list[tuple[int, dict[str, str]]],
    today: date,
    found: ParsedBenchmarks,
) -> None:
    """Parse the lines of one benchmark. Several `dimensions` have its key where several consultations ask it."""
    groups: dict[str, int] = {}
    problems = len(found.problems)
    source, dated, basis = _parse_shared_columns(lines, found, today)
    for line, row in lines:
        label, number = _parse_group(row["group"], dimensions, line, found), _parse_number(row["number"], line, found)
        if label is None or number is None:
            continue
        if normalise_label(label) in map(normalise_label, groups):
            found.wrong(line, f"“{label}” stands in this benchmark twice.")
        groups[label] = number
    if len(name) > 80:
        found.wrong(lines[0][0], "The name of the benchmark is too long: 80 letters at most.")
    if len(groups) > MOST_GROUPS:
        found.wrong(lines[0][0], f"“{name}” has more than {MOST_GROUPS} groups.")
    if groups and not any(groups.values()):
        found.wrong(lines[0][0], f"“{name}” has nobody in any group.")
    if len(found.problems) == problems:
        rows = [{"label": label, "number": number} for label, number in groups.items()]
        about = dimensions[0].key
        found.benchmarks.append(
            {"about": about, "name": name, "source": source, "dated": dated, "basis": basis, "groups": rows}
        )


def _parse_shared_columns(
    lines: list[tuple[int, dict[str, str]]], found: ParsedBenchmarks, today: date
) -> tuple[str, date | None, str]:
    """(source, day, basis): in the first line of a benchmark, and the same or empty in the others."""
    first_line, first = lines[0]
    for column in ("source", "date", "basis"):
        for line, row in lines[1:]:
            if row[column] and row[column] != first[column]:
                found.wrong(line, f"The {column} is another one than in line {first_line}. A benchmark has one.")
    if not first["source"]:
        found.wrong(first_line, "Say where the numbers are from, under “source”.")
    if len(first["source"]) > 200:
        found.wrong(first_line, "The source is too long: 200 letters at most.")
    basis = BASIS_BY_WORD.get(normalise_label(first["basis"] or BenchmarkBasis.LIVES))
    if basis is None:
        found.wrong(first_line, f"“{first['basis']}” is not a basis. Write “lives here” or “invited”.")
    return first["source"], _parse_day(first["date"], first_line, found, today), basis or BenchmarkBasis.LIVES


def _parse_day(text: str, line: int, found: ParsedBenchmarks, today: date) -> date | None:
    if not text:
        found.wrong(line, "Say of which day the numbers are, under “date”.")
        return None
    for form in DAYS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007  (a day, not a moment)
        except ValueError:
            continue
        if day > today:
            found.wrong(line, f"{text} lies in the future.")
        return day
    found.wrong(line, f"“{text}” is not a day. Write it as 31/01/2026 or 2026-01-31.")
    return None


def _parse_group(text: str, dimensions: list[Dimension], line: int, found: ParsedBenchmarks) -> str | None:
    """The consultation's label of a group, so that benchmark and question match."""
    if dimensions[0].key == EVERYONE and not text:
        return dimensions[0].groups[0][1]
    for dimension in dimensions:
        if (id_ := find_group_id(dimension, text)) is not None:
            return dict(dimension.groups)[id_]
    known = dict.fromkeys(label for dimension in dimensions for _, label in dimension.comparable_groups)
    names = ", ".join(f"“{label}”" for label in list(known)[:12])
    found.wrong(line, f"“{text}” is not a group here. There is {names}." if text else "There is no group.")
    return None


def _parse_number(text: str, line: int, found: ParsedBenchmarks) -> int | None:
    if not NUMBER.fullmatch(text):
        found.wrong(line, f"“{text}” is not a whole number of people." if text else "There is no number.")
        return None
    number = int(text.replace(",", "").replace(" ", ""))
    if number > MOST_PEOPLE:
        found.wrong(line, f"{text} is more people than there can be.")
        return None
    return number

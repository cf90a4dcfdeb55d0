"""The disclosure log that goes out with figures: what each rule changed or hid, and how many numbers; never which."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from insights.disclosure.disclosure_rules import HIDDEN, NEARLY_ALL, NEARLY_ALL_OF_ROW
from insights.disclosure.rules_wording import wording_of
from insights.releases.models import Release
from insights.releases.stored_figures import OWN_CELL, WAITING

LOG = "disclosure-log"  # the mark of its rows in a sheet
CHANGED, REFUSED = "shown", "left out"
LOG_COLUMNS = ("Rule", "What it did", "Numbers")
REASONS = {
    NEARLY_ALL: "Hidden: so many of the group that the few others could be picked out.",
    NEARLY_ALL_OF_ROW: "Hidden: so many of the theme in the row that the few others could be picked out.",
    WAITING: "Left out: people have read too few answers to give the theme a number.",
    HIDDEN: "Hidden: a small number, or one that would give such a number away.",
    REFUSED: "A whole figure is left out: too few people, or the rules do not allow it.",
}


@dataclass(frozen=True)
class LogLine:
    """`rule` is the sign that stands for the hidden numbers, or CHANGED or REFUSED."""

    rule: str
    what: str
    numbers: int

    @property
    def effect(self) -> str:
        """What it did, beside a note that says what the numbers are."""
        return "Every number that is shown." if self.rule == CHANGED else self.what

    @property
    def in_words(self) -> str:
        unit = "figure" if self.rule == REFUSED else "number"
        return f"{self.numbers} {unit if self.numbers == 1 else f'{unit}s'}"


def log_release(release: Release) -> list[LogLine]:
    return log_tables((figure.table for figure in release.figures.all()), release.rules)


def log_tables(tables: Iterable[Mapping[str, Any]], *rules: Mapping[str, Any]) -> list[LogLine]:
    """The log of these stored tables, of releases by these rules."""
    found = Counter(sign for table in tables for sign in _list_signs(table))
    shown = found.pop("", 0)
    hidden = [LogLine(sign, _explain_sign(sign), number) for sign, number in sorted(found.items())]
    return [LogLine(CHANGED, wording_of(*rules).footnote, shown), *hidden]


def iterate_log_rows(
    log: Iterable[LogLine],
    columns: Sequence[str],
    at: tuple[str, str, str, str],
    always: Mapping[str, str],
    *,
    noted: bool = False,
) -> Iterator[list[str]]:
    """The log at the end of a sheet with these columns: `at` names those of its mark, the rule, what it did, and its number
    of numbers, which is no number of people and so stands in words. `always` {column: what each row has there}; `noted`:
    the sheet says what its numbers are already."""
    for line in log:
        what = line.effect if noted else line.what
        told = {**always, **dict(zip(at, (LOG, line.rule, what, line.in_words), strict=True))}
        yield [told.get(column, "") for column in columns]


def _list_signs(table: Mapping[str, Any]) -> Iterator[str]:
    """Of each number of the table the sign in its place, "" where it is shown."""
    if table.get("refused"):
        yield REFUSED
    cells = [*table.get("rows", ()), *table.get("column_totals", ())]
    cells += [cell for row in table.get("rows", ()) for cell in row.get("cells", ())]
    yield from ("" if one["value"] is not None else one["symbol"] for one in cells if one["symbol"] != OWN_CELL)


def _explain_sign(sign: str) -> str:
    return REASONS.get(sign, "Hidden: a number of people that is too small to show; perhaps none.")

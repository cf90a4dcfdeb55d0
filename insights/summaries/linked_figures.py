"""Which figures a line of a summary names, and what the report shows of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from insights.disclosure.disclosure_rules import NEARLY_ALL
from insights.releases.models import Figure, Release
from insights.releases.theme_evidence import ThemeEvidence


@dataclass(frozen=True)
class LinkableRow:
    """A row of a released table that a line may name. `id`: kind, key and row, as stored with a line."""

    id: str
    kind: str
    label: str
    base: int | None
    row: dict[str, Any]

    @property
    def figure(self) -> str:
        """Its table's kind and key."""
        return self.id.rpartition("/")[0]

    @property
    def numbers(self) -> dict[str, list[Any]]:
        """{role: its numbers}, all that the report shows of it; of a row without a number, what stands instead."""
        if self.row["value"] is None:
            few = [int(number) for number in re.findall(r"\d+", str(self.row.get("symbol")))]
            return {"symbol": few} if few else {"base": [self.base]}
        interval, percent = [self.row.get("low"), self.row.get("high")], [self.row.get("percent")]
        return {"value": [self.row["value"]], "base": [self.base], "percent": percent, "interval": interval}

    @property
    def size(self) -> float:
        """Where it stands beside other rows: without a number, behind them all or, where it is nearly all, before."""
        if self.row["value"] is None:
            return inf if self.row.get("symbol") == NEARLY_ALL else -inf
        return float(self.row["value"])

    @property
    def in_words(self) -> str:
        """“75 of 345 (22%, 18% to 27%)”, or that it is fewer than shown."""
        if self.row["value"] is None:
            return str(self.row.get("symbol") or "no number")
        return f"{self.row['value']} of {self.base}{percent_in_words(self.row)}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """What names it: a theme's or group's label; an answer's only in quotation marks, since a label like "Yes" is a
        word of many sentences."""
        label = re.escape(self.label)
        quoted = rf"[“\"]{label}[”\"]" if self.kind == "question" else rf"(?<!\w){label}(?!\w)"
        return re.compile(quoted, re.IGNORECASE)


def percent_in_words(row: dict[str, Any]) -> str:
    """ " (22%, 18% to 27%)", as far as the row shows it."""
    if row.get("percent") is None:
        return ""
    interval = f", {row['low']}% to {row['high']}%" if row.get("low") is not None else ""
    return f" ({row['percent']}%{interval})"


def list_linkable_rows(release: Release) -> dict[str, LinkableRow]:
    """{id: row} of the one-way tables of a release, in its order."""
    figures = (one for one in release.figures_of_page if one.kind in ("themes", "about", "question"))
    return {each.id: each for figure in figures for each in _rows_of(figure)}


def _rows_of(figure: Figure) -> Iterator[LinkableRow]:
    for row in figure.table.get("rows", ()):
        id_ = f"{figure.kind}/{figure.key}/{row['id']}"
        yield LinkableRow(id_, figure.kind, str(row["label"]), figure.table.get("base"), row)


def find_unspoken_themes(themes: Iterable[ThemeEvidence]) -> set[str]:
    """Ids of the rows of themes of which the release does not say that anybody spoke: no number, and no approved
    summary. A line that names one would say it."""
    return {theme_row_id(one.theme) for one in themes if not one.is_spoken_of}


def theme_row_id(theme: int) -> str:
    return f"themes/all/{theme}"


def find_named_rows(words: str, rows: Iterable[LinkableRow]) -> list[LinkableRow]:
    folded = words.casefold()  # few of the patterns, which there are hundreds of, have to be compiled
    return [row for row in rows if row.label.casefold() in folded and row.pattern.search(words)]

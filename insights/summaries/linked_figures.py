"""Which figures a line of a summary names, and whether its numbers are theirs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from insights.disclosure.rules_wording import wording_of
from insights.releases.models import Figure, Release
from insights.releases.theme_evidence import ThemeEvidence

# Digits, and whether they are a percentage: "22%", "22 per cent", and the 18 of "18 to 27%".
NUMBER = re.compile(r"(\d+(?:,\d{3})*)((?:%?\s*(?:to|–|-)\s*\d+)?\s*(?:%|per ?cent))?")
IN_WORDS = re.compile(
    r"\b(?:half|thirds?|quarters?|most|majority|minority|everyone|everybody|nobody|all of them|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|dozens?|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LinkableRow:
    """A row of a released table that a line may name. `id`: kind, key and row, as stored with a line."""

    id: str
    kind: str
    label: str
    base: int | None
    row: dict[str, Any]

    @property
    def numbers(self) -> set[tuple[int | None, bool]]:
        """(number, whether a percentage): all that the report shows of it."""
        percents = {(self.row.get(name), True) for name in ("percent", "low", "high")}
        return {(self.row["value"], False), (self.base, False), *percents, *_read_numbers(self.row.get("symbol", ""))}

    @property
    def in_words(self) -> str:
        """“75 of 345 (22%, 18% to 27%)”, or that it is fewer than shown."""
        if self.row["value"] is None:
            return str(self.row.get("symbol") or "no number")
        return f"{self.row['value']} of {self.base}{percent_in_words(self.row)}"

    def is_named_in(self, words: str) -> bool:
        """Themes and groups by their label; an answer to a question only where it stands in quotation marks, since a
        label like "Yes" is a word of many sentences."""
        label = re.escape(self.label)
        quoted = rf"[“\"]{label}[”\"]" if self.kind == "question" else rf"(?<!\w){label}(?!\w)"
        return re.search(quoted, words, re.IGNORECASE) is not None


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
    return [row for row in rows if row.is_named_in(words)]


def find_wrong_number(words: str, named: list[LinkableRow], release: Release) -> str:
    """What is wrong with the numbers of a line, in plain words, or "". Every number must be one that the report shows
    of a row that the line names, or its number of people."""
    words = _without_labels(words, named)
    if found := IN_WORDS.search(words):
        return f"Say how many by a number of the report. Take out “{found.group()}”."
    right = {(release.people, False)} | {number for row in named for number in row.numbers}
    read = _read_numbers(words)
    wrong = [f"{number}%" if percent else str(number) for number, percent in read if (number, percent) not in right]
    if not wrong:
        return ""
    if not named:
        people = wording_of(release.rules).about(release.people)
        return (
            f"“{wrong[0]}” is in no figure that this line names. Name the theme or the group as the report does; put an "
            f"answer to a question in “quotation marks”. In all, {people} answered."
        )
    told = "; ".join(f"{row.label}: {row.in_words}" for row in named)
    return f"“{wrong[0]}” is not a number of what this line names. The report says: {told}."


def _without_labels(words: str, named: list[LinkableRow]) -> str:
    """A label such as "11 to 13" has numbers of its own."""
    for row in sorted(named, key=lambda row: -len(row.label)):
        words = re.sub(re.escape(row.label), " ", words, flags=re.IGNORECASE)
    return words


def _read_numbers(words: str) -> list[tuple[int, bool]]:
    """[(number, whether a percentage)], in the order of the words."""
    found, at = [], 0
    while match := NUMBER.search(words, at):
        found.append((int(match[1].replace(",", "")), match[2] is not None))
        at = match.end(1)
    return found

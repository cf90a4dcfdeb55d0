"""The unsaved choice on the page of one text; the form itself carries it from page to page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from insights.coding.codebooks.recoding import merge_spans
from insights.coding.desk.desk_phrases import likelihood_in_words
from insights.coding.models import Code, ThemeEntry
from insights.coding.theme_hierarchy import nest_sub_themes

NO_WORDS = "Choose a theme, and the words that speak of it."
LONGEST_NUMBER = 9
DAMAGED = "A mark of this page is damaged. Mark the words again."


class CannotMarkWords(Exception):
    """These words cannot be marked; the message is for the coder."""


@dataclass
class CodingChoice:
    themes: set[int] = field(default_factory=set)
    stances: dict[int, str] = field(default_factory=dict)
    spans: dict[int, list[list[int]]] = field(default_factory=dict)
    memo: str = ""
    nothing: str = ""

    @classmethod
    def standing(cls, found: Mapping[str, Any] | None) -> "CodingChoice":
        """The current choice of people; empty without one: a proposal is never ticked for a coder."""
        if found is None:
            return cls()
        return cls(
            themes={theme for theme, *_ in found["codes"]},
            stances={theme: stance for theme, _, _, stance, _ in found["codes"] if stance},
            spans={theme: spans for theme, _, _, _, spans in found["codes"] if spans},
            memo=found["memo"],
            nothing=found["nothing"],
        )

    @classmethod
    def read_posted_form(cls, form: Any, length: int) -> "CodingChoice":
        """The choice in a posted form. Stances and marks of unticked themes are dropped."""
        themes = {int(value) for value in form.getlist("themes") if _is_number(value)}
        spans: dict[int, list[list[int]]] = {}
        for value in form.getlist("span"):
            theme, start, end = _parse_mark(value)
            if theme in themes:
                spans.setdefault(theme, []).append(_require_span_in_text(start, end, length))
        return cls(
            themes=themes,
            stances={theme: form[f"stance-{theme}"] for theme in themes if form.get(f"stance-{theme}")},
            spans={theme: merge_spans(places) for theme, places in spans.items()},
            memo=form.get("memo", "").replace("\0", ""),
            nothing=form.get("nothing", ""),
        )

    def mark(self, theme: str, places: Iterable[str], length: int) -> None:
        """Mark words for a theme, which also ticks the theme."""
        found = []
        for start, _, end in (value.partition("-") for value in places):
            if not (_is_number(start) and _is_number(end)):
                raise CannotMarkWords(DAMAGED)
            found.append(_require_span_in_text(int(start), int(end), length))
        if not _is_number(theme) or not found:
            raise CannotMarkWords(NO_WORDS)
        self.themes.add(int(theme))
        self.spans[int(theme)] = merge_spans([*self.spans.get(int(theme), []), *found])

    def remove_mark(self, value: str) -> None:
        theme, start, end = _parse_mark(value)
        self.spans[theme] = [place for place in self.spans.get(theme, []) if place != [start, end]]

    @property
    def span_values(self) -> list[str]:
        return [f"{theme}:{start}:{end}" for theme, places in self.spans.items() for start, end in places]


def _is_number(value: str) -> bool:
    """Digits, and few enough for a database integer."""
    return value.isdecimal() and len(value) <= LONGEST_NUMBER


def _parse_mark(value: str) -> tuple[int, int, int]:
    parts = value.split(":")
    if len(parts) != 3 or not all(map(_is_number, parts)):
        raise CannotMarkWords(DAMAGED)
    return int(parts[0]), int(parts[1]), int(parts[2])


def _require_span_in_text(start: int, end: int, length: int) -> list[int]:
    if not 0 <= start < end <= length:
        raise CannotMarkWords(DAMAGED)
    return [start, end]


@dataclass(frozen=True)
class ThemeChoiceRow:
    """One theme on the page of a text."""

    entry: ThemeEntry
    key: int  # the number that ticks it; 0: none
    ticked: bool
    stance: str
    proposal: Code | None
    words: list[tuple[str, str]]  # (value of the mark, its words)
    above: str = ""  # a sub-theme's theme, where the row does not stand under it
    under: bool = False

    @property
    def likely(self) -> str:
        return likelihood_in_words(self.proposal.confidence or 0) if self.proposal else ""


def build_theme_choice_rows(
    entries: Sequence[ThemeEntry], proposals: Iterable[Code], choice: CodingChoice, text: str
) -> tuple[list[ThemeChoiceRow], list[tuple[str, list[ThemeChoiceRow]]]]:
    """(rows of proposed or chosen themes, numbered; [(family, other rows, sub-themes under their theme)])."""
    labels = {entry.theme.slug: entry.label for entry in entries}
    proposed = {code.theme_id: code for code in sorted(proposals, key=lambda code: code.confidence or 0)}
    sure = {theme: code.confidence or 0 for theme, code in proposed.items()}
    near = [entry for entry in entries if entry.theme_id in proposed or entry.theme_id in choice.themes]
    near.sort(key=lambda entry: (-sure.get(entry.theme_id, 0), entry.label))
    first = []
    for number, entry in enumerate(near, start=1):
        theme = entry.theme_id
        ticked, stance = theme in choice.themes, choice.stances.get(theme, "")
        words = [(f"{theme}:{start}:{end}", text[start:end]) for start, end in choice.spans.get(theme, [])]
        first.append(
            ThemeChoiceRow(entry, number, ticked, stance, proposed.get(theme), words, labels.get(entry.parent, ""))
        )
    families: dict[str, list[ThemeChoiceRow]] = {}
    for entry, under in nest_sub_themes(entry for entry in entries if entry not in near):
        above = "" if under else labels.get(entry.parent, "")
        row = ThemeChoiceRow(entry, 0, False, "", None, [], above, under)
        families.setdefault(entry.family or "Themes", []).append(row)
    return first, sorted(families.items())

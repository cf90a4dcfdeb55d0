"""Builds a results page: a release's figures, themes and public quotes, in one language and in officers' words.

It holds released values only. Quotes are queried each time, so withdrawn words and approvals disappear at once.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from consultation import handover
from insights.coding.models import ThemeEntry
from insights.decisions.quiet import NOT_NEUTRAL
from insights.reports.disclosure.presets import read
from insights.reports.disclosure.rules import Rules
from insights.reports.models import Figure, Quote
from insights.results.models import Results

SOURCE = settings.LANGUAGE_CODE
OWN_WORDS = {"dk": "q.dontknow", "na": "q.rathernot"}  # keys of interface texts for non-response options
QUOTES_A_THEME = 3


@dataclass(frozen=True)
class Said:
    """A text, and whether it is English on a page of another language; or the `key` of an interface text."""

    text: str = ""
    in_english: bool = False
    key: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.key)


@dataclass(frozen=True)
class Row:
    label: Said
    people: int | None
    tenths: int | None
    width: str = ""

    @property
    def hidden(self) -> bool:
        return self.people is None


@dataclass(frozen=True)
class Shown:
    """One question with its figures in asking order; `most` is the row that the page puts in words."""

    id: str
    title: Said
    rows: tuple[Row, ...] = ()
    base: int | None = None
    several: bool = False

    @property
    def most(self) -> Row | None:
        with_tenths = [row for row in self.rows if row.tenths]
        return max(with_tenths, key=lambda row: row.people or 0, default=None)

    @property
    def refused(self) -> bool:
        return not any(row.people is not None for row in self.rows)


@dataclass(frozen=True)
class ThemeShown:
    id: int
    label: Said
    people: int
    width: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Page:
    language: str
    people: int | None
    heard: Said
    easy: Said
    next: Said
    translated: bool
    machine: bool
    checked: bool
    rules: Rules
    questions: tuple[Shown, ...] = ()
    about: tuple[Shown, ...] = ()
    not_shown: tuple[Said, ...] = ()
    themes: tuple[ThemeShown, ...] = ()
    any_hidden_theme: bool = False

    @property
    def any_quotes(self) -> bool:
        return any(theme.quotes for theme in self.themes)


def page_of(results: Results, language: str = SOURCE, *, preview: bool = False) -> Page:
    """`preview` includes translations that nobody has confirmed, for officers only."""
    release = results.release
    own = words_in(results, language, preview=preview)
    asked = handover.versions(results.consultation).last()
    questionnaire = handover.Questionnaire(asked.content if asked else {"items": []})
    figures = list(release.figures.all())
    questions = [_question(f, questionnaire, language) for f in figures if f.kind == "question"]
    about = [_question(f, questionnaire, language) for f in figures if f.kind == "about"]
    themes, hidden = _themes(results, language, own)
    return Page(
        language=language,
        people=release.people,
        heard=_said(results, own, "heard", language),
        easy=_said(results, own, "heard_easy", language),
        next=_said(results, own, "next", language),
        translated=language == SOURCE or bool(own),
        machine=language != SOURCE and bool(own.get("machine")),
        checked=bool(own.get("checked_by")),
        rules=read(release.rules),
        questions=tuple(one for one in questions if not one.refused),
        about=tuple(one for one in about if not one.refused),
        not_shown=tuple(one.title for one in (*questions, *about) if one.refused),
        themes=tuple(themes),
        any_hidden_theme=hidden,
    )


HEARD = {"yes": "outcome.yes", "partly": "heard.partly", "no": "outcome.no", "dk": "q.dontknow"}


def heard_of(picture: Any) -> Shown | None:
    """The figure of a heard-back picture; None until a number may be shown."""
    if picture is None:
        return None
    rows = picture.table.get("rows", [])
    most = max((row["percent"] or 0 for row in rows), default=0)
    shown = Shown(
        id="heard",
        title=Said(key="heard.title"),
        rows=tuple(
            Row(Said(key=HEARD[row["id"]]), row["value"], _tenths(row), _width(row.get("percent"), most))
            for row in rows
        ),
        base=picture.table.get("base"),
    )
    return None if shown.refused else shown


def words_in(results: Any, language: str, *, preview: bool = False) -> dict[str, Any]:
    """Officers' words in a language; a translation only once a named person has confirmed it (X7)."""
    words: dict[str, Any] = results.words.get(language) or {}
    return words if language == SOURCE or preview or words.get("checked_by") else {}


def _said(results: Results, own: dict[str, Any], name: str, language: str) -> Said:
    if text := own.get(name):
        return Said(text)
    return Said(results.words.get(SOURCE, {}).get(name, ""), language != SOURCE)


def _in_language(strings: dict[str, str], language: str) -> Said:
    return Said(handover.said(strings, language), language != SOURCE and not strings.get(language))


def _question(figure: Figure, questionnaire: Any, language: str) -> Shown:
    asked, _, part = figure.key.partition(":")
    item = questionnaire.by_id(asked)
    rows = figure.table.get("rows", [])
    if item is None or _title(item, part, SOURCE).text != figure.title:
        # No longer asked, or reworded since: people answered the wording that the release stored.
        title = Said(figure.title, language != SOURCE)
    else:
        title = _title(item, part, language)
    labels = {o["id"]: o["text"] for o in item["options"]} if item else {}
    most = max((row["percent"] or 0 for row in rows), default=0)
    return Shown(
        id=figure.key.replace(":", "-"),
        title=title,
        rows=tuple(_row(row, labels, language, most) for row in rows),
        base=figure.table.get("base"),
        several=bool(figure.table.get("several")),
    )


def _title(item: dict[str, Any], part: str, language: str) -> Said:
    title = _in_language(item["text"], language)
    row = next((row for row in item["rows"] if row["id"] == part), None)
    if row is None:
        return title
    more = _in_language(row["text"], language)
    return Said(f"{title.text} {more.text}", title.in_english)


def _row(row: dict[str, Any], labels: dict[str, Any], language: str, most: int) -> Row:
    own = row["id"].removeprefix("apart-")
    if own in OWN_WORDS and (own != row["id"] or row["id"] not in labels):  # officers' own option may be "na"
        label = Said(key=OWN_WORDS[own])
    elif handover.said(labels.get(row["id"], {}), SOURCE) == row["label"]:
        label = _in_language(labels[row["id"]], language)
    else:
        label = Said(row["label"], language != SOURCE)
    percent = row.get("percent")
    return Row(label, row["value"], _tenths(row), _width(percent, most))


def _tenths(row: dict[str, Any]) -> int | None:
    percent = row.get("percent")
    return round(percent / 10) if percent is not None else None


def _width(value: int | None, most: int) -> str:
    """Percent of the longest bar, as a string: a decimal comma must not reach an SVG attribute."""
    return f"{100 * value / most:.1f}%" if value and most else ""


def _themes(results: Results, language: str, own: dict[str, Any]) -> tuple[list[ThemeShown], bool]:
    """(themes with a shown number, most people first; whether others are hidden). Hidden themes are not named."""
    release = results.release
    figure = release.figures.filter(kind="themes", key="all").first()
    rows = figure.table.get("rows", []) if figure else []
    entries = {str(e.theme_id): e for e in release.codebook_version.entries.select_related("theme")}
    shown = sorted((row for row in rows if row["value"]), key=lambda row: (-row["value"], row["label"]))
    most = shown[0]["value"] if shown else 0
    quotes = _quotes(results, [int(row["id"]) for row in shown])
    english = results.words.get(SOURCE, {})
    return [
        ThemeShown(
            id=int(row["id"]),
            label=_theme_label(entries[row["id"]], own, english, language),
            people=row["value"],
            width=_width(row["value"], most),
            quotes=tuple(quotes.get(int(row["id"]), ())),
        )
        for row in shown
    ], any(row["value"] is None for row in rows)


def not_neutral(results: Results) -> list[str]:
    """Labels of shown themes that are not neutral to someone looking over a child's shoulder (A3)."""
    themes, _ = _themes(results, SOURCE, results.words.get(SOURCE, {}))
    return [theme.label.text for theme in themes if NOT_NEUTRAL.search(theme.label.text)]


def theme_name(results: Results, theme: int, language: str = SOURCE) -> Said:
    """Officers' short name of a theme, in this language or in English; empty where they gave none."""
    own, english = (words_in(results, each).get("themes") or {} for each in (language, SOURCE))
    if text := own.get(str(theme)):
        return Said(text)
    return Said(english.get(str(theme), ""), language != SOURCE)


def _theme_label(entry: ThemeEntry, own: dict[str, Any], english: dict[str, Any], language: str) -> Said:
    """Officers' short name in this language, else in English, else the codebook's label."""
    key = str(entry.theme_id)
    if text := (own.get("themes") or {}).get(key):
        return Said(text)
    return Said((english.get("themes") or {}).get(key) or entry.label, language != SOURCE)


def _quotes(results: Results, themes: list[int]) -> dict[int, list[Quote]]:
    """{theme id: at most three public quotes}; each text once, under its theme with most people (C3)."""
    found: dict[int, list[Quote]] = {}
    texts = set()
    cleared = Quote.objects.filter(release=results.release, theme__in=themes).for_the_public()
    for quote in sorted(cleared, key=lambda quote: (themes.index(quote.theme_id), not quote.featured, quote.pk)):
        of_theme = found.setdefault(quote.theme_id, [])
        if len(of_theme) < QUOTES_A_THEME and quote.source_text_id not in texts:
            of_theme.append(quote)
            texts.add(quote.source_text_id)
    return found

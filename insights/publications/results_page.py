"""Builds a results page: a release's figures, themes and public quotes, in one language and in officers' words.

It holds released values only. Quotes are queried each time, so withdrawn words and approvals disappear at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.decisions.neutral_titles import NOT_NEUTRAL
from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.disclosure.disclosure_rules import DisclosureRules
from insights.polls.public_figures import (
    ChoiceFigure,
    DisplayText,
    PublicFigure,
    bar_width,
    drawn_people,
    tenths_of_people,
)
from insights.publications.models import Results
from insights.publications.picked_items import QUOTE, PickableItem, find_picked_items, list_pickable_items
from insights.releases.models import Figure, Quote
from insights.releases.quote_selection import drop_near_repeats
from insights.releases.stored_figures import NO_ANSWER, is_nearly_all, is_reported

SOURCE = settings.LANGUAGE_CODE
# Keys of interface texts for those who gave no answer.
NON_RESPONSE_KEYS = {"dk": "q.dontknow", "na": "q.rathernot", NO_ANSWER: "check.none"}
QUOTES_A_THEME = 3


@dataclass(frozen=True)
class PublicTheme:
    id: int
    label: DisplayText
    people: int | None
    width: str
    nearly_all: bool = False  # nearly everyone spoke of it, and so it has no number
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class ResultsPage:
    language: str
    people: int | None
    heard: DisplayText
    easy: DisplayText
    next: DisplayText
    others: tuple[tuple[str, DisplayText], ...]  # (audience, the same for them)
    translated: bool
    machine: bool
    checked: bool
    rules: DisclosureRules
    questions: tuple[PublicFigure, ...] = ()
    about: tuple[PublicFigure, ...] = ()
    not_shown: tuple[DisplayText, ...] = ()
    themes: tuple[PublicTheme, ...] = ()
    any_hidden_theme: bool = False
    pickable: tuple[PickableItem, ...] = ()
    picked: tuple[PickableItem, ...] = ()  # what officers show beside their words

    @property
    def least_of_some(self) -> int:
        """The least number that grave themes and sensitive questions show, where it is another than that of the rest."""
        least = self.rules.least_shown(sensitive=True)
        return least if least > self.rules.threshold else 0


def build_results_page(results: Results, language: str = SOURCE, *, preview: bool = False) -> ResultsPage:
    """`preview` includes translations that nobody has confirmed, for officers only."""
    release = results.release
    own = results.words_in(language, preview=preview)
    asked = handover.find_newest_version(results.consultation)
    questionnaire = Questionnaire(asked.content if asked else {"items": []})
    figures = list(release.figures.all())
    questions = [_build_question_figure(f, questionnaire, language) for f in figures if f.kind == "question"]
    about = [_build_question_figure(f, questionnaire, language) for f in figures if f.kind == "about"]
    quotes = drop_near_repeats(Quote.objects.filter(release=release).for_the_public())
    themes, hidden = _build_public_themes(results, language, own, quotes)
    shown = {theme.id for theme in themes}
    items = tuple(
        list_pickable_items([*questions, *about], themes, (quote for quote in quotes if quote.theme_id in shown))
    )
    return ResultsPage(
        language=language,
        people=release.people,
        heard=_officer_text(results, own, "heard", language),
        easy=_officer_text(results, own, "heard_easy", language),
        next=_officer_text(results, own, "next", language),
        others=tuple(_list_other_versions(results, own, language)),
        translated=language == SOURCE or bool(own),
        machine=language != SOURCE and bool(own.get("machine")),
        checked=bool(own.get("checked_by")),
        rules=parse_stored_rules(release.rules),
        questions=tuple(one for one in questions if not one.refused),
        about=tuple(one for one in about if not one.refused),
        not_shown=tuple(one.title for one in (*questions, *about) if one.refused),
        themes=tuple(themes),
        any_hidden_theme=hidden,
        pickable=items,
        picked=tuple(find_picked_items(items, results.picked)),
    )


def _officer_text(results: Results, own: dict[str, Any], name: str, language: str) -> DisplayText:
    if text := own.get(name):
        return DisplayText(text)
    return DisplayText(results.english.get(name, ""), language != SOURCE)


def _list_other_versions(results: Results, own: dict[str, Any], language: str) -> Iterator[tuple[str, DisplayText]]:
    english, said = (words.get("for") or {} for words in (results.english, own))
    for audience in list_other_audiences(results):
        if text := said.get(audience) or english.get(audience):
            yield audience, DisplayText(text, language != SOURCE and not said.get(audience))


def list_other_audiences(results: Any) -> list[str]:
    """Whom the results may be told in words of their own: all but those who were asked."""
    return [each for each, _ in handover.AUDIENCES if each != results.consultation.audience]


def _asked_text(strings: dict[str, str], language: str) -> DisplayText:
    return DisplayText(localised_text(strings, language), language != SOURCE and not strings.get(language))


def _build_question_figure(figure: Figure, questionnaire: Any, language: str) -> PublicFigure:
    asked, _, part = figure.key.partition(":")
    item = questionnaire.by_id(asked)
    rows = figure.table.get("rows", [])
    if item is None or _question_title(item, part, SOURCE).text != figure.title:
        # No longer asked, or reworded since: people answered the wording that the release stored.
        title = DisplayText(figure.title, language != SOURCE)
    else:
        title = _question_title(item, part, language)
    labels = {o["id"]: o["text"] for o in item["options"]} if item else {}
    base = figure.table.get("base") or 0
    most = max((drawn_people(row, base) for row in rows), default=0)
    return PublicFigure(
        id=figure.key.replace(":", "-"),
        title=title,
        rows=tuple(
            _build_choice_figure(row, labels, language, bar_width(drawn_people(row, base), most)) for row in rows
        ),
        base=figure.table.get("base"),
        several=bool(figure.table.get("several")),
    )


def _question_title(item: dict[str, Any], part: str, language: str) -> DisplayText:
    title = _asked_text(item["text"], language)
    row = next((row for row in item["rows"] if row["id"] == part), None)
    more = f" {localised_text(row['text'], language)}" if row else ""
    return DisplayText(f"{title.text}{more}", title.in_english)


def _build_choice_figure(row: dict[str, Any], labels: dict[str, Any], language: str, width: str) -> ChoiceFigure:
    own = row["id"].removeprefix("apart-")
    if own == NO_ANSWER and language == SOURCE:
        label = DisplayText(row["label"])
    elif own in NON_RESPONSE_KEYS and (
        own != row["id"] or row["id"] not in labels
    ):  # officers' own option may be "na"
        label = DisplayText(key=NON_RESPONSE_KEYS[own])
    elif localised_text(labels.get(row["id"], {}), SOURCE) == row["label"]:
        label = _asked_text(labels[row["id"]], language)
    else:
        label = DisplayText(row["label"], language != SOURCE)
    return ChoiceFigure(label, row["value"], tenths_of_people(row), width, row["id"], is_nearly_all(row))


def _build_public_themes(
    results: Results, language: str, own: dict[str, Any], cleared: Iterable[Quote] = ()
) -> tuple[list[PublicTheme], bool]:
    """(themes that are told, most people first; whether others are hidden). Hidden themes are not named."""
    release = results.release
    rows, people = release.theme_rows(), release.people_by_theme()
    shown = sorted(
        (row for row in rows if people.get(int(row["id"]))), key=lambda row: (-people[int(row["id"])], row["label"])
    )
    most = max(people.values(), default=0)
    quotes = _select_public_quotes(results, [int(row["id"]) for row in shown], cleared)
    # Officers' short name in this language, else in English, else the codebook's label.
    short, english = own.get("themes") or {}, results.english.get("themes") or {}
    labels = {str(theme): label for theme, label in release.codebook_version.entries.values_list("theme_id", "label")}
    return [
        PublicTheme(
            id=int(row["id"]),
            label=DisplayText(short[row["id"]])
            if short.get(row["id"])
            else DisplayText(english.get(row["id"]) or labels[row["id"]], language != SOURCE),
            people=row["value"],
            width=bar_width(people[int(row["id"])], most),
            nearly_all=is_nearly_all(row),
            quotes=tuple(quotes.get(int(row["id"]), ())),
        )
        for row in shown
    ], not all(is_reported(row) for row in rows)


def list_not_neutral_themes(results: Results) -> list[str]:
    """Labels of shown themes that are not neutral to someone looking over a child's shoulder (A3)."""
    themes, _ = _build_public_themes(results, SOURCE, results.english)
    return [theme.label.text for theme in themes if NOT_NEUTRAL.search(theme.label.text)]


def short_theme_name(results: Results, theme: int, language: str = SOURCE) -> DisplayText:
    """Officers' short name of a theme, in this language or in English; empty where they gave none."""
    own, english = (results.words_in(each).get("themes") or {} for each in (language, SOURCE))
    if text := own.get(str(theme)):
        return DisplayText(text)
    return DisplayText(english.get(str(theme), ""), language != SOURCE)


def _select_public_quotes(results: Results, themes: list[int], cleared: Iterable[Quote]) -> dict[int, list[Quote]]:
    """{theme id: at most three public quotes}; each text once: beside officers' words, or under its theme with most
    people (C3)."""
    found: dict[int, list[Quote]] = {}
    shown = [quote for quote in cleared if quote.theme_id in themes]
    texts = {quote.text for quote in shown if f"{QUOTE}{quote.pk}" in results.picked}
    for quote in sorted(shown, key=lambda quote: (themes.index(quote.theme_id), not quote.featured, quote.place)):
        of_theme = found.setdefault(quote.theme_id, [])
        if len(of_theme) < QUOTES_A_THEME and quote.text not in texts:
            of_theme.append(quote)
            texts.add(quote.text)
    return found

"""Freezes the figures and quotes of a release: exact counts come in, what disclosure control lets out is stored.

All figures are calculated first, without a write (`prepare`), and then stored at once (`store`): submissions do not
wait for a lock, and an interrupted run leaves nothing behind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.utils import timezone

from insights.coding.agreement.actions import for_a_release
from insights.reports import coded, context, counting, splits
from insights.reports.counting import TOTAL, Asked, Crowd
from insights.reports.disclosure import HIDDEN, Refused, Table, explain, protect
from insights.reports.disclosure.presets import Preset
from insights.reports.figures import count_percents, freeze_refused, freeze_table
from insights.reports.ledger.keeping import PEOPLE, Kept, Memory, figures_of, put
from insights.reports.models import Figure, Release
from insights.reports.words import freeze_words
from insights.themes.people import people_by_theme, people_with_words

Tick = Callable[[str, int, int], None]
KEPT_WORDS = "keeps the old number, or stays hidden: too few people have moved it since it was shown"


def quiet(stage: str, done: int, total: int) -> None:
    """A progress callback that does nothing."""


@dataclass
class Draft:
    """A calculated release, not yet stored. `why` lists each table's hidden figures and the rules that hide them."""

    consultation: Any
    preset: Preset
    crowd: Crowd = field(repr=False)
    memory: Memory = field(repr=False)
    today: date = field(default_factory=timezone.localdate)
    previewed: list[dict[str, Any]] = field(default_factory=list)  # `why` of a preview with a few people fewer
    people: int | None = None
    figures: list[tuple[int, Asked, dict[str, Any]]] = field(default_factory=list, repr=False)
    kept: dict[tuple[str, str], Kept] = field(default_factory=dict, repr=False)
    behind: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False)
    why: list[dict[str, Any]] = field(default_factory=list)
    seen: list[splits.Parts] = field(default_factory=list, repr=False)


def prepare(draft: Draft, version: Any, questionnaire: Any, tick: Tick = quiet) -> Draft:
    """Count, protect and compare everything that the release will show."""
    draft.people = _everyone(draft)
    asked = list(enumerate(counting.tables(draft.crowd, questionnaire)))
    for order, one in asked:
        tick("tables", order, len(asked))
        _freeze(draft, order, one)
    _freeze_themes(draft, version, questionnaire, tick)
    return draft


def _everyone(draft: Draft) -> int | None:
    number, rules = len(draft.crowd.respondents), draft.preset.rules
    everyone = {(TOTAL, TOTAL): np.arange(number)}
    asked = Asked(*PEOPLE, "Everyone who answered", (), Table.one_way({}, base=number), everyone)
    table = freeze_refused("") | {"base": rules.rounded(number) if number >= rules.min_base else None}
    del table["refused"]
    return _remember(draft, asked, table).table["base"]


def _remember(draft: Draft, asked: Asked, table: dict[str, Any]) -> Kept:
    name = (asked.kind, asked.key)
    draft.kept[name], draft.behind[name] = draft.memory.keep(asked, table), asked.behind
    return draft.kept[name]


def _freeze(draft: Draft, order: int, asked: Asked, **margins: Any) -> Any:
    rules = draft.preset.rules
    try:
        protected = _protected(draft, asked, margins)
    except Refused as refusal:
        protected, table = None, freeze_refused(str(refusal))
    else:
        table = freeze_table(protected, dict(asked.options), dict(asked.columns))
    table = _as_previewed(draft, asked, table)
    if asked.kind == "themes-by":
        _hide_bands_of_few_silent(draft.crowd, asked, table, rules)
    kept = _remember(draft, asked, table)
    draft.figures.append((order, asked, table))
    draft.why.append(_why(asked, protected, kept))
    return protected


def _protected(draft: Draft, asked: Asked, margins: dict[str, Any]) -> Any:
    rules = draft.preset.rules
    if asked.kind not in splits.SPLITS:
        return protect(asked.table, rules, **margins)
    return splits.protect_split(asked, rules, draft.seen, draft.memory, **margins)


def _hide_bands_of_few_silent(crowd: Crowd, asked: Asked, table: dict[str, Any], rules: Any) -> None:
    """A band is counted in two tables: all its people, and those with words. Where the two differ by a few people,
    hide the second; also the smallest other band, or, where numbers are exact, every band."""
    shown = [
        (cell["value"] or 0, at, crowd.who_chose(asked.key, column).size - asked.behind[TOTAL, column].size)
        for at, ((column, _), cell) in enumerate(zip(asked.columns, table["column_totals"], strict=False))
        if column != counting.NOT_GIVEN and cell["value"]
    ]
    few = {at for _, at, silent in shown if 0 < silent < rules.threshold}
    if few and rules.round_to == 1:
        few = set(range(len(asked.columns)))
    elif len(few) == 1:
        few |= {at for _, at, _ in sorted(one for one in shown if one[1] not in few)[:1]}
    for at in few:
        table["column_totals"][at] |= {"value": None, "symbol": HIDDEN}
        for row in table["rows"]:
            row["cells"][at]["percent"] = None


def _as_previewed(draft: Draft, asked: Asked, table: dict[str, Any]) -> dict[str, Any]:
    """A figure that was hidden in the preview a few people ago stays hidden: to show it would tell of those few."""
    seen = next((one for one in draft.previewed if one["title"] == asked.title), None)
    if seen is None or "refused" in table:
        return table
    if "refused" in seen:
        return freeze_refused(seen["refused"])
    rows, columns = dict(asked.options) | {TOTAL: "All"}, dict(asked.columns)
    hidden = {(cell["row"], cell["column"]) for cell in seen["hidden"]}
    for (row, column), cell in figures_of(table):
        band = columns[column] if column != TOTAL else "All" if columns else ""
        if (rows[row], band) in hidden:
            put(table, (row, column), cell, None)
    count_percents(table, draft.preset.rules)
    return table


def _why(asked: Asked, protected: Any, kept: Kept) -> dict[str, Any]:
    """The hidden figures of a table and the rule that hides each. Never a value."""
    if protected is None:
        return {"title": asked.title, "refused": kept.table["refused"], "hidden": []}
    return {"title": asked.title, "hidden": list(_reasons(asked, protected, kept))}


def _reasons(asked: Asked, protected: Any, kept: Kept) -> Iterator[dict[str, str]]:
    rows = [*asked.options, (TOTAL, "All")]
    columns = [*asked.columns, (TOTAL, "All" if asked.columns else "")]
    for (row, label), line in zip(rows, protected.grid, strict=True):
        for (column, band), cell in zip(columns, line, strict=True):
            if (row, column) in kept.kept:
                yield {"row": label, "column": band, "why": KEPT_WORDS}
            elif cell.hidden:
                yield {"row": label, "column": band, "why": explain(cell, protected.rules)}


def _freeze_themes(draft: Draft, version: Any, questionnaire: Any, tick: Tick) -> None:
    entries = list(version.entries.select_related("theme").order_by("label"))
    options = tuple((str(entry.theme_id), entry.label) for entry in entries)
    found = people_by_theme(draft.consultation)
    themes = {str(theme): draft.crowd.places(found.get(theme, ())) for theme in (entry.theme_id for entry in entries)}
    base = draft.crowd.places(people_with_words(draft.consultation))
    whole = counting.theme_table(themes, base, options)
    margin = _freeze(draft, 1000, whole)
    for order, asked, bound in context.tables(draft, whole, margin):
        _freeze(draft, order, asked, **bound)
    if margin is None:
        return
    facets = counting.facets(questionnaire)
    for number, item in enumerate(facets):
        tick("themes", number, len(facets))
        _freeze(draft, 1001 + number, counting.theme_by_facet(whole, draft.crowd, item), row_margin=margin)


def store(draft: Draft, release: Release) -> None:
    """Store figures, quotes, agreement and the ledger's page of a saved release."""
    Figure.objects.bulk_create(
        Figure(release=release, kind=asked.kind, key=asked.key, order=order, title=asked.title, table=table)
        for order, asked, table in draft.figures
    )
    draft.memory.write(release, draft.kept, draft.behind)
    freeze_words(release, draft.memory)
    freeze_agreement(release)


def freeze_agreement(release: Release) -> None:
    """Freeze how texts were coded and how far two coders agree. Themes with a hidden number are left out."""
    release.agreement = for_a_release(release.consultation, set(release.shown_themes()))
    release.coding = coded.facts(release.consultation)
    release.save(update_fields=["agreement", "coding"])

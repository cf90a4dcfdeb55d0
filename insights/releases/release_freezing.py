"""Freezes the figures and quotes of a release: exact counts come in, what disclosure control lets out is stored.

All figures are calculated first, without a write (`protect_release_figures`), and then stored at once
(`store_release_content`): submissions do not wait for a lock, and an interrupted run leaves nothing behind.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.utils import timezone

from insights.coding.agreement.actions import build_release_agreement
from insights.disclosure import HIDDEN, CountTable, TableRefused, explain_cell, protect_table
from insights.disclosure.disclosure_presets import Preset
from insights.releases import coding_summary, context_tables, cross_tabulation, split_protection
from insights.releases.cross_tabulation import TOTAL, CountedTable, Crowd
from insights.releases.differencing.figure_memory import (
    PEOPLE,
    ComparedTable,
    FigureMemory,
    iterate_shown_figures,
    set_shown_value,
)
from insights.releases.models import Figure, Release
from insights.releases.people import people_by_theme, people_with_words
from insights.releases.released_quotes import freeze_quotes
from insights.releases.stored_figures import freeze_refusal, freeze_table, recount_percents

ProgressCallback = Callable[[str, int, int], None]
KEPT_WORDS = "keeps the old number, or stays hidden: too few people have moved it since it was shown"


def ignore_progress(stage: str, done: int, total: int) -> None:
    """A progress callback that does nothing."""


@dataclass
class ReleaseDraft:
    """A calculated release, not yet stored. `why` lists each table's hidden figures and the rules that hide them."""

    consultation: Any
    preset: Preset
    crowd: Crowd = field(repr=False)
    memory: FigureMemory = field(repr=False)
    today: date = field(default_factory=timezone.localdate)
    previewed: list[dict[str, Any]] = field(default_factory=list)  # `why` of a preview with a few people fewer
    people: int | None = None
    figures: list[tuple[int, CountedTable, dict[str, Any]]] = field(default_factory=list, repr=False)
    kept: dict[tuple[str, str], ComparedTable] = field(default_factory=dict, repr=False)
    behind: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False)
    why: list[dict[str, Any]] = field(default_factory=list)
    seen: list[split_protection.SplitParts] = field(default_factory=list, repr=False)


def protect_release_figures(
    draft: ReleaseDraft, version: Any, questionnaire: Any, tick: ProgressCallback = ignore_progress
) -> ReleaseDraft:
    """Count, protect and compare everything that the release will show."""
    number, rules = len(draft.crowd.respondents), draft.preset.rules
    everyone = {(TOTAL, TOTAL): np.arange(number)}
    total = CountedTable(*PEOPLE, "Everyone who answered", (), CountTable.one_way({}, base=number), everyone)
    table = freeze_refusal("") | {"base": rules.round_figure(number) if number >= rules.min_base else None}
    del table["refused"]
    draft.people = _compare_with_shown(draft, total, table).table["base"]
    asked = list(enumerate(cross_tabulation.build_question_tables(draft.crowd, questionnaire)))
    for order, one in asked:
        tick("tables", order, len(asked))
        _freeze_figure(draft, order, one)
    _freeze_themes(draft, version, questionnaire, tick)
    return draft


def _compare_with_shown(draft: ReleaseDraft, asked: CountedTable, table: dict[str, Any]) -> ComparedTable:
    name = (asked.kind, asked.key)
    draft.kept[name], draft.behind[name] = draft.memory.keep(asked, table), asked.behind
    return draft.kept[name]


def _freeze_figure(draft: ReleaseDraft, order: int, asked: CountedTable, **margins: Any) -> Any:
    rules = draft.preset.rules
    try:
        if asked.kind in split_protection.SPLITS:
            protected = split_protection.protect_split(asked, rules, draft.seen, draft.memory, **margins)
        else:
            protected = protect_table(asked.table, rules, **margins)
    except TableRefused as refusal:
        protected, table = None, freeze_refusal(str(refusal))
    else:
        table = freeze_table(protected, dict(asked.options), dict(asked.columns))
    table = _keep_hidden_as_previewed(draft, asked, table)
    if asked.kind == "themes-by":
        _hide_bands_with_few_wordless(draft.crowd, asked, table, rules)
    kept = _compare_with_shown(draft, asked, table)
    draft.figures.append((order, asked, table))
    draft.why.append(_explain_hidden(asked, protected, kept))
    return protected


def _hide_bands_with_few_wordless(crowd: Crowd, asked: CountedTable, table: dict[str, Any], rules: Any) -> None:
    """A band is counted in two tables: all its people, and those with words. Where the two differ by a few people,
    hide the second; also the smallest other band, or, where numbers are exact, every band."""
    shown = [
        (cell["value"] or 0, at, crowd.who_chose(asked.key, column).size - asked.behind[TOTAL, column].size)
        for at, ((column, _), cell) in enumerate(zip(asked.columns, table["column_totals"], strict=False))
        if column != cross_tabulation.NOT_GIVEN and cell["value"]
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


def _keep_hidden_as_previewed(draft: ReleaseDraft, asked: CountedTable, table: dict[str, Any]) -> dict[str, Any]:
    """A figure that was hidden in the preview a few people ago stays hidden: to show it would tell of those few."""
    seen = next((one for one in draft.previewed if one["title"] == asked.title), None)
    if seen is None or "refused" in table:
        return table
    if "refused" in seen:
        return freeze_refusal(seen["refused"])
    rows, columns = dict(asked.options) | {TOTAL: "All"}, dict(asked.columns)
    hidden = {(cell["row"], cell["column"]) for cell in seen["hidden"]}
    for (row, column), cell in iterate_shown_figures(table):
        band = columns[column] if column != TOTAL else "All" if columns else ""
        if (rows[row], band) in hidden:
            set_shown_value(table, (row, column), cell, None)
    recount_percents(table, draft.preset.rules)
    return table


def _explain_hidden(asked: CountedTable, protected: Any, kept: ComparedTable) -> dict[str, Any]:
    """The hidden figures of a table and the rule that hides each. Never a value."""
    if protected is None:
        return {"title": asked.title, "refused": kept.table["refused"], "hidden": []}
    hidden = []
    rows = [*asked.options, (TOTAL, "All")]
    columns = [*asked.columns, (TOTAL, "All" if asked.columns else "")]
    for (row, label), line in zip(rows, protected.grid, strict=True):
        for (column, band), cell in zip(columns, line, strict=True):
            if (row, column) in kept.kept or cell.hidden:
                why = KEPT_WORDS if (row, column) in kept.kept else explain_cell(cell, protected.rules)
                hidden.append({"row": label, "column": band, "why": why})
    return {"title": asked.title, "hidden": hidden}


def _freeze_themes(draft: ReleaseDraft, version: Any, questionnaire: Any, tick: ProgressCallback) -> None:
    entries = list(version.entries.select_related("theme").order_by("label"))
    options = tuple((str(entry.theme_id), entry.label) for entry in entries)
    found = people_by_theme(draft.consultation)
    themes = {str(theme): draft.crowd.places(found.get(theme, ())) for theme in (entry.theme_id for entry in entries)}
    base = draft.crowd.places(people_with_words(draft.consultation))
    whole = cross_tabulation.build_theme_table(themes, base, options)
    margin = _freeze_figure(draft, 1000, whole)
    for order, asked, bound in context_tables.build_context_tables(draft, whole, margin):
        _freeze_figure(draft, order, asked, **bound)
    if margin is None:
        return
    facets = cross_tabulation.facet_questions(questionnaire)
    for number, item in enumerate(facets):
        tick("themes", number, len(facets))
        _freeze_figure(
            draft,
            1001 + number,
            cross_tabulation.build_theme_by_facet_table(whole, draft.crowd, item),
            row_margin=margin,
        )


def store_release_content(draft: ReleaseDraft, release: Release) -> None:
    """Store figures, quotes, agreement and the ledger's page of a saved release."""
    Figure.objects.bulk_create(
        Figure(release=release, kind=asked.kind, key=asked.key, order=order, title=asked.title, table=table)
        for order, asked, table in draft.figures
    )
    draft.memory.write(release, draft.kept, draft.behind)
    freeze_quotes(release, draft.memory)
    freeze_agreement(release)


def freeze_agreement(release: Release) -> None:
    """Freeze how texts were coded and how far two coders agree. Themes with a hidden number are left out."""
    release.agreement = build_release_agreement(release.consultation, set(release.shown_themes()))
    release.coding = coding_summary.summarise_coding(release.consultation)
    release.save(update_fields=["agreement", "coding"])

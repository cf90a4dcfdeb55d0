"""Freezes the figures and quotes of a release: exact counts come in, what disclosure control lets out is stored.

All figures are calculated first, without a write (`protect_release_figures`), and then stored at once
(`store_release_content`): submissions do not wait for a lock, and an interrupted run leaves nothing behind.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.utils import timezone

from insights.coding.agreement.actions import build_release_agreement
from insights.coding.confirmation.sample_size import LEAST_CONFIRMED
from insights.disclosure import ProtectedTable, TableRefused, perturb_table, protect_table
from insights.disclosure.disclosure_presets import Preset
from insights.disclosure.disclosure_rules import MOST_NOISE
from insights.disclosure.perturbation import ReleaseNoise
from insights.disclosure.record_keys import make_release_noise
from insights.releases import closed_periods, coding_summary, context_tables, cross_tabulation
from insights.releases.cross_tabulation import TOTAL, CountedTable, Crowd
from insights.releases.crossed_questions import answer_questions
from insights.releases.minority_views.policies import SERIOUS
from insights.releases.models import Figure, Release
from insights.releases.people import people_by_theme, people_with_words
from insights.releases.policies import (
    TABLES_BY_GROUP,
    THEMES_CROSSED,
    draw_newcomers_needed,
    may_draw_tables,
)
from insights.releases.release_verification import (
    compare_with_agreed,
    fingerprint_figures,
    may_be_drawn_again,
    summarise_errors,
)
from insights.releases.released_quotes import QUOTED_FROM, freeze_quotes
from insights.releases.stored_figures import (
    WAITING,
    blank_own_cells,
    blank_unconfirmed_cells,
    blank_waiting_themes,
    freeze_refusal,
    freeze_table,
    raise_low_ends,
)
from insights.releases.theme_estimates import ThemeEstimates, estimate_themes, gather_readings

ProgressCallback = Callable[[str, int, int], None]
# Order of the figures of a release, after the questions.
CHANNELS = 899
PAIRS = 900
PERIODS = 950
THEMES, THEMES_BY, THEMES_BY_ANSWER, THEMES_WITH, QUESTIONS_BY = 1000, 1001, 3000, 3900, 4000
# Over a fifth release, larger groups would tell an attacker more than was agreed (disclosure/PERTURBATION_CARD.md).
RELEASES_WITH_LARGER_GROUPS = 4
RELEASES_WITH_PAIRS = 1  # of services, which overlap: a second release would gain an attacker more than was agreed
TOO_FEW_WITH_WORDS = "Fewer than {} people answered in words, so themes have no numbers."
READ_EVERYTHING = "These rules show exact numbers, so people must read every answer before themes have any."
MOST_DRAWS = 20


def ignore_progress(stage: str, done: int, total: int) -> None:
    """A progress callback that does nothing."""


@dataclass
class ReleaseDraft:
    """A calculated release, not yet stored. `number` is that of the release: its noise hangs on it, and on how many draws
    of its fresh part were thrown away before (`draw`)."""

    consultation: Any
    preset: Preset
    crowd: Crowd = field(repr=False)
    number: int = 1
    draw: int = 0
    today: date = field(default_factory=timezone.localdate)
    previous: Release | None = None
    people: int | None = None
    merged: dict[str, Any] = field(default_factory=dict)  # see merged_groups.load_merged_groups
    earlier: tuple[int, ...] = ()  # shown people of the published releases, oldest first
    spoken: tuple[Any, Any, Any] | None = field(default=None, repr=False)  # see _gather_spoken
    # (order, table, what is shown of it, its sensitive rows; in themes by themes they are columns, too)
    figures: list[tuple[int, CountedTable, dict[str, Any], frozenset[str]]] = field(default_factory=list, repr=False)

    @cached_property
    def noise(self) -> ReleaseNoise:
        return make_release_noise(self.consultation.pk, self.number, self.crowd.respondents, self.draw)

    def show_people(self, places: np.ndarray) -> int:
        """The number to publish of the people at these places, and so the one that decides what else is said of them: by
        an exact threshold, whoever adds one person would see how many there were."""
        rules = self.preset.rules
        return self.noise.perturb_people(places) if rules.perturb else rules.round_figure(places.size)

    def may_draw(self, growth: float) -> bool:
        return may_draw_tables(self.earlier, self.people or 0, growth)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """How far its numbers are from the counts; asked when all of them are calculated."""
        return summarise_errors(self) | {"draw": self.draw}


def draw_true_figures(
    draft: ReleaseDraft, version: Any, questionnaire: Any, tick: ProgressCallback = ignore_progress
) -> ReleaseDraft:
    """The first draw of noise that moves the numbers no further, taken together, than was agreed, or else the nearest to
    that of MOST_DRAWS (`nearest` in its summary); of few numbers the first draw, whatever it does."""
    best = protect_release_figures(replace(draft, figures=[]), version, questionnaire, tick)
    if best.people is None or not draft.preset.rules.perturb or not may_be_drawn_again(best.summary):
        return best
    for draw in range(1, MOST_DRAWS):
        if compare_with_agreed(best.summary) <= 1:
            break
        found = protect_release_figures(replace(best, draw=draw, figures=[]), version, questionnaire, tick)
        best = min(best, found, key=lambda one: compare_with_agreed(one.summary))
    best.summary["nearest"] = compare_with_agreed(best.summary) > 1
    return best


def protect_release_figures(
    draft: ReleaseDraft, version: Any, questionnaire: Any, tick: ProgressCallback = ignore_progress
) -> ReleaseDraft:
    """Count and protect everything that the release will show."""
    draft.people = _perturb_people(draft)
    larger = draft.merged if draft.preset.rules.perturb and draft.number <= RELEASES_WITH_LARGER_GROUPS else {}
    facets = cross_tabulation.list_facets(questionnaire, larger)
    by_channel = cross_tabulation.list_channel_facets(draft.crowd)
    asked = list(enumerate(cross_tabulation.build_question_tables(draft.crowd, questionnaire)))
    if not draft.preset.rules.perturb:
        # Exact numbers: one split, whose totals take the place of that question's own table.
        facets = facets[:1]
        asked = [(order, one) for order, one in asked if one.key not in {facet.key for facet in facets}]
    else:
        facets = [*facets, *by_channel] if draft.may_draw(TABLES_BY_GROUP) else []
        for facet in by_channel:
            _freeze_figure(draft, CHANNELS, cross_tabulation.build_channel_table(draft.crowd, facet))
    for order, one in asked:
        tick("tables", order, len(asked))
        hard = one.key.partition(":")[0] in questionnaire.hard_questions  # a row of a grid is "question:row"
        _freeze_figure(draft, order, one, sensitive=frozenset(one.table.rows if hard else ()))
        if draft.preset.rules.perturb and one.kind == "question":
            for number, facet in enumerate(facets):
                split = cross_tabulation.split_question_by_group(one, draft.crowd, facet)
                hard_group = facet.item["id"] in questionnaire.hard_questions
                sensitive = frozenset(one.table.rows if hard or hard_group else ())
                _freeze_figure(draft, QUESTIONS_BY + order * len(facets) + number, split, sensitive)
    if draft.preset.rules.perturb and draft.number <= RELEASES_WITH_PAIRS:
        for number, pairs in enumerate(cross_tabulation.build_service_pairs(draft.crowd, questionnaire)):
            hard = bool(set(pairs.key.split("|")) & questionnaire.hard_questions)
            _freeze_figure(draft, PAIRS + number, pairs, sensitive=frozenset(pairs.table.rows if hard else ()))
    if draft.preset.rules.perturb:
        _freeze_closed_periods(draft, [one for _, one in asked if one.kind == "question"], questionnaire)
    _freeze_themes(draft, version, questionnaire, facets, tick)
    return draft


def _freeze_closed_periods(draft: ReleaseDraft, asked: list[CountedTable], questionnaire: Any) -> None:
    before = draft.previous.made_on if draft.previous else None
    needed = draw_newcomers_needed(draft.consultation, draft.number)
    for quarter in closed_periods.list_newly_closed(draft.crowd, draft.today, before, needed):
        for one in asked:
            hard = one.key.partition(":")[0] in questionnaire.hard_questions
            split = closed_periods.split_by_period(draft.crowd, one, quarter)
            _freeze_figure(draft, PERIODS, split, sensitive=frozenset(split.table.rows if hard else ()))


def _perturb_people(draft: ReleaseDraft) -> int | None:
    shown = draft.show_people(np.arange(len(draft.crowd.respondents)))
    return shown if shown >= draft.preset.rules.min_base else None


def _protect_table(
    draft: ReleaseDraft,
    asked: CountedTable,
    sensitive: frozenset[str],
    margin: ProtectedTable | None,
) -> ProtectedTable:
    rules = draft.preset.rules
    if rules.perturb:
        return perturb_table(asked.table, asked.list_cell_keys(draft.noise), draft.noise, rules, sensitive)
    return protect_table(asked.table, rules, row_margin=margin)


def _freeze_figure(
    draft: ReleaseDraft,
    order: int,
    asked: CountedTable,
    sensitive: frozenset[str] = frozenset(),
    margin: ProtectedTable | None = None,
    estimates: ThemeEstimates | None = None,
) -> ProtectedTable | None:
    """`estimates`, where the rows are themes: their doubt makes intervals wider, and those that wait are blank."""
    protected = None
    try:
        protected = _protect_table(draft, asked, sensitive, margin)
    except TableRefused as refusal:
        by_words = refusal.reason == "base" and (asked.kind == "sentiment" or asked.kind.startswith("themes"))
        table = freeze_refusal(TOO_FEW_WITH_WORDS.format(draft.preset.rules.min_base) if by_words else str(refusal))
    else:
        doubt = estimates.deviations() if estimates else {}
        table = freeze_table(protected, dict(asked.options), dict(asked.columns), doubt)
        if asked.table.is_mirrored:
            blank_own_cells(table)
        if estimates:
            blank_waiting_themes(table, {str(theme) for theme in estimates.waiting})
            if not estimates.is_census:
                blank_unconfirmed_cells(table, is_mirrored=asked.table.is_mirrored)
                raise_low_ends(table, _count_sure_people(draft, estimates))
            _add_coded_people(draft, asked, table, estimates, sensitive)
    draft.figures.append((order, asked, table, sensitive))
    return protected


def _count_sure_people(draft: ReleaseDraft, estimates: ThemeEstimates) -> dict[str, int]:
    """{theme: people in whom a person found it, at the least that the shown number of them leaves possible}"""
    off = MOST_NOISE if draft.preset.rules.perturb else draft.preset.rules.round_to
    shown = ((theme, draft.show_people(found)) for theme, found in estimates.found.items())
    return {str(theme): max(LEAST_CONFIRMED, number - off) for theme, number in shown}


def _freeze_themes(
    draft: ReleaseDraft, version: Any, questionnaire: Any, facets: list[Any], tick: ProgressCallback
) -> None:
    entries = list(version.entries.select_related("theme").order_by("label"))
    options = tuple((str(entry.theme_id), entry.label) for entry in entries)
    serious = frozenset(str(entry.theme_id) for entry in entries if entry.gravity >= SERIOUS)
    ids = [entry.theme_id for entry in entries]
    draft.spoken = draft.spoken or _gather_spoken(draft, ids)
    themes, base, estimates = draft.spoken
    whole = cross_tabulation.build_theme_table(themes, base, options, estimates.people())
    estimates = replace(estimates, waiting=_list_waiting_themes(draft, whole, estimates, serious))
    if not (draft.preset.rules.perturb or estimates.is_census):
        draft.figures.append((THEMES, whole, freeze_refusal(READ_EVERYTHING), serious))
        return
    margin = _freeze_figure(draft, THEMES, whole, sensitive=serious, estimates=estimates)
    if margin is not None:
        _add_people_read(draft, estimates, serious)
    if draft.preset.rules.perturb:
        for order, asked in context_tables.build_context_tables(draft, whole, estimates):
            of_themes = estimates if asked.kind == "sentiment" else None
            sensitive = frozenset(asked.table.rows) if asked.key in serious else serious
            _freeze_figure(draft, order, asked, sensitive=sensitive, estimates=of_themes)
    if margin is None:
        return
    for number, facet in enumerate(facets):
        tick("themes", number, len(facets))
        split = cross_tabulation.split_themes_by_question(whole, draft.crowd, facet)
        sensitive = frozenset(split.table.rows) if facet.item["id"] in questionnaire.hard_questions else serious
        _freeze_figure(draft, THEMES_BY + number, split, sensitive, margin, estimates)
    if draft.preset.rules.perturb and draft.may_draw(THEMES_CROSSED):
        for number, item in enumerate(answer_questions(questionnaire)):
            split = cross_tabulation.split_themes_by_question(whole, draft.crowd, cross_tabulation.Facet(item))
            sensitive = frozenset(split.table.rows) if item["id"] in questionnaire.hard_questions else serious
            _freeze_figure(draft, THEMES_BY_ANSWER + number, split, sensitive, estimates=estimates)
        together = cross_tabulation.split_themes_by_theme(whole, draft.crowd)
        _freeze_figure(draft, THEMES_WITH, together, serious, estimates=estimates)


def _gather_spoken(draft: ReleaseDraft, ids: list[int]) -> tuple[dict[str, np.ndarray], np.ndarray, ThemeEstimates]:
    """(coded people by theme, everyone with words, as sorted places; estimates): the same for each draw of noise."""
    found = people_by_theme(draft.consultation)
    themes = {str(theme): draft.crowd.places(found.get(theme, ())) for theme in ids}
    base = draft.crowd.places(people_with_words(draft.consultation))
    return themes, base, estimate_themes(draft.crowd, base, ids, gather_readings(draft.consultation))


def _list_waiting_themes(
    draft: ReleaseDraft, whole: CountedTable, estimates: ThemeEstimates, serious: frozenset[str]
) -> frozenset[int]:
    """Themes that wait for readers: those without an estimate, and those whose number would be shown with too few answers
    confirmed. An estimate of few people needs no more: it shows as "fewer than 5"."""
    numbers, people = draft.noise, estimates.people()

    def would_show(theme: int) -> bool:
        key = numbers.cell_key(whole.behind[str(theme), TOTAL])
        least = draft.preset.rules.least_shown(str(theme) in serious)
        return numbers.perturb_count(people[str(theme)], key) >= least

    return frozenset(one for one in estimates.waiting if str(one) not in people or would_show(one))


def _add_coded_people(
    draft: ReleaseDraft,
    asked: CountedTable,
    table: dict[str, Any],
    estimates: ThemeEstimates,
    sensitive: frozenset[str],
) -> None:
    """To each row of themes the coded people, by machine or person, of whom its cells are parts; not where they are the
    figure itself."""
    for row in table["rows"]:
        if estimates.is_census or row["symbol"] == WAITING:
            continue
        shown = draft.noise.perturb_people(asked.behind[row["id"], TOTAL])
        least = draft.preset.rules.least_shown(row["id"] in sensitive)
        row["coded"] = shown if shown >= least and row["value"] is not None else None


def _add_people_read(draft: ReleaseDraft, estimates: ThemeEstimates, serious: frozenset[str]) -> None:
    """To the table of all themes: in how many people a person found each theme ("read"), and how many people were read
    of the sample ("sample"; None where everyone was). Both pass disclosure control, and neither is shown larger than
    the number of which it is a part, though each has noise of its own."""
    rules, table = draft.preset.rules, draft.figures[-1][2]
    if estimates.prevalence:
        table["sample"] = None if estimates.is_census else min(draft.show_people(estimates.sample), table["base"])
    for row in table["rows"]:
        if row["value"] is not None:
            shown = min(draft.show_people(estimates.found[int(row["id"])]), row["value"])
            row["read"] = shown if shown >= rules.least_shown(row["id"] in serious) else None


def store_release_content(draft: ReleaseDraft, release: Release) -> None:
    """Store figures, their verification, quotes and agreement of a saved release."""
    Figure.objects.bulk_create(
        Figure(release=release, kind=asked.kind, key=asked.key, order=order, title=asked.title, table=table)
        for order, asked, table, _ in draft.figures
    )
    closed_periods.carry_on_closed_periods(release, draft.previous)
    release.verification = draft.summary | {"fingerprint": fingerprint_figures(release)}
    release.save(update_fields=["verification"])
    freeze_agreement(draft, release)
    freeze_quotes(release, release.people_by_theme() or count_themes_without_figures(draft))


def count_themes_without_figures(draft: ReleaseDraft) -> dict[int, int]:
    """{theme id: its people after disclosure control} of a round of an evaluation, where too few people answered for a
    table: its themes show words alone, and the numbers only decide which of them may."""
    if not (draft.consultation.evaluation_round and draft.preset.rules.perturb and draft.spoken):
        return {}
    shown = {int(theme): draft.show_people(places) for theme, places in draft.spoken[0].items()}
    return {theme: people for theme, people in shown.items() if people >= QUOTED_FROM}


def freeze_agreement(draft: ReleaseDraft, release: Release) -> None:
    """Freeze how texts were coded and how far two coders agree. Themes with a hidden number are left out."""
    release.agreement = build_release_agreement(release.consultation, set(release.shown_themes()))
    release.coding = coding_summary.summarise_coding(draft)
    release.save(update_fields=["agreement", "coding"])

"""Context tables of a release: stance by theme, sentiment by theme, and answers by day.

All are tables of people and pass disclosure control as the others do. Days need a closed consultation.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.utils import timezone

from consultation import handover
from consultation.surveys.closing_day import find_closing_day
from insights.coding.codebook_in_force import codebook_version
from insights.coding.models import Code, MachineReading, Stance
from insights.coding.theme_hierarchy import map_sub_themes
from insights.disclosure import CountTable
from insights.releases.cross_tabulation import TOTAL, CountedTable, split_table
from insights.releases.stored_figures import NO_STANCE, SENTIMENTS, STANCES, UNREAD
from insights.releases.theme_estimates import ThemeEstimates

DAYS_AT_MOST = 28  # a longer consultation is shown by week; its length decides, never how many answered
WEEK = 7


def build_context_tables(
    draft: Any, whole: CountedTable, estimates: ThemeEstimates
) -> Iterator[tuple[int, CountedTable]]:
    """(order, table) of each context table. `whole` is the theme table."""
    yield from _build_day_table(draft)
    yield from _build_sentiment_table(draft, whole)
    yield from _build_stance_tables(draft, whole, estimates)


def _build_partition_table(
    kind: str, key: str, title: str, options: Iterable[tuple[str, str]], parts: dict[str, Any]
) -> CountedTable:
    """A table of people who are each in one of `parts` ({id: sorted places})."""
    behind = {(name, TOTAL): people for name, people in parts.items()}
    behind[TOTAL, TOTAL] = np.sort(np.concatenate([np.empty(0, np.int64), *parts.values()]))
    table = CountTable.one_way({name: people.size for name, people in parts.items()})
    return CountedTable(kind, key, title, tuple(options), table, behind)


def _build_day_table(draft: Any) -> Iterator[tuple[int, CountedTable]]:
    page, closed = draft.consultation, find_closing_day(draft.consultation)
    if closed is None or page.is_open(draft.today) or closed > draft.today:
        return
    opened = page.opens or timezone.localdate(handover.list_versions(page)[0].published_at)
    starts, unit = list_day_spans(opened, closed), "day" if (closed - opened).days < DAYS_AT_MOST else "week"
    days, begins = np.array(draft.crowd.days, dtype=np.int64), np.array([start.toordinal() for start in starts])
    # Answers before the first day or after the last (on paper, say) join the nearest.
    at = np.maximum(np.searchsorted(begins, days, side="right") - 1, 0)
    parts = {start.isoformat(): np.flatnonzero(at == number) for number, start in enumerate(starts)}
    before = "" if unit == "day" else "Week of "
    options = [(start.isoformat(), f"{before}{start.day} {start:%B}") for start in starts]
    yield 900, _build_partition_table("by-day", unit, f"Answers by {unit}", options, parts)


def list_day_spans(first: date, last: date) -> list[date]:
    """The first day of each span: every day, or every seventh in a consultation longer than DAYS_AT_MOST."""
    length = (last - first).days + 1
    step = 1 if length <= DAYS_AT_MOST else WEEK
    return [first + timedelta(days=at) for at in range(0, max(1, length), step)]


def _build_sentiment_table(draft: Any, whole: CountedTable) -> Iterator[tuple[int, CountedTable]]:
    """Yields nothing where the machine has read no answer."""
    sounds = _sentiment_by_respondent(MachineReading.objects.of(draft.consultation))
    if not sounds:
        return
    tone = np.full(len(draft.crowd.respondents), len(SENTIMENTS) - 1, dtype=np.int8)
    for number, name in enumerate(SENTIMENTS):
        if name != UNREAD:
            tone[draft.crowd.places(person for person, heard in sounds.items() if heard == name)] = number
    title, columns = "How answers sound to the machine", tuple(SENTIMENTS.items())
    masks = {name: tone == number for number, name in enumerate(SENTIMENTS)}
    yield 1900, split_table(whole, masks, "sentiment", "all", title, columns)


def _sentiment_by_respondent(readings: Any) -> dict[UUID, str]:
    """{respondent: sentiment of all their answers together}, without answers that the machine could not read."""
    heard: dict[UUID, set[str]] = defaultdict(set)
    rows = readings.exclude(sentiment="").order_by().values_list("text__respondent", "sentiment").distinct()
    for person, label in rows.iterator(chunk_size=5000):
        heard[person].add(label)
    return {person: _combine_sentiments(labels) for person, labels in heard.items()}


def _combine_sentiments(labels: Iterable[str]) -> str:
    clear = set(labels) - {"neutral"}
    return "mixed" if len(clear) > 1 else next(iter(clear), "neutral")


def _build_stance_tables(
    draft: Any, whole: CountedTable, estimates: ThemeEstimates
) -> Iterator[tuple[int, CountedTable]]:
    """Of the people in whom a person found the theme, since the machine knows no stance: one table for each theme with
    enough of them; none where nobody coded a stance."""
    taken = _stances_by_theme(draft)
    if not taken:
        return
    for number, (theme, label) in enumerate(whole.options):
        people = estimates.found[int(theme)]
        if int(theme) in estimates.waiting:
            continue
        if draft.noise.perturb_people(people) >= draft.preset.rules.min_base:
            parts = _people_by_stance(draft.crowd, people, taken[int(theme)])
            title = f"For and against: {label}"
            yield 2000 + number, _build_partition_table("stance", theme, title, STANCES.items(), parts)


def _people_by_stance(crowd: Any, people: Any, said: dict[UUID, set[str]]) -> dict[str, Any]:
    side = np.full(len(crowd.respondents), len(STANCES) - 1, dtype=np.int8)
    # One person's stance over all their texts.
    stances = {person: next(iter(own)) if len(own) == 1 else Stance.MIXED.value for person, own in said.items()}
    for number, name in enumerate(STANCES):
        if name != NO_STANCE:
            side[crowd.places(person for person, stance in stances.items() if stance == name)] = number
    return {name: people[side[people] == number] for number, name in enumerate(STANCES)}


def _stances_by_theme(draft: Any) -> dict[int, dict[UUID, set[str]]]:
    """{theme: {respondent: stances}} that people coded on it or on its sub-themes, in texts whose coding is finished."""
    above = map_sub_themes(codebook_version(draft.consultation))
    found: dict[int, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    codes = Code.objects.by_people().filter(text__version__page=draft.consultation, text__status__isnull=False)
    rows = codes.exclude(stance="").values_list("theme_id", "text__respondent", "stance")
    for theme, person, stance in rows.iterator(chunk_size=5000):
        for one in (theme, above.get(theme, theme)):
            found[one][person].add(stance)
    return found

"""What a release freezes beside questions and themes: stance, how answers read to a machine, answers by day, and how far
coding had come. All of it are tables of people, and they pass disclosure control as the others do.

- Stance divides the people of a theme, whose number is shown: that number is taken as known exactly (`shared`).
- Sentiment divides everyone with words, as an "about you" question does: its table is a split of the themes, bound to
  their margin.
- Days only when the consultation had closed, and when no release came out before: whoever holds an earlier one knows
  how many had answered until then, and could take a small day apart from its neighbours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from consultation import handover
from insights.coding.models import Code, CodingStatus, MachineReading, Stance
from insights.intake.models import Text
from insights.reports.disclosure import DEFAULT, Table
from insights.reports.models import Figure, Release

NOT_SAID = "not-said"
STANCES = {
    Stance.DISAGREES.value: "Against",
    Stance.MIXED.value: "Both",
    Stance.AGREES.value: "For",
    NOT_SAID: "Neither",
}
UNREAD = "unread"
SENTIMENTS = {
    "negative": "Sounds negative",
    "mixed": "Both",
    "neutral": "Sounds neutral",
    "positive": "Sounds positive",
    UNREAD: "Not read by the machine",
}
DAYS_AT_MOST = 28  # a longer consultation is told by week: by its length alone, never by how many answered
WEEK = 7

Sets = dict[int, set[UUID]]


def tables(
    release: Release, crowd: Any, themes: Sets, base: set[UUID], labels: dict[str, str], whole: Any
) -> Iterator[dict[str, Any]]:
    """Each table to freeze, as the arguments of one figure. `whole` is the protected table of themes, or None."""
    yield from _days(release, len(crowd.people))
    if whole is not None:
        yield from _sentiment(release, themes, base, labels, whole)
        yield from _stances(release, themes, base, labels, whole)


def _days(release: Release, people: int) -> Iterator[dict[str, Any]]:
    page, closed = release.consultation, handover.closed_on(release.consultation)
    if closed is None or page.is_open(release.made_on) or closed > release.made_on:
        return
    if Release.objects.filter(consultation=page, made_on__lte=closed).exclude(pk=release.pk).exists():
        return
    opened = page.opens or timezone.localdate(handover.versions(page)[0].published_at)
    counts = _by_span(handover.counted_by_day(page), spans(opened, closed))
    if sum(counts.values()) == people:  # else somebody came or went meanwhile: two wholes would tell them
        unit = "day" if (closed - opened).days < DAYS_AT_MOST else "week"
        yield {
            "kind": "by-day",
            "key": unit,
            "order": 900,
            "title": f"Answers by {unit}",
            "table": Table.one_way(counts),
            "labels": {start: _said(date.fromisoformat(start), unit) for start in counts},
            "columns": {},
            "shared": True,
        }


def spans(first: date, last: date) -> list[date]:
    """The first day of each span: every day, or every seventh."""
    length = (last - first).days + 1
    step = 1 if length <= DAYS_AT_MOST else WEEK
    return [first + timedelta(days=at) for at in range(0, max(1, length), step)]


def _by_span(days: dict[date, int], starts: list[date]) -> dict[str, int]:
    """What came before the first day, or after the last (on paper, say), stands at the nearest."""
    counts = dict.fromkeys((start.isoformat() for start in starts), 0)
    for day, people in days.items():
        start = max((start for start in starts if start <= day), default=starts[0])
        counts[start.isoformat()] += people
    return counts


def _said(day: date, unit: str) -> str:
    return f"{day.day} {day:%B}" if unit == "day" else f"Week of {day.day} {day:%B}"


def _sentiment(
    release: Release, themes: Sets, base: set[UUID], labels: dict[str, str], whole: Any
) -> Iterator[dict[str, Any]]:
    """Nothing where no machine has read."""
    sounds = _sounds(MachineReading.objects.of(release.consultation))
    if not sounds:
        return
    of = {person: sounds.get(person, UNREAD) for person in base}
    columns, bases = tuple(SENTIMENTS), Counter(of.values())
    counted = [Counter(of[person] for person in themes.get(int(theme), set()) & base) for theme in labels]
    table = Table(
        rows=tuple(labels),
        counts=tuple(tuple(counts[column] for column in columns) for counts in counted),
        columns=columns,
        bases=tuple(bases[column] for column in columns),
    )
    yield {
        "kind": "sentiment",
        "key": "all",
        "order": 1900,
        "title": "How answers sound to the machine",
        "table": table,
        "labels": labels,
        "columns": SENTIMENTS,
        "row_margin": whole,
    }


def _sounds(readings: Any) -> dict[UUID, str]:
    """{respondent: how all their answers together sound}; answers that the machine could not read say nothing."""
    heard: dict[UUID, set[str]] = defaultdict(set)
    rows = readings.exclude(sentiment="").order_by().values_list("text__respondent", "sentiment").distinct()
    for person, label in rows.iterator(chunk_size=5000):
        heard[person].add(label)
    return {person: _together(labels) for person, labels in heard.items()}


def _together(labels: Iterable[str]) -> str:
    clear = set(labels) - {"neutral"}
    return "mixed" if len(clear) > 1 else next(iter(clear), "neutral")


def _stances(
    release: Release, themes: Sets, base: set[UUID], labels: dict[str, str], whole: Any
) -> Iterator[dict[str, Any]]:
    """For and against what a theme names, of each theme of 30 people or more. Nothing where nobody coded any stance."""
    taken = _taken(release.consultation)
    if not taken:
        return
    for number, (theme, cell) in enumerate(zip(whole.rows, whole.row_totals, strict=True)):
        people = themes.get(int(theme), set()) & base
        if cell.hidden or len(people) < DEFAULT.min_base:
            continue
        counts = Counter(_stance(taken[int(theme)].get(person, set())) for person in people)
        yield {
            "kind": "stance",
            "key": theme,
            "order": 2000 + number,
            "title": f"For and against: {labels[theme]}",
            "table": Table.one_way({name: counts[name] for name in STANCES}),
            "labels": STANCES,
            "columns": {},
            "shared": True,
        }


def _taken(consultation: Any) -> dict[int, dict[UUID, set[str]]]:
    """{theme: {respondent: stances}} as people read them, on texts where their choice stands."""
    found: dict[int, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    codes = Code.objects.by_people().filter(text__version__page=consultation, text__status__isnull=False)
    rows = codes.exclude(stance="").values_list("theme_id", "text__respondent", "stance")
    for theme, person, stance in rows.iterator(chunk_size=5000):
        found[theme][person].add(stance)
    return found


def _stance(said: set[str]) -> str:
    """Of one person, over all that they wrote."""
    if not said:
        return NOT_SAID
    return next(iter(said)) if len(said) == 1 else Stance.MIXED.value


def freeze_coding(release: Release) -> None:
    """How far coding had come by then, rounded down to 5; a page must not count a million texts to say so."""
    texts = Text.objects.of(release.consultation)
    table = {
        "base": None,
        "rows": [],
        "columns": [],
        "column_totals": [],
        "people": CodingStatus.objects.filter(text__in=texts).count() // 5 * 5,
        "all": texts.count() // 5 * 5,
        "groups": handover.has_group_notes(release.consultation),
        "unread": _share_unread(MachineReading.objects.of(release.consultation)),
    }
    Figure.objects.create(release=release, kind="coding", key="all", order=3000, title="Coding", table=table)


def _share_unread(readings: Any) -> int | None:
    """Percent of answers in languages that the machine cannot read, to the next 5; None where they are fewer than 10,
    perhaps none: how many answered in a rare language is told to nobody."""
    if readings.unreadable().count() < DEFAULT.threshold:
        return None
    return max(5, 5 * round((readings.percent_unreadable() or 0) / 5))

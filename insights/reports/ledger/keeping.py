"""Differencing over time: a figure that a few people joined or left keeps the value that was shown, or stays hidden.

Compared are people, not rounded numbers, with every set that was ever shown of the same figure. How many must have
moved it is the threshold and up to four more, drawn from the ledger's key: so nobody who sends nine answers of their own
learns from the step who made it. And the people who are new are a table too: where that table, seen as the difference of
two shown ones, would give a few of them away, the figures in it keep their old values.
"""

import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from django.conf import settings

from insights.reports.disclosure.differencing import in_both, pack, unpack
from insights.reports.disclosure.presets import read
from insights.reports.disclosure.rules import HIDDEN, Rules
from insights.reports.figures import count_percents
from insights.reports.ledger.models import Ledger, LedgerFigure, LedgerPage
from insights.reports.policies import keep_small_moves

WIDTH = 5
TOTAL = ""
WHOLE = (TOTAL, TOTAL)
PEOPLE = ("people", "all")  # everyone who counts, as a figure
MOVED_BY_FEW = "few-moved"
Place = tuple[str, str]


def _bound(key: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"differencing ledger" + key, "sha256")


def _check_value(key: bytes) -> str:
    return hmac.digest(_bound(key), b"check", "sha256").hex()[:16]


def open_ledger(consultation: Any) -> Ledger | None:
    """What is known of earlier releases; None where there is nothing, or it was made under another site's secret."""
    found = Ledger.objects.filter(consultation=consultation).first()
    return found if found and found.check_value == _check_value(bytes(found.key)) else None


@dataclass
class Kept:
    """A table as it may be shown now, and which of its figures are new."""

    table: dict[str, Any]
    renewed: list[Place]
    kept: list[Place]  # hold their old value, or stay hidden, because too few people have moved them


@dataclass
class Memory:
    """All that was shown of a consultation, beside the people who count now (`respondents`, by their places)."""

    consultation: Any
    respondents: list[Any] = field(repr=False)
    rules: Rules
    fallback: dict[tuple[str, str], dict[str, Any]] = field(
        default_factory=dict
    )  # shown by a release that has no page

    def __post_init__(self) -> None:
        self.ledger = open_ledger(self.consultation)
        self.key = bytes(self.ledger.key) if self.ledger else secrets.token_bytes(32)
        self.pages = list(self.ledger.pages.order_by("pk").defer("people")) if self.ledger else []
        self.before = [read(page.rules) for page in self.pages]
        self.least = max(rules.threshold for rules in (self.rules, *self.before))
        self._seen: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        self._settled: dict[tuple[str, str, str, str], bool] = {}

    @cached_property
    def marks(self) -> np.ndarray:
        """The fingerprint of each person, by place."""
        secret = _bound(self.key)
        digests = b"".join(hashlib.blake2b(one.bytes, digest_size=8, key=secret).digest() for one in self.respondents)
        return np.frombuffer(digests, dtype="<u8")

    @cached_property
    def order(self) -> np.ndarray:
        return np.argsort(self.marks, kind="stable")

    def newcomers(self, release: Any) -> int | None:
        """How many of the people who count now a release did not count; None where that is not known any more."""
        page = next((page for page in self.pages if page.release_id == release.pk), None)
        if page is None:
            return None
        return len(self.respondents) - in_both(unpack(bytes(page.people)), self.marks[self.order])

    def needed(self, *name: str) -> int:
        """How many people must have moved a figure, or come since the last release, before a new number is shown."""
        return self.least + self.drawn(*name)

    def drawn(self, *name: str) -> int:
        """0 to 4, anew for each release, and the same each time that it is asked for."""
        said = "\x1f".join([str(len(self.pages)), *name]).encode()
        return hmac.digest(_bound(self.key), said, "sha256")[0] % WIDTH

    def knows(self, kind: str, key: str) -> bool:
        """Whether this table may be compared with one that was shown; so it is before the first release."""
        return not (self.pages or self.fallback) or self._shown_before(kind, key) is not None

    def keep(self, asked: Any, table: dict[str, Any]) -> Kept:
        """`table` is the new protected one of what was `asked`. What was not in the table of last time may have been
        shown before that, or under another name: it is compared as well, and stays hidden where few have moved it."""
        if "refused" in table:
            return Kept(table, [], [])
        shown = self._shown_before(asked.kind, asked.key)
        if not self.pages:
            if shown is not None:
                keep_small_moves(table, shown, self.rules)
            return Kept(table, list(asked.behind), [])
        old, new = dict(figures_of(shown)) if shown else {}, dict(figures_of(table))
        steps = {place for place in new if self.moved_enough(asked, place)}
        if shown is not None:
            steps -= self._tell_of_the_new(asked, old, new, steps)
        steps -= {place for place in steps - old.keys() if _whole_of(place) in new.keys() - steps}
        kept = [place for place in new if place not in steps]
        for place in kept:
            if new[place]["value"] is not None:
                put(table, place, new[place], old.get(place, {}).get("value"))
        count_percents(table, self.rules)
        return Kept(table, sorted(steps), kept)

    def _shown_before(self, kind: str, key: str) -> dict[str, Any] | None:
        """The newest of this name that was not refused: of those nobody saw a number."""
        found = LedgerFigure.objects.filter(page__in=self.pages, kind=kind, key=key).exclude(table__has_key="refused")
        newest = found.order_by("-page").first()
        return newest.table if newest else self.fallback.get((kind, key))

    def moved_enough(self, asked: Any, place: Place) -> bool:
        """Since each time that a set of people was shown under this name. The same figure on two pages moves once."""
        name = _figure(asked.kind, asked.key, place)
        if name not in self._settled:
            needed = self.needed(*name)
            self._settled[name] = all(apart >= needed for apart in self._distances(name, asked.behind[place]))
        return self._settled[name]

    def _distances(self, name: tuple[str, str, str, str], people: np.ndarray) -> Iterator[int]:
        kind, key, row, column = name
        for figure in LedgerFigure.objects.filter(page__in=self.pages, kind=kind, key=key).order_by("page"):
            bits = _bits_of(figure, (row, column))
            if bits is not None:
                known, places = self._roster(figure.page_id)
                inside = np.unpackbits(np.frombuffer(bits, np.uint8), count=known.size).astype(bool)
                then = np.zeros(len(self.respondents), dtype=bool)
                then[places[inside & (places >= 0)]] = True
                yield int(np.count_nonzero(inside)) + people.size - 2 * int(np.count_nonzero(then[people]))

    def _roster(self, page: int) -> tuple[np.ndarray, np.ndarray]:
        """The fingerprints of a page, and the place that each of its people has now (-1: counts no longer)."""
        if page not in self._seen:
            known = unpack(bytes(LedgerPage.objects.values_list("people", flat=True).get(pk=page)))
            self._seen[page] = known, self._placed(known)
        return self._seen[page]

    def _placed(self, known: np.ndarray) -> np.ndarray:
        if not self.marks.size:
            return np.full(known.size, -1)
        at = np.searchsorted(self.marks[self.order], known).clip(max=self.marks.size - 1)
        places = self.order[at]
        return np.where(self.marks[places] == known, places, -1)

    def _tell_of_the_new(self, asked: Any, old: Any, new: Any, steps: set[Place]) -> set[Place]:
        """Figures whose step would tell of a few of the people who are new since the last page."""
        slack = self.before[-1].round_to // 2 + self.rules.round_to // 2 if self.before else 0
        if asked.table.multi:
            return self._few_others(asked) if not slack and self.pages else set()
        both = {place for place in steps & old.keys() if None not in (old[place]["value"], new[place]["value"])}
        rows = {place: new[place]["value"] - old[place]["value"] for place in both if place != WHOLE}
        if WHOLE not in both:
            return set()
        whole = new[WHOLE]["value"] - old[WHOLE]["value"]
        return few_left(whole, rows, len(new) - 1, slack, self.least)

    def _few_others(self, asked: Any) -> set[Place]:
        """Where numbers are exact: figures that all but a few of the new people are in."""
        new = np.ones(len(self.respondents), dtype=bool)
        places = self._roster(self.pages[-1].pk)[1]
        new[places[places >= 0]] = False
        came = {place: int(np.count_nonzero(new[people])) for place, people in asked.behind.items()}
        return {
            (row, column)
            for (row, column), number in came.items()
            if row != TOTAL and 0 < came[TOTAL, column] - number < self.least
        }

    def write(self, release: Any, figures: dict[tuple[str, str], Kept], behind: dict[tuple[str, str], Any]) -> None:
        """Enter a release: everyone it counts, each table as it is shown, and the people in what it renewed."""
        ledger = self.ledger or self._begin()
        page = LedgerPage.objects.create(
            ledger=ledger, release=release, rules=release.rules, people=pack(self.marks[self.order])
        )
        rank = np.empty(self.order.size, dtype=np.int64)
        rank[self.order] = np.arange(self.order.size)
        LedgerFigure.objects.bulk_create(
            _entry(page, name, kept, behind[name], rank) for name, kept in figures.items()
        )

    def _begin(self) -> Ledger:
        Ledger.objects.filter(consultation=self.consultation).delete()  # of another secret: nobody can read it
        return Ledger.objects.create(consultation=self.consultation, key=self.key, check_value=_check_value(self.key))


def few_left(whole: int, steps: dict[Place, int], rows: int, slack: int, least: int) -> set[Place]:
    """Which rows must keep their old value so that what is left of the whole's step, once the others' steps are taken
    away, lies in an interval of `least` numbers or more. `slack` is how far rounding may put one step off."""
    steps, held = dict(steps), set()
    while len(steps) < rows:
        rest, off = whole - sum(steps.values()), slack * (len(steps) + 1)
        low = max(0, rest - off) if rows - len(steps) == 1 else 0
        if rest + off - low + 1 >= least or not steps:
            break
        smallest = min(steps, key=lambda place: (steps[place], place))
        held.add(smallest)
        del steps[smallest]
    return held


def _whole_of(place: Place) -> Place:
    """What a cell divides: its row, and a band everyone. Beside an old number of that, new parts would tell the new one."""
    row, column = place
    return (row, TOTAL) if column != TOTAL else place


def _figure(kind: str, key: str, place: Place) -> tuple[str, str, str, str]:
    """What a figure is called in the ledger. A whole that is divided anew is the same figure: totals of themes by a band
    or by tone are those of themes, a stance divides the people of a theme, and days divide everyone."""
    if kind in ("themes-by", "sentiment") and place[1] == TOTAL:
        return "themes", "all", *place
    if kind == "stance" and place == WHOLE:
        return "themes", "all", key, TOTAL
    if kind == "by-day" and place == WHOLE:
        return *PEOPLE, *WHOLE
    return kind, key, *place


def figures_of(table: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each shown figure of a stored table with its place. The whole is a figure too."""
    yield WHOLE, {"value": table["base"]}
    columns = [column["id"] for column in table["columns"]]
    for column, cell in zip(columns, table["column_totals"], strict=False):
        yield (TOTAL, column), cell
    for row in table["rows"]:
        yield (row["id"], TOTAL), row
        for column, cell in zip(columns, row.get("cells", ()), strict=False):
            yield (row["id"], column), cell


def put(table: dict[str, Any], place: Place, cell: dict[str, Any], value: int | None) -> None:
    if place == WHOLE:
        table["base"] = value
    else:
        cell["value"], cell["symbol"] = value, HIDDEN if value is None else ""


def _entry(page: LedgerPage, name: Any, kept: Kept, behind: dict[Place, Any], rank: np.ndarray) -> LedgerFigure:
    places, packed = [], []
    for place in kept.renewed:
        if _figure(name[0], name[1], place)[:2] != name:
            continue  # stands under the other name
        inside = np.zeros(rank.size, dtype=bool)
        inside[rank[behind[place]]] = True
        packed.append(zlib.compress(np.packbits(inside).tobytes(), 1))
        places.append([*place, len(packed[-1])])
    table = json.loads(json.dumps(kept.table))
    return LedgerFigure(page=page, kind=name[0], key=name[1], table=table, places=places, bits=b"".join(packed))


def _bits_of(figure: LedgerFigure, place: Place) -> bytes | None:
    start = 0
    for row, column, length in figure.places:
        if (row, column) == place:
            return zlib.decompress(bytes(figure.bits)[start : start + length])
        start += length
    return None

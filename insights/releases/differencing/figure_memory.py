"""Differencing over time: a figure that only a few people joined or left keeps its shown value, or stays hidden.

Sets of people are compared, not rounded numbers, with every set that was ever shown of the same figure. The distance
needed is the threshold and up to four more, drawn from the ledger's key: sending nine answers of one's own does not
tell who caused a step. The new people are a table too, the difference of two shown ones: where it would disclose a few
of them, its figures keep their old values.
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

from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.disclosure.disclosure_rules import HIDDEN, DisclosureRules
from insights.disclosure.fingerprint_sets import count_in_both, pack_fingerprints, unpack_fingerprints
from insights.releases.differencing.models import Ledger, LedgerFigure, LedgerPage
from insights.releases.policies import keep_small_moves
from insights.releases.stored_figures import recount_percents

WIDTH = 5
TOTAL = ""
WHOLE = (TOTAL, TOTAL)
PEOPLE = ("people", "all")  # everyone who counts, as a figure
FigurePlace = tuple[str, str]


def _bind_to_site_secret(key: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"differencing ledger" + key, "sha256")


def _key_check_value(key: bytes) -> str:
    return hmac.digest(_bind_to_site_secret(key), b"check", "sha256").hex()[:16]


def open_ledger(consultation: Any) -> Ledger | None:
    """The consultation's ledger; None where there is none, or its fingerprints were made with another SECRET_KEY."""
    found = Ledger.objects.filter(consultation=consultation).first()
    return found if found and found.check_value == _key_check_value(bytes(found.key)) else None


@dataclass
class ComparedTable:
    """A table as it may be shown now, and which of its figures are new."""

    table: dict[str, Any]
    renewed: list[FigurePlace]
    kept: list[FigurePlace]  # keep their old value, or stay hidden, because too few people have moved them


@dataclass
class FigureMemory:
    """Every figure that was shown of a consultation, and the people counted now (`respondents`, by their places)."""

    consultation: Any
    respondents: list[Any] = field(repr=False)
    rules: DisclosureRules
    fallback: dict[tuple[str, str], dict[str, Any]] = field(
        default_factory=dict
    )  # shown by a release that has no page

    def __post_init__(self) -> None:
        self.ledger = open_ledger(self.consultation)
        self.key = bytes(self.ledger.key) if self.ledger else secrets.token_bytes(32)
        self.pages = list(self.ledger.pages.order_by("pk").defer("people")) if self.ledger else []
        self.before = [parse_stored_rules(page.rules) for page in self.pages]
        self.least = max(rules.threshold for rules in (self.rules, *self.before))
        self._seen: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        self._settled: dict[tuple[str, str, str, str], bool] = {}

    @cached_property
    def marks(self) -> np.ndarray:
        """The fingerprint of each person, by place."""
        secret = _bind_to_site_secret(self.key)
        digests = b"".join(hashlib.blake2b(one.bytes, digest_size=8, key=secret).digest() for one in self.respondents)
        return np.frombuffer(digests, dtype="<u8")

    @cached_property
    def order(self) -> np.ndarray:
        return np.argsort(self.marks, kind="stable")

    def count_newcomers(self, release: Any) -> int | None:
        """How many people counted now were not counted by `release`; None where the ledger lacks its page."""
        page = next((page for page in self.pages if page.release_id == release.pk), None)
        if page is None:
            return None
        return len(self.respondents) - count_in_both(unpack_fingerprints(bytes(page.people)), self.marks[self.order])

    def needed(self, *name: str) -> int:
        """How many people must have moved a figure, or come since the last release, before a new number is shown."""
        return self.least + self.drawn(*name)

    def drawn(self, *name: str) -> int:
        """A secret number from 0 to 4: different for each release, the same on each call."""
        said = "\x1f".join([str(len(self.pages)), *name]).encode()
        return hmac.digest(_bind_to_site_secret(self.key), said, "sha256")[0] % WIDTH

    def knows(self, kind: str, key: str) -> bool:
        """Whether this table was shown before and can be compared; True before the first release."""
        return not (self.pages or self.fallback) or self._shown_before(kind, key) is not None

    def keep(self, asked: Any, table: dict[str, Any]) -> ComparedTable:
        """Restore old values in `table`, the protected form of `asked`, where too few people have moved a figure. A
        figure that the last table lacks may have been shown earlier or under another name: it is compared too, and
        hidden where few have moved it."""
        if "refused" in table:
            return ComparedTable(table, [], [])
        shown = self._shown_before(asked.kind, asked.key)
        if not self.pages:
            if shown is not None:
                keep_small_moves(table, shown, self.rules)
            return ComparedTable(table, list(asked.behind), [])
        old, new = dict(iterate_shown_figures(shown)) if shown else {}, dict(iterate_shown_figures(table))
        steps = {place for place in new if self.moved_enough(asked, place)}
        if shown is not None:
            steps -= self._steps_revealing_newcomers(asked, old, new, steps)
        # Beside the old number of a total that they divide, new parts would disclose the new one.
        steps -= {(row, at) for row, at in steps - old.keys() if at != TOTAL and (row, TOTAL) in new.keys() - steps}
        kept = [place for place in new if place not in steps]
        for place in kept:
            if new[place]["value"] is not None:
                set_shown_value(table, place, new[place], old.get(place, {}).get("value"))
        recount_percents(table, self.rules)
        return ComparedTable(table, sorted(steps), kept)

    def _shown_before(self, kind: str, key: str) -> dict[str, Any] | None:
        """The newest table of this name that was not refused: a refused one showed no number."""
        found = LedgerFigure.objects.filter(page__in=self.pages, kind=kind, key=key).exclude(table__has_key="refused")
        newest = found.order_by("-page").first()
        return newest.table if newest else self.fallback.get((kind, key))

    def moved_enough(self, asked: Any, place: FigurePlace) -> bool:
        """Whether the figure's people differ enough from every set shown under its name. Cached by name: the same
        figure in two tables must move in both or in neither."""
        name = _ledger_name(asked.kind, asked.key, place)
        if name not in self._settled:
            needed = self.needed(*name)
            self._settled[name] = all(
                apart >= needed for apart in self._distances_from_shown(name, asked.behind[place])
            )
        return self._settled[name]

    def _distances_from_shown(self, name: tuple[str, str, str, str], people: np.ndarray) -> Iterator[int]:
        kind, key, row, column = name
        for figure in LedgerFigure.objects.filter(page__in=self.pages, kind=kind, key=key).order_by("page"):
            bits = _bits_of(figure, (row, column))
            if bits is not None:
                known, places = self._load_roster(figure.page_id)
                inside = np.unpackbits(np.frombuffer(bits, np.uint8), count=known.size).astype(bool)
                then = np.zeros(len(self.respondents), dtype=bool)
                then[places[inside & (places >= 0)]] = True
                yield int(np.count_nonzero(inside)) + people.size - 2 * int(np.count_nonzero(then[people]))

    def _load_roster(self, page: int) -> tuple[np.ndarray, np.ndarray]:
        """The fingerprints of a page, and the current place of each of its people (-1: no longer counted)."""
        if page not in self._seen:
            known = unpack_fingerprints(bytes(LedgerPage.objects.values_list("people", flat=True).get(pk=page)))
            places = np.full(known.size, -1)
            if self.marks.size:
                near = self.order[np.searchsorted(self.marks[self.order], known).clip(max=self.marks.size - 1)]
                places = np.where(self.marks[near] == known, near, -1)
            self._seen[page] = known, places
        return self._seen[page]

    def _steps_revealing_newcomers(self, asked: Any, old: Any, new: Any, steps: set[FigurePlace]) -> set[FigurePlace]:
        """Figures whose step would disclose a few of the people who are new since the last page."""
        slack = self.before[-1].round_to // 2 + self.rules.round_to // 2 if self.before else 0
        if asked.table.multi:
            return self._figures_lacking_few_newcomers(asked) if not slack and self.pages else set()
        both = {place for place in steps & old.keys() if None not in (old[place]["value"], new[place]["value"])}
        rows = {place: new[place]["value"] - old[place]["value"] for place in both if place != WHOLE}
        if WHOLE not in both:
            return set()
        whole = new[WHOLE]["value"] - old[WHOLE]["value"]
        return rows_revealing_few(whole, rows, len(new) - 1, slack, self.least)

    def _figures_lacking_few_newcomers(self, asked: Any) -> set[FigurePlace]:
        """Figures that all but a few of the new people are in; they matter where numbers are exact."""
        new = np.ones(len(self.respondents), dtype=bool)
        places = self._load_roster(self.pages[-1].pk)[1]
        new[places[places >= 0]] = False
        came = {place: int(np.count_nonzero(new[people])) for place, people in asked.behind.items()}
        return {
            (row, column)
            for (row, column), number in came.items()
            if row != TOTAL and 0 < came[TOTAL, column] - number < self.least
        }

    def write(
        self, release: Any, figures: dict[tuple[str, str], ComparedTable], behind: dict[tuple[str, str], Any]
    ) -> None:
        """Add a release's page: everyone counted, each table as shown, and the people of each renewed figure."""
        ledger = self.ledger or self._begin_ledger()
        page = LedgerPage.objects.create(
            ledger=ledger, release=release, rules=release.rules, people=pack_fingerprints(self.marks[self.order])
        )
        rank = np.empty(self.order.size, dtype=np.int64)
        rank[self.order] = np.arange(self.order.size)
        LedgerFigure.objects.bulk_create(
            _build_ledger_figure(page, name, kept, behind[name], rank) for name, kept in figures.items()
        )

    def _begin_ledger(self) -> Ledger:
        Ledger.objects.filter(consultation=self.consultation).delete()  # made with another SECRET_KEY, so unreadable
        return Ledger.objects.create(
            consultation=self.consultation, key=self.key, check_value=_key_check_value(self.key)
        )


def rows_revealing_few(
    whole: int, steps: dict[FigurePlace, int], rows: int, slack: int, least: int
) -> set[FigurePlace]:
    """Rows that must keep their old value, so that the total's step minus the other rows' steps leaves an interval of
    `least` numbers or more. `slack` is the most that rounding can change one step."""
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


def _ledger_name(kind: str, key: str, place: FigurePlace) -> tuple[str, str, str, str]:
    """(kind, key, row, column) of a figure in the ledger. A total of several tables has one name: totals of themes by
    band or sentiment are those of themes, a stance divides the people of a theme, and days divide everyone."""
    if kind in ("themes-by", "sentiment") and place[1] == TOTAL:
        return "themes", "all", *place
    if kind == "stance" and place == WHOLE:
        return "themes", "all", key, TOTAL
    if kind == "by-day" and place == WHOLE:
        return *PEOPLE, *WHOLE
    return kind, key, *place


def iterate_shown_figures(table: dict[str, Any]) -> Iterator[tuple[FigurePlace, dict[str, Any]]]:
    """(place, cell) of each figure of a stored table, its base included."""
    yield WHOLE, {"value": table["base"]}
    columns = [column["id"] for column in table["columns"]]
    for column, cell in zip(columns, table["column_totals"], strict=False):
        yield (TOTAL, column), cell
    for row in table["rows"]:
        yield (row["id"], TOTAL), row
        for column, cell in zip(columns, row.get("cells", ()), strict=False):
            yield (row["id"], column), cell


def set_shown_value(table: dict[str, Any], place: FigurePlace, cell: dict[str, Any], value: int | None) -> None:
    if place == WHOLE:
        table["base"] = value
    else:
        cell["value"], cell["symbol"] = value, HIDDEN if value is None else ""


def _build_ledger_figure(
    page: LedgerPage, name: Any, kept: ComparedTable, behind: dict[FigurePlace, Any], rank: np.ndarray
) -> LedgerFigure:
    places, packed = [], []
    for place in kept.renewed:
        if _ledger_name(name[0], name[1], place)[:2] != name:
            continue  # recorded under the other table's name
        inside = np.zeros(rank.size, dtype=bool)
        inside[rank[behind[place]]] = True
        packed.append(zlib.compress(np.packbits(inside).tobytes(), 1))
        places.append([*place, len(packed[-1])])
    table = json.loads(json.dumps(kept.table))
    return LedgerFigure(page=page, kind=name[0], key=name[1], table=table, places=places, bits=b"".join(packed))


def _bits_of(figure: LedgerFigure, place: FigurePlace) -> bytes | None:
    start = 0
    for row, column, length in figure.places:
        if (row, column) == place:
            return zlib.decompress(bytes(figure.bits)[start : start + length])
        start += length
    return None

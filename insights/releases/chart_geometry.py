"""Positions of a chart's marks: x in percent and y in pixels, so that text keeps its size at any width.

Takes shown figures only (stored rows with `value` and `percent`; None is hidden), so no mark tells more than its
number. Positions are strings: a locale's decimal comma must not reach an SVG attribute.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

ChartRow = Mapping


def percent_position(position: float) -> str:
    return f"{position:.1f}%"


def scale_end(highest: float) -> int:
    """The end of a percent axis that begins at 0: the next multiple of 20, so that bars on a page compare well."""
    return min(100, max(40, -(-int(highest + 0.999) // 20) * 20))


@dataclass(frozen=True)
class ChartBar:
    row: ChartRow
    width: str = ""
    low: str = ""
    high: str = ""

    @property
    def hidden(self) -> bool:
        return self.row.get("value") is None


@dataclass(frozen=True)
class ChartMark:
    """A mark of a row. `index` counts from 1 and names the SVG pattern; a mark without a value is a dashed box."""

    row: ChartRow
    index: int
    x: str
    width: str
    y: str = ""
    height: str = ""
    middle: str = ""
    label_y: str = ""
    low: str = ""
    high: str = ""

    @property
    def hidden(self) -> bool:
        return self.row.get("percent", self.row.get("value")) is None


def place_bars(rows: Sequence[ChartRow], *, intervals: bool) -> tuple[list[ChartBar], list[str]]:
    """(bars, positions of the grid lines, every 20 percent)."""
    shown = [row for row in rows if row.get("percent") is not None]
    end = scale_end(max((row.get("high") or row["percent"] for row in shown), default=40))
    return [_place_bar(row, end, intervals) for row in rows], [
        percent_position(100 * tick / end) for tick in range(0, end + 1, 20)
    ]


def _place_bar(row: ChartRow, end: int, intervals: bool) -> ChartBar:
    if row.get("percent") is None:
        return ChartBar(row)
    at = [
        percent_position(100 * row[name] / end) if row.get(name) is not None else ""
        for name in ("percent", "low", "high")
    ]
    return ChartBar(row, *at) if intervals and all(at) else ChartBar(row, at[0])


def place_length_bars(rows: Sequence[ChartRow]) -> list[ChartBar]:
    """Bars by people; the longest takes the whole width. `least` and `most` are the interval, in people."""
    longest = max((row.get("most") or row["value"] for row in rows if row.get("value")), default=1)
    return [_place_length_bar(row, longest) for row in rows]


def _place_length_bar(row: ChartRow, longest: float) -> ChartBar:
    if row.get("value") is None:
        return ChartBar(row)
    at = [
        percent_position(100 * row[name] / longest) if row.get(name) is not None else ""
        for name in ("value", "least", "most")
    ]
    return ChartBar(row, *at) if all(at) else ChartBar(row, at[0])


STUB = 7
WEAVES_OF_THREE = (1, 3, 5)


def place_stance_parts(parts: Sequence[ChartRow]) -> list[ChartMark]:
    """Parts from against to for, the middle one on the centre line. A hidden part takes a stub of fixed width."""
    weaves = WEAVES_OF_THREE if len(parts) == 3 else range(1, len(parts) + 1)
    middle = len(parts) // 2
    values = [part["value"] or 0 for part in parts]
    stubs = [STUB if part["value"] is None else 0 for part in parts]
    left, right = sum(values[:middle]) + values[middle] / 2, sum(values[middle + 1 :]) + values[middle] / 2
    stubs_left, stubs_right = (sum(half) + stubs[middle] / 2 for half in (stubs[:middle], stubs[middle + 1 :]))
    each = min((50 - stubs_left) / max(1, left), (50 - stubs_right) / max(1, right))
    at, found = 50 - each * left - stubs_left, []
    for index, part, value, stub in zip(weaves, parts, values, stubs, strict=True):
        found.append(
            ChartMark(
                part, index, percent_position(at + stub / 14), percent_position(value * each if not stub else stub - 1)
            )
        )
        at += value * each + stub
    return found


FLOOR, RISE = 96, 74


def place_columns(rows: Sequence[ChartRow], end: int) -> list[ChartMark]:
    """Upright bars of one of several small multiples, all on the scale `end`."""
    step = 100 / max(1, len(rows))
    return [_place_column(row, index, step, end) for index, row in enumerate(rows)]


def _place_column(row: ChartRow, index: int, step: float, end: int) -> ChartMark:
    middle = step * (index + 0.5)
    height = 20 if row["percent"] is None else row["percent"] / end * RISE
    top = FLOOR - height
    low, high = (_interval_end_y(row, name, end) for name in ("low", "high"))
    label = min(top, float(high)) if high else top
    place = (
        percent_position(middle - step * 0.36),
        percent_position(step * 0.72),
        f"{top:.1f}",
        f"{height:.1f}",
        percent_position(middle),
        f"{label - 6:.1f}",
    )
    return ChartMark(row, index + 1, *place, low, high)


def _interval_end_y(row: ChartRow, name: str, end: int) -> str:
    """The y of an interval's end, "" where the number is hidden or has no interval."""
    if row["percent"] is None or row.get(name) is None:
        return ""
    return f"{FLOOR - min(row[name], end) / end * RISE:.1f}"


DAYS_TALL, DAYS_FLOOR, STUMP = 92, 112, 14


def place_day_columns(rows: Sequence[ChartRow]) -> list[ChartMark]:
    """A column for each day, by people. A hidden number is a stump of fixed height."""
    most = max((row["value"] for row in rows if row["value"] is not None), default=1)
    step = 100 / max(1, len(rows))
    return [_place_day_column(row, index, step, most) for index, row in enumerate(rows)]


def _place_day_column(row: ChartRow, index: int, step: float, most: int) -> ChartMark:
    height = STUMP if row["value"] is None else row["value"] / most * DAYS_TALL
    at = (
        percent_position(step * (index + 0.14)),
        percent_position(step * 0.72),
        f"{DAYS_FLOOR - height:.1f}",
        f"{height:.1f}",
        percent_position(step * (index + 0.5)),
    )
    return ChartMark({"label": row["label"], "value": row["value"]}, index + 1, *at)


@dataclass(frozen=True)
class GroupPair:
    """Two groups on one row; `clear` if their intervals do not overlap."""

    row: ChartRow
    clear: bool
    low: str = ""
    high: str = ""


def place_group_pairs(rows: Sequence[ChartRow]) -> list[GroupPair]:
    return [_place_group_pair(row) for row in rows]


def _place_group_pair(row: ChartRow) -> GroupPair:
    one, other = row["a"], row["b"]
    if one["percent"] is None or other["percent"] is None:
        return GroupPair(row, False)
    first, last = sorted((one, other), key=lambda group: group["percent"])
    clear = first.get("high") is not None and last.get("low") is not None and first["high"] < last["low"]
    return GroupPair(row, clear, f"{first['percent']}%", f"{last['percent']}%")


@dataclass(frozen=True)
class TrendPoint:
    x: str
    y: str
    label_y: str
    percent: int | None
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class TrendLine:
    name: str
    index: int
    points: list[TrendPoint]

    @property
    def segments(self) -> list[tuple[TrendPoint, TrendPoint]]:
        """Pairs of neighbours that are both shown; a hidden number leaves a gap."""
        return [(a, b) for a, b in pairwise(self.points) if a.percent is not None and b.percent is not None]

    @property
    def last(self) -> TrendPoint | None:
        return next((point for point in reversed(self.points) if point.percent is not None), None)


BOTTOM, TALL, START, END = 176, 160, 16, 82


def place_trend_lines(
    series: Sequence[ChartRow], releases: Sequence[str]
) -> tuple[list[TrendLine], list[dict], list[dict]]:
    """(lines, ticks of the scale, release marks). Time runs in reading order in every script."""
    names = ("percents", "highs")
    end = scale_end(
        max((v for line in series for name in names for v in line.get(name, ()) if v is not None), default=40)
    )
    at = [START + (END - START) * j / max(1, len(releases) - 1) for j in range(len(releases))]
    lines = [TrendLine(s["name"], n, _place_trend_points(s, at, end)) for n, s in enumerate(series, start=1)]
    ticks = [{"percent": v, "y": _percent_y(v, end), "label_y": _percent_y(v, end, -4)} for v in range(0, end + 1, 20)]
    return (
        lines,
        ticks,
        [{"label": label, "x": percent_position(place)} for label, place in zip(releases, at, strict=True)],
    )


def _place_trend_points(line: ChartRow, at: list[float], end: int) -> list[TrendPoint]:
    """Points of a line, with an interval where the line has one and the number is shown."""
    none = [None] * len(at)
    columns = zip(line["percents"], line.get("lows") or none, line.get("highs") or none, at, strict=True)
    return [_place_trend_point(value, low, high, place, end) for value, low, high, place in columns]


def _place_trend_point(value: int | None, low: int | None, high: int | None, place: float, end: int) -> TrendPoint:
    if value is None:
        return TrendPoint(percent_position(place), _percent_y(0, end), _percent_y(0, end, -4), None)
    ends = (_percent_y(low, end), _percent_y(high, end)) if low is not None and high is not None else ()
    above = _percent_y(high if ends and high is not None else value, end, -8 if ends else -12)
    return TrendPoint(percent_position(place), _percent_y(value, end), above, value, *ends)


def _percent_y(percent: float, end: int, offset: int = 0) -> str:
    return f"{BOTTOM - percent / end * TALL + offset:.0f}"


def heat_shade(value: int | None, steps: Sequence[int]) -> str:
    """The shade of a matrix cell: n1 to n3 by `steps`, or "gap" where no number is shown."""
    return "gap" if value is None else f"n{1 + sum(value >= step for step in steps)}"

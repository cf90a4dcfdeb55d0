"""Positions of a chart's marks: x in percent and y in pixels, so that text keeps its size at any width.

Takes shown figures only (stored rows with `value` and `percent`; None is hidden), so no mark tells more than its
number. Positions are strings: a locale's decimal comma must not reach an SVG attribute.
"""

from collections.abc import Iterable, Mapping, Sequence
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

    @property
    def hidden(self) -> bool:
        return self.row.get("percent", self.row.get("value")) is None


def place_bars(
    rows: Sequence[ChartRow], *, intervals: bool, end: int | None = None
) -> tuple[list[ChartBar], list[str]]:
    """(bars, positions of the grid lines, every 20 percent). `end` of the axis, where charts share one."""
    shown = [row for row in rows if row.get("percent") is not None]
    end = end or scale_end(max((row.get("high") or row["percent"] for row in shown), default=40))
    bars = [_place_bar(row, ("percent", "low", "high"), end, intervals) for row in rows]
    return bars, [percent_position(100 * tick / end) for tick in range(0, end + 1, 20)]


def place_length_bars(rows: Sequence[ChartRow]) -> list[ChartBar]:
    """Bars by people; the longest takes the whole width. `least` and `most` are the interval, in people."""
    longest = max((row.get("most") or row["value"] for row in rows if row.get("value")), default=1)
    return [_place_bar(row, ("value", "least", "most"), longest) for row in rows]


def _place_bar(row: ChartRow, names: Sequence[str], end: float, interval: bool = True) -> ChartBar:
    """`names`: the row's number, and the ends of its interval."""
    if row.get(names[0]) is None:
        return ChartBar(row)
    at = [percent_position(100 * row[name] / end) if row.get(name) is not None else "" for name in names]
    return ChartBar(row, *at) if interval and all(at) else ChartBar(row, at[0])


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


HIDDEN_SHARE = 3  # the width of a hidden part's stub, in percent of a row's people


def place_stacked_rows(
    rows: Sequence[Sequence[ChartRow]], *, diverging: bool, end: int | None = None
) -> tuple[list[list[ChartMark]], list[int]]:
    """(the parts of each row's bar; five ticks). All rows share one scale of percent: from 0 to 100, or on both sides
    of a centre line that halves the middle part, to `end` where charts share one."""
    widths = [_share_widths(row) for row in rows]
    if not diverging:
        placed = [_stack_parts(row, each, 0, 1) for row, each in zip(rows, widths, strict=True)]
        return placed, [0, 25, 50, 75, 100]
    end = end or find_diverging_end(rows)
    step = 50 / end
    placed = [
        _stack_parts(row, each, 50 - step * _sum_before_centre(each), step)
        for row, each in zip(rows, widths, strict=True)
    ]
    return placed, [end, end // 2, 0, end // 2, end]


def find_diverging_end(rows: Iterable[Sequence[ChartRow]]) -> int:
    """The end, on both sides, of the scale on which all of these rows fit."""
    widths = [_share_widths(row) for row in rows]
    sides = ((before := _sum_before_centre(each), sum(each) - before) for each in widths)
    return max(20, -(-int(max(map(max, sides), default=0) + 0.999) // 20) * 20)


def _sum_before_centre(widths: Sequence[float]) -> float:
    half = len(widths) // 2
    return sum(widths[:half]) + widths[half] / 2 if widths else 0


def _share_widths(row: Sequence[ChartRow]) -> list[float]:
    """Percent of each part, less where stubs and rounding would take a row over 100."""
    widths = [HIDDEN_SHARE if part["percent"] is None else part["percent"] for part in row]
    return [width * min(1, 100 / max(1, sum(widths))) for width in widths]


def _stack_parts(row: Sequence[ChartRow], widths: Sequence[float], start: float, step: float) -> list[ChartMark]:
    ends = [start, *(start + step * sum(widths[: at + 1]) for at in range(len(widths)))]
    return [
        ChartMark(part, at + 1, percent_position(ends[at]), percent_position(ends[at + 1] - ends[at]))
        for at, part in enumerate(row)
    ]


DAYS_TALL, DAYS_FLOOR, STUMP = 92, 112, 14


def place_day_columns(rows: Sequence[ChartRow]) -> list[ChartMark]:
    """A column for each day, by people. A hidden number is a stump of fixed height."""
    most = max((row["value"] for row in rows if row["value"] is not None), default=1)
    step = 100 / max(1, len(rows))
    marks = []
    for index, row in enumerate(rows):
        height = STUMP if row["value"] is None else row["value"] / most * DAYS_TALL
        x, width, middle = (percent_position(step * part) for part in (index + 0.14, 0.72, index + 0.5))
        shown = {"label": row["label"], "value": row["value"], "symbol": row.get("symbol", "")}
        marks.append(ChartMark(shown, index + 1, x, width, f"{DAYS_FLOOR - height:.1f}", f"{height:.1f}", middle))
    return marks


@dataclass(frozen=True)
class TrendPoint:
    x: str
    y: str
    label_y: str
    percent: int | None
    low: str = ""
    high: str = ""
    interval: tuple[int, int] | None = None  # in percent, as the table beside the lines says it
    symbol: str = ""  # what stands for a hidden number


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
    lows, highs, symbols = (line.get(name) or none for name in ("lows", "highs", "symbols"))
    points = []
    for value, low, high, symbol, place in zip(
        line["percents"], lows, highs, symbols, map(percent_position, at), strict=True
    ):
        if value is None:
            points.append(TrendPoint(place, _percent_y(0, end), _percent_y(0, end, -4), None, symbol=symbol or ""))
        elif low is None or high is None:
            points.append(TrendPoint(place, _percent_y(value, end), _percent_y(value, end, -12), value))
        else:
            ends = (_percent_y(low, end), _percent_y(high, end))
            points.append(
                TrendPoint(place, _percent_y(value, end), _percent_y(high, end, -8), value, *ends, (low, high))
            )
    return points


def _percent_y(percent: float, end: int, offset: int = 0) -> str:
    return f"{BOTTOM - percent / end * TALL + offset:.0f}"


def heat_shade(value: int | None, steps: Sequence[int]) -> str:
    """The shade of a matrix cell: n1 to n3 by `steps`, or "gap" where no number is shown."""
    return "gap" if value is None else f"n{1 + sum(value >= step for step in steps)}"

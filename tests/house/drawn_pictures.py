"""Reads every picture of numbers on a page or paper: each mark has the length, place or shade that the number beside it
says, and a hidden number's mark is the same whatever it hides. So pixels tell no more than words.

A picture that no reader below knows is a stray itself.
"""

import re

from bs4 import BeautifulSoup

STUB = 6.0  # percent of the width: a hidden bar
STUMP, TALL, FLOOR = 14.0, 92.0, 112.0  # pixels of a chart by days: hidden, the largest, the axis
SHARES, PEOPLE = (25, 50), (35, 100)  # where a shade begins
ROUNDED = 0.06  # positions have one decimal
BETWEEN = re.compile(r"\(between (\d+) and (\d+)\)")


def find_stray_pictures(html, seen=None):
    """[(kind, what, number, drawn)] of marks that are drawn otherwise than their number says. `seen`: a Counter of kinds
    to add the marks to."""
    page, strays, known = BeautifulSoup(html, "html.parser"), [], set()
    for kind, selector, read in READERS:
        for found in page.select(selector):
            for label, number, drawn, expected, slack in read(found):
                if seen is not None:
                    seen[kind] += 1
                if drawn != expected and (isinstance(drawn, str) or drawn is None or abs(drawn - expected) > slack):
                    strays.append((kind, label, number, drawn))
            known |= {id(picture) for picture in [*found.select("svg"), found]}
    unread = [svg for svg in page.select("svg.fig, svg.bar-of, td.bar svg") if id(svg) not in known]
    return strays + [("unknown", str(svg)[:90], None, None) for svg in unread if "graph" not in svg.get("class", ())]


def _words(tag):
    return " ".join(tag.get_text(" ").split()) if tag else ""


def _at(mark, name):
    """A position in percent or pixels."""
    return float(mark[name].rstrip("%")) if mark is not None and mark.get(name) else None


def _first_number(words):
    found = re.search(r"\d+", words)
    return int(found[0]) if found else None


def _read_row(row):
    """(number, ends of its interval) of a row of bars, of people or of percent."""
    if title := row.select_one("svg > title"):  # on paper
        said = title.get_text().rpartition(": ")[2]
        number, *ends = [int(n) for n in re.findall(r"\d+", re.sub(r" of \d+", "", said))] or [None]
        return (None, []) if row.select_one("[stroke-dasharray], .hid") else (number, ends)
    numbers = row.select("td.num")
    number = next((n for cell in numbers if (n := _first_number(_words(cell.b))) is not None), None)
    if number is None and not numbers[0].find("b") and not row.select_one("[stroke-dasharray]"):
        number = _first_number(_words(numbers[0])) if len(numbers) == 1 else None
    between = BETWEEN.search(_words(row))
    return number, [int(end) for end in between.groups()] if between else []


def _read_bars(chart):
    """Bars in percent have an axis or grid lines; others begin at nothing, and the largest number takes the whole."""
    rows = [row for row in chart.select("tbody tr") if row.select_one("svg")]
    told = [(row, *_read_row(row)) for row in rows]
    end = max((n for _, number, ends in told for n in (number, *ends) if n is not None), default=1)
    if chart.select_one("span.axis") or "0 to 100%" in _words(chart.thead):
        end = 100
    elif lines := chart.select("svg:has(line.ax)"):
        end = 20 * (len(lines[0].select("line.ax")) - 1)
    for row, number, ends in told:
        label, mark = _words(row.th), row.select_one("rect")
        if number is None:
            if mark is not None:
                yield label, None, _at(mark, "width"), STUB if "fig" in row.svg.get("class", ()) else 24, 0
            continue
        if mark is not None or number:
            yield label, number, _at(mark, "width"), 100 * number / end, ROUNDED
        marks = [line for line in row.select("svg line") if "ax" not in line.get("class", ())]
        drawn = {_at(line, name) for line in marks for name in ("x1", "x2")}
        for end_of in ends:
            nearest = min(drawn, key=lambda at, to=end_of: abs(at - 100 * to / end), default=None)
            yield label, end_of, nearest, 100 * end_of / end, ROUNDED
        if len(drawn) != len({*ends}):
            yield label, ends, sorted(drawn)[0] if drawn else None, -1, 0


def _read_stacked(chart):
    """The parts of a grid's rows: their numbers stand in the table below, in the order of the key."""
    table = chart.select_one("table.cross")
    heads = [_words(head) for head in table.select("thead th")][1:]
    shares = {
        _words(row.th): dict(zip(heads, [_read_share(cell) for cell in row.select("td")], strict=True))
        for row in table.select("tbody tr")
    }
    bars = chart.select("table.stacked tbody tr:has(svg)")
    parts = heads[: len(chart.select('.key rect[fill^="url("], .swatch'))]
    ticks = re.findall(r"\d+", _words(chart.select_one("span.axis"))) or re.findall(r"\d+", _words(chart.thead))
    halves = bool(chart.select_one("table.stacked line"))
    step = 50 / int(ticks[0]) if halves else 1
    for row in bars:
        told = [(part, shares[_words(row.th)][part]) for part in parts]
        widths = [3 if share is None else share for _, share in told]
        widths = [width * min(1, 100 / max(1, sum(widths))) for width in widths]
        half = len(widths) // 2
        at = 50 - step * (sum(widths[:half]) + widths[half] / 2) if halves else 0
        marks = iter(row.select("rect"))
        for (part, share), width in zip(told, widths, strict=True):
            if share != 0:
                mark = next(marks, None)
                yield f"{_words(row.th)}, {part}", share, _at(mark, "width"), step * width, ROUNDED
                yield f"{_words(row.th)}, {part}", share, _at(mark, "x"), at, ROUNDED
            at += step * width


def _read_share(cell):
    found = re.search(r"(\d+)%", _words(cell))
    return int(found[1]) if found else None


def _read_days(chart):
    numbers = [_first_number(_words(row.td)) if not row.td.select_one(".hid, abbr") else None
               for row in chart.select("tbody tr")]  # fmt: skip
    marks = chart.select("svg > rect")
    hidden = ["stroke-dasharray" in mark.attrs for mark in marks]
    shown = [number for number, is_hidden in zip(numbers, hidden, strict=True) if not is_hidden]
    for row, mark, number, is_hidden in zip(chart.select("tbody tr"), marks, numbers, hidden, strict=True):
        tall = STUMP if is_hidden else TALL * number / max(shown)
        yield _words(row.th), number, _at(mark, "height"), tall, ROUNDED
        yield _words(row.th), number, _at(mark, "y"), FLOOR - tall, ROUNDED


def _read_stance(chart):
    marks = chart.select("svg.fig > rect")
    told = [(_words(item).removesuffix(_words(item.b)).strip(), _words(item.b)) for item in chart.select("ul.key li")]
    numbers = [None if "stroke-dasharray" in mark.attrs else int(said) for mark, (_, said) in zip(marks, told)]  # noqa: B905
    half = len(numbers) // 2
    sides = (numbers[:half], numbers[half + 1 :])
    middle = [7 / 2 if numbers[half] is None else 0, (numbers[half] or 0) / 2]
    room = [50 - sum(7 for n in side if n is None) - middle[0] for side in sides]
    each = min(space / max(1, sum(n or 0 for n in side) + middle[1]) for space, side in zip(room, sides, strict=True))
    for mark, (label, _), number in zip(marks, told, numbers):  # noqa: B905
        yield label, number, _at(mark, "width"), STUB if number is None else each * number, ROUNDED


def _read_trend(chart):
    ticks = [(int(text.get_text().rstrip("%")), _at(line, "y1")) for line, text in
             zip(chart.select("svg > line.ax"), chart.select("svg > text:-soup-contains('%')"), strict=True)]  # fmt: skip
    (none, floor), (end, top) = ticks[0], ticks[-1]
    points = chart.select("svg.fig > circle, svg.fig > svg")
    drawn = iter([_at(point, "cy") or _at(point, "y") for point in points])
    intervals = iter(chart.select("svg > line.ink"))
    for row in chart.select("tbody tr"):
        for cell in row.select("td"):
            if (number := _read_share(cell)) is None:
                continue
            yield _words(row.th), number, next(drawn, None), _place(number, none, floor, end, top), 0.6
            if between := re.search(r"(\d+) to (\d+)", _words(cell)):
                line = next(intervals, None)
                for name, told in zip(("y1", "y2"), map(int, between.groups()), strict=True):
                    yield _words(row.th), told, _at(line, name), _place(told, none, floor, end, top), 0.6
    for line in intervals:
        yield "an interval that no word tells", None, _at(line, "y1"), -1, 0


def _place(number, none, floor, end, top):
    return floor + (number - none) / (end - none) * (top - floor)


def _read_reach(chart):
    """Each group's share with its range, and the benchmark's mark, in the words of the description."""
    said = chart.select_one("svg > desc").get_text()
    scale = {int(text.get_text().rstrip("%")): line for line, text in
             zip(chart.select("svg > line.ax"), chart.select("svg > text:not(.halo)"), strict=True)}  # fmt: skip
    end = max(scale)
    labels = [text.get_text() for text in chart.select("svg > text.halo")]
    starts = [said.index(f"{label}: ") for label in labels]
    rects = chart.select("svg.fig > rect")
    lines, diamonds = iter(chart.select("svg.fig > line.ink")), iter(chart.select("svg.fig > svg"))
    for label, rect, start, stop in zip(labels, rects, starts, [*starts[1:], len(said)], strict=True):
        words = said[start + len(label) : stop]
        share = re.search(r"(\d+)% of answers, from (\d+)% to (\d+)%", words)
        expected = re.search(r"(\d+)% of the benchmark", words)
        if share:
            number, low, high = map(int, share.groups())
            line = next(lines)
            yield label, number, _at(rect, "width"), 100 * number / end, ROUNDED
            yield label, low, _at(line, "x1"), 100 * low / end, ROUNDED
            yield label, high, _at(line, "x2"), 100 * high / end, ROUNDED
        else:
            yield label, None, _at(rect, "width"), STUB, 0
        if expected:
            yield label, int(expected[1]), _at(next(diamonds), "x"), 100 * int(expected[1]) / end, ROUNDED


def _read_shades(table):
    """Shades of a table by groups follow the percent; those of coverage the number of people."""
    by_group = [_words(head) for head in table.select("thead th")][1:2] == ["All"]
    for cell in table.select("td > .cell"):
        shade = next((name for name in cell["class"] if re.fullmatch(r"n\d|gap", name)), "")
        if not shade:
            continue
        said = _words(cell.b or cell)
        number = None if shade == "gap" and "<" in said else _first_number(said)
        if number is None:
            right = "n1" if said == "In words" else "gap"
        elif by_group:
            right = _shade_of(number, SHARES) if said.endswith("%") else "n0"
        else:
            right = _shade_of(number, PEOPLE)
        yield f"{_words(cell.find_parent('tr').th)}: {said}", number, shade, right, 0


def _shade_of(number, steps):
    return f"n{1 + sum(number >= one for one in steps)}"


def _read_public(figure):
    """Bars of a page for everyone: as long as the rounded number beside them says, beside the longest. A bar without a
    number is whole, and nearly everyone is in it: the others are drawn on its scale, whatever that is."""
    rows = [(_first_number(_words(svg.parent)), svg) for svg in figure.select("svg.bar-of")]
    numbered = [(number, _at(svg.rect, "width")) for number, svg in rows if number is not None]
    most = max((number for number, _ in numbered), default=0)
    longest = 100 if len(numbered) == len(rows) else next((width for number, width in numbered if number == most), 0)
    for number, svg in rows:
        expected = 100 if number is None else longest * number / most
        yield _words(svg.find_parent(["tr", "li"])), number, _at(svg.rect, "width"), expected, ROUNDED


READERS = (
    ("bars", ".chart:has(table.bars:not(.stacked)), table.bars:not(.chart table)", _read_bars),
    ("grid", ".chart:has(> table.stacked)", _read_stacked),
    ("days", "figure:has(> svg.fig[height='136'])", _read_days),
    ("stance", "figure:has(> svg.fig[height='48'])", _read_stance),
    ("trend", "figure:has(> svg.fig[height='208'])", _read_trend),
    ("reach", "figure.reach", _read_reach),
    ("shades", "table:has(.cell)", _read_shades),
    ("public", "table:has(svg.bar-of), ul.themes", _read_public),
)

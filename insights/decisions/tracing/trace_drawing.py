"""The trace as a picture of at most 60 boxes: what does not fit is folded into groups. The list beside it is complete.

A line that passes over a column has a lane there, between the boxes, so that it runs behind none.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from insights.decisions.tracing.trace_nodes import KINDS, ORDER, TraceNode

WIDTHS = {
    "agency": 150,
    "point": 190,
    "outcome": 180,
    "decision": 200,
    "theme": 200,
    "words": 248,
    "question": 260,
    "consultation": 160,
}
FOLDED = {
    "agency": "agencies",
    "point": "points of the strategy",
    "outcome": "outcomes",
    "decision": "decisions",
    "theme": "themes and figures",
    "words": "quotes",
    "question": "questions",
    "consultation": "consultations",
}
LINE, PAD, BOX_GAP, TOP, COLUMN_GAP = 20, 30, 18, 30, 44
LANE, BULGE = 6, 30  # px: the height of a lane, and how far a line between boxes of one column goes out
LETTER = 8.4  # px of a letter, on the wide side
MOST_BOXES = 60
AGAINST, MIXED = "against", "mixed"  # CSS classes of a line: evidence against a decision; a folded box's of both kinds


@dataclass(eq=False)
class TraceBox:
    """A box of the picture. `lines`: (text, CSS class); `x`, `y`, `width`, `height` in px."""

    node: TraceNode
    x: float
    width: float
    lines: list[tuple[str, str]] = field(default_factory=list)
    y: float = 0

    @property
    def height(self) -> int:
        return PAD + LINE * len(self.lines)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def texts(self) -> list[tuple[float, float, str, str]]:
        """(x, y, class, text) of each line."""
        return [(self.x + 14, self.y + 25 + LINE * n, css, text) for n, (text, css) in enumerate(self.lines)]

    @property
    def outline(self) -> str:
        """SVG path of a speech balloon: square lower corner at the start for decisions, at the end for quotes."""
        x, y, w, h, r = self.x, self.y, self.width, self.height, 12
        end, start = (0 if self.node.css.startswith("v") else r), (0 if self.node.css == "d" else r)
        return (
            f"M{x + r} {y}H{x + w - r}a{r} {r} 0 0 1 {r} {r}V{y + h - end}a{end} {end} 0 0 1 -{end} {end}"
            f"H{x + start}a{start} {start} 0 0 1 -{start} -{start}V{y + r}a{r} {r} 0 0 1 {r} -{r}z"
        )


@dataclass(eq=False)
class TraceLane:
    """Room in a column for the lines that go on to one box farther right."""

    x: float
    width: float
    y: float = 0
    height: int = LANE

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


type Pairs = list[tuple[TraceNode, TraceNode]]
type Column = list[TraceBox | TraceLane]


def draw_trace(found: Iterable[tuple[TraceNode, TraceNode]]) -> dict[str, Any] | None:
    """{boxes, edges, heads, width, height, desc, folded}; None when there are no nodes."""
    pairs = [(a, b) if ORDER[a.kind] <= ORDER[b.kind] else (b, a) for a, b in found]
    nodes_of = {kind: dict.fromkeys(n for pair in pairs for n in pair if n.kind == kind) for kind in KINDS}
    nodes = {kind: list(own) for kind, own in nodes_of.items() if own}
    if not nodes:
        return None
    boxes: dict[TraceNode, TraceBox] = {}
    columns: dict[str, Column] = {}
    heads, x = [], 0.0
    for kind, groups in fold_columns(nodes, pairs).items():
        heads.append((x, KINDS[kind]))
        made = {tuple(group): _build_box(group, x) for group in groups}
        columns[kind] = list(made.values())
        boxes |= {node: box for group, box in made.items() for node in group}
        x += WIDTHS[kind] + COLUMN_GAP
    drawn = list(dict.fromkeys(boxes.values()))
    edges = _list_edges(pairs, boxes)
    lanes = _lay_lanes(columns, list(edges))
    height = _place_columns(columns)  # sets `y` of boxes and lanes, which the lines need
    counts = ", ".join(f"{KINDS[kind].lower()}: {len(own)}" for kind, own in nodes.items())
    return {
        "boxes": drawn,
        "edges": [(_draw_line(a, lanes.get((a, b), []), b), f"th {css}".rstrip()) for (a, b), css in edges.items()],
        "heads": heads,
        "width": x - COLUMN_GAP + BULGE,
        "height": height,
        "desc": f"From left to right {counts}. The list below says the same.",
        "folded": len(drawn) < len(boxes),
    }


def _list_edges(pairs: Pairs, boxes: dict[TraceNode, TraceBox]) -> dict[tuple[TraceBox, TraceBox], str]:
    """{line between two boxes: its CSS class, by the nodes that it joins}"""
    edges: dict[tuple[TraceBox, TraceBox], str] = {}
    for a, b in pairs:
        line, css = (boxes[a], boxes[b]), AGAINST if AGAINST in (a.css, b.css) else ""
        if line[0] is not line[1]:
            edges[line] = css if edges.get(line, css) == css else MIXED
    return edges


def fold_columns(columns: dict[str, list[TraceNode]], pairs: Pairs) -> dict[str, list[list[TraceNode]]]:
    """The groups of nodes that share a box: of a column that is too long, the largest groups that look alike and hang
    on the same nodes; what is still too much becomes the last group."""
    most, beside = _column_limit(columns), defaultdict(set)
    for a, b in pairs:
        beside[b].add(a)
    for a, b in pairs:
        if not any(other.kind != a.kind for other in beside[a] if ORDER[other.kind] < ORDER[a.kind]):
            beside[a].add(b)  # nothing stands to its left: it hangs on what stands to its right
    return {kind: _fold_column(nodes, beside, most) for kind, nodes in columns.items()}


def _fold_column(nodes: list[TraceNode], beside: dict[TraceNode, set[TraceNode]], most: int) -> list[list[TraceNode]]:
    if len(nodes) <= most:
        return [[node] for node in nodes]
    alike: dict[Any, list[TraceNode]] = defaultdict(list)
    for node in nodes:
        alike[node.css, frozenset(beside[node])].append(node)
    folded, boxes = set(), len(nodes)
    for key, group in sorted(alike.items(), key=lambda item: -len(item[1])):
        if boxes > most and len(group) > 1:
            folded.add(key)
            boxes -= len(group) - 1
    groups = [part for key, group in alike.items() for part in ([group] if key in folded else [[n] for n in group])]
    if len(groups) <= most:
        return groups
    return [*groups[: most - 1], [node for group in groups[most - 1 :] for node in group]]


def _column_limit(columns: dict[str, list[TraceNode]]) -> int:
    """The most boxes in a column, so that the picture has at most 60."""
    sizes = [len(column) for column in columns.values()]
    most = max(sizes)
    while sum(min(size, most) for size in sizes) > MOST_BOXES:
        most -= 1
    return most


def _build_box(group: list[TraceNode], x: float) -> TraceBox:
    """The box of a node, or of a group that is folded. A group of cited and uncited words looks uncited; a group with
    evidence against a decision says how much of it is."""
    node, width = group[0], WIDTHS[group[0].kind]
    if len(group) > 1:
        against = sum(one.css == AGAINST for one in group)
        css = max((one.css for one in group), key=len) if against in (0, len(group)) else MIXED
        told = f"{len(group)} {FOLDED[node.kind]}, {f'{against} against, ' if against else ''}in the list"
        fold = TraceNode(node.kind, "rest", told, url="#list", css=css)
        return TraceBox(fold, x, width, _wrap_text(fold.title, width, "b", 3))
    about = _wrap_text(node.about, width, "", 6 if node.kind == "outcome" else 2) if node.about else []
    return TraceBox(node, x, width, _wrap_text(node.title, width, "q" if node.kind == "words" else "b", 3) + about)


def _lay_lanes(
    columns: dict[str, Column], edges: list[tuple[TraceBox, TraceBox]]
) -> dict[tuple[TraceBox, TraceBox], list[TraceLane]]:
    """{line: its lanes} for lines that pass over columns, and the lanes put into these. Lines to one box share them."""
    kinds, over = list(columns), {}
    lanes: dict[tuple[TraceBox, str], TraceLane] = {}
    places = {box: n / len(column) for column in columns.values() for n, box in enumerate(column)}
    wanted: dict[tuple[TraceBox, str], list[float]] = defaultdict(list)
    for a, b in edges:
        passed = kinds[kinds.index(a.node.kind) + 1 : kinds.index(b.node.kind)]
        over[a, b] = [(b, kind) for kind in passed]
        for passed_by in over[a, b]:
            wanted[passed_by].append(places[a])
    for (box, kind), starts in sorted(wanted.items(), key=lambda item: -sum(item[1]) / len(item[1])):
        lanes[box, kind] = lane = TraceLane(columns[kind][0].x, WIDTHS[kind])
        columns[kind].insert(round(sum(starts) / len(starts) * len(columns[kind])), lane)
    return {edge: [lanes[one] for one in passed] for edge, passed in over.items()}


def _wrap_text(text: str, width: float, css: str, most: int) -> list[tuple[str, str]]:
    lines = textwrap.wrap(text, int((width - 28) / LETTER)) or [""]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1].rstrip(".,") + " …"
    return [(line, css) for line in lines]


def _place_columns(columns: dict[str, Column]) -> float:
    """Centre each column vertically on the tallest; returns the height of the picture."""
    heights = {kind: sum(one.height + BOX_GAP for one in column) - BOX_GAP for kind, column in columns.items()}
    tallest = max(heights.values())
    for kind, column in columns.items():
        y = TOP + (tallest - heights[kind]) / 2
        for one in column:
            one.y = y
            y += one.height + BOX_GAP
    return TOP + tallest + 10


def _draw_line(one: TraceBox, lanes: list[TraceLane], other: TraceBox) -> str:
    """SVG path from the right edge of a box to the left edge of another, or to the right edge of one in the
    same column."""
    x, y = one.x + one.width, one.middle
    path = f"M{x} {y}"
    if one.x == other.x:
        return f"{path}C{x + BULGE} {y} {x + BULGE} {other.middle} {x} {other.middle}"
    stops: Column = [*lanes, other]
    for stop in stops:
        half = (x + stop.x) / 2
        path += f"C{half} {y} {half} {stop.middle} {stop.x} {stop.middle}"
        x, y = stop.x + stop.width, stop.middle
        path += f"H{x}" if stop is not other else ""
    return path

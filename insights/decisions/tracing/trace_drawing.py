"""The trace as a picture of at most 60 boxes; the rest is folded. The list beside it is complete."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from insights.decisions.tracing.trace_nodes import KINDS, ORDER, TraceNode

WIDTHS = {
    "agency": 150,
    "point": 190,
    "decision": 200,
    "theme": 200,
    "words": 248,
    "question": 260,
    "consultation": 160,
}
LINE, PAD, BOX_GAP, TOP, COLUMN_GAP = 20, 30, 18, 30, 44
LETTER = 8.4  # px of a letter, on the wide side
MOST_BOXES = 60


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
        end, start = (0 if self.node.css == "v" else r), (0 if self.node.css == "d" else r)
        return (
            f"M{x + r} {y}H{x + w - r}a{r} {r} 0 0 1 {r} {r}V{y + h - end}a{end} {end} 0 0 1 -{end} {end}"
            f"H{x + start}a{start} {start} 0 0 1 -{start} -{start}V{y + r}a{r} {r} 0 0 1 {r} -{r}z"
        )


def draw_trace(pairs: Iterable[tuple[TraceNode, TraceNode]]) -> dict[str, Any] | None:
    """{boxes, edges, heads, width, height, desc, folded}; None when there are no nodes."""
    pairs = [(a, b) if ORDER[a.kind] <= ORDER[b.kind] else (b, a) for a, b in pairs]
    nodes_of = {kind: dict.fromkeys(n for pair in pairs for n in pair if n.kind == kind) for kind in KINDS}
    columns = {kind: list(nodes) for kind, nodes in nodes_of.items() if nodes}
    if not columns:
        return None
    most = _column_limit(columns)
    boxes: dict[TraceNode, TraceBox] = {}
    heads, x = [], 0.0
    for kind, nodes in columns.items():
        heads.append((x, KINDS[kind]))
        boxes |= _build_boxes(nodes, x, WIDTHS[kind], most)
        x += WIDTHS[kind] + COLUMN_GAP
    drawn = list(dict.fromkeys(boxes.values()))
    height = _place_boxes(drawn)  # sets each box's `y`, which the curves need
    counts = ", ".join(f"{KINDS[kind].lower()}: {len(nodes)}" for kind, nodes in columns.items())
    return {
        "boxes": drawn,
        "edges": list(dict.fromkeys(_draw_curve(boxes[a], boxes[b]) for a, b in pairs if a.kind != b.kind)),
        "heads": heads,
        "width": x - COLUMN_GAP,
        "height": height,
        "desc": f"From left to right {counts}. The list below says the same.",
        "folded": sum(len(nodes) for nodes in columns.values()) > MOST_BOXES,
    }


def _column_limit(columns: dict[str, list[TraceNode]]) -> int:
    """The most boxes in a column, its fold included, so that the picture has at most 60."""
    sizes = [len(column) for column in columns.values()]
    most = max(sizes)
    while sum(min(size, most) for size in sizes) > MOST_BOXES:
        most -= 1
    return most


def _build_boxes(nodes: list[TraceNode], x: float, width: float, most: int) -> dict[TraceNode, TraceBox]:
    kept = nodes if len(nodes) <= most else nodes[: most - 1]
    boxes = {}
    for node in kept:
        about = _wrap_text(node.about, width, "", 2) if node.about else []
        lines = _wrap_text(node.title, width, "q" if node.css == "v" else "b", 3) + about
        boxes[node] = TraceBox(node, x, width, lines)
    if rest := nodes[len(kept) :]:
        fold = TraceNode(rest[0].kind, "rest", f"And {len(rest)} more, in the list", url="#list")
        folded = TraceBox(fold, x, width, _wrap_text(fold.title, width, "", 3))
        boxes |= dict.fromkeys(rest, folded)
    return boxes


def _wrap_text(text: str, width: float, css: str, most: int) -> list[tuple[str, str]]:
    lines = textwrap.wrap(text, int((width - 28) / LETTER)) or [""]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1].rstrip(".,") + " …"
    return [(line, css) for line in lines]


def _place_boxes(boxes: list[TraceBox]) -> float:
    """Centre each column vertically on the tallest; returns the height of the picture."""
    columns: dict[float, list[TraceBox]] = {}
    for box in boxes:
        columns.setdefault(box.x, []).append(box)
    heights = {x: sum(box.height + BOX_GAP for box in column) - BOX_GAP for x, column in columns.items()}
    tallest = max(heights.values())
    for x, column in columns.items():
        y = TOP + (tallest - heights[x]) / 2
        for box in column:
            box.y = y
            y += box.height + BOX_GAP
    return TOP + tallest + 10


def _draw_curve(one: TraceBox, other: TraceBox) -> tuple[str, str]:
    """(SVG path, CSS class) from the right edge of one box to the left edge of the other."""
    x1, x2 = one.x + one.width, other.x
    half = (x1 + x2) / 2
    against = "against" in (one.node.css, other.node.css)
    path = f"M{x1} {one.middle}C{half} {one.middle} {half} {other.middle} {x2} {other.middle}"
    return path, "th against" if against else "th"

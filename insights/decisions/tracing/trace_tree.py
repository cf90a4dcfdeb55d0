"""The paths through one start as two trees: up towards results, down towards sources."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from insights.decisions.tracing.trace_nodes import TraceNode
from insights.decisions.tracing.trace_paths import TracePath

MOST_LINES = 500  # longest list on a page
type NodeId = tuple[str, str, str]


@dataclass
class TraceBranch:
    node: TraceNode
    children: dict[NodeId, "TraceBranch"] = field(default_factory=dict)

    def add_path(self, path: Iterable[TraceNode]) -> None:
        here = self
        for node in path:
            here = here.children.setdefault(node.id, TraceBranch(node))

    @property
    def shape(self) -> frozenset[NodeId]:
        return frozenset(self.children)


@dataclass(frozen=True)
class TraceLine:
    """One line of the nested list. `opens`: its children follow; `closes`: number of levels that end after it."""

    node: TraceNode
    opens: bool = False
    closes: int = 0
    again: bool = False  # its children are listed further up already


def grow_trees(
    threads: Iterable[TracePath], root: TraceNode, at: Callable[[TraceNode], bool], kinds: Collection[str], depth: int
) -> tuple[TraceBranch, TraceBranch]:
    """(up, down), which begin at the start node, once for each release or version of it."""
    up, down = TraceBranch(root), TraceBranch(root)
    for thread in threads:
        nodes = [node for node in thread.nodes if node.kind in kinds or at(node)]
        place = next((place for place, node in enumerate(nodes) if at(node)), None)
        if place is not None:
            own = [] if nodes[place].key == root.key else [nodes[place]]
            up.add_path([*own, *nodes[max(0, place - depth) : place][::-1]])
            down.add_path([*own, *nodes[place + 1 : place + 1 + depth]])
    return up, down


def list_lines(tree: TraceBranch, most: int = MOST_LINES) -> tuple[list[TraceLine], int]:
    """(lines, number of lines cut off). The children of a node are listed once."""
    found: list[TraceLine] = []
    listed: dict[NodeId, frozenset[NodeId]] = {}
    _append_lines(tree, found, listed, -1)  # the template opens the outermost list
    if len(found) <= most:
        return found, 0
    kept = found[:most]
    still_open = sum(line.opens for line in kept[:-1]) - sum(line.closes for line in kept[:-1])
    return [*kept[:-1], replace(kept[-1], opens=False, closes=still_open)], len(found) - most


def _append_lines(branch: TraceBranch, found: list[TraceLine], listed: dict, closes: int) -> None:
    children = list(branch.children.values())
    for number, child in enumerate(children):
        ends = closes + 1 if number == len(children) - 1 else 0
        again = bool(child.children) and listed.get(child.node.id) == child.shape
        if child.children and not again:
            listed[child.node.id] = child.shape
            found.append(TraceLine(child.node, opens=True))
            _append_lines(child, found, listed, ends)
        else:
            found.append(TraceLine(child.node, closes=ends, again=again))


def list_edges(*trees: TraceBranch) -> list[tuple[TraceNode, TraceNode]]:
    """Every pair of neighbouring nodes, once."""
    found: dict[tuple[NodeId, NodeId], tuple[TraceNode, TraceNode]] = {}
    waiting = list(trees)
    while waiting:
        branch = waiting.pop(0)
        for child in branch.children.values():
            waiting.append(child)
            found.setdefault((branch.node.id, child.node.id), (branch.node, child.node))
    return list(found.values())

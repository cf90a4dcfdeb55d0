"""The trace page: "why this?" for a decision, "what came of this?" for words, themes and questions."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consultation.access import staff_view
from insights.access import VIEW_REPORTS
from insights.decisions.models import Bearing, Decision, DecisionOutcome, DecisionStatus
from insights.decisions.tracing import trace_drawing, trace_paths, trace_starts
from insights.decisions.tracing.trace_nodes import KINDS, TraceNode
from insights.decisions.tracing.trace_paths import TracePath
from insights.decisions.tracing.trace_starts import TraceStart, filter_by_agency, list_agency_names

MOST_LINES = 500  # longest list on a page
type NodeId = tuple[str, str, str]
FARTHEST = 6


class TraceForm(forms.Form):
    depth = forms.TypedChoiceField(
        coerce=int, required=False, label="How far",
        choices=[("", "All the way"), *((n, f"{n} {'step' if n == 1 else 'steps'}") for n in range(1, 5))],
    )  # fmt: skip
    bearing = forms.ChoiceField(
        required=False, label="How evidence bears", choices=[("", "Either way"), *Bearing.choices]
    )
    outcome = forms.ChoiceField(
        required=False, label="Outcome", choices=[("", "Every outcome"), *DecisionOutcome.choices]
    )
    status = forms.ChoiceField(
        required=False, label="Drafts", choices=[("", "With drafts"), (DecisionStatus.PUBLISHED, "Published alone")]
    )
    agency = forms.ChoiceField(required=False, label="Agency")
    kind = forms.MultipleChoiceField(
        required=False, label="Show", choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, start: TraceStart, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Every agency"), *list_agency_names(reader).items()]  # type: ignore[attr-defined]
        self.initial["kind"] = list(KINDS)
        if start.node.kind == "decision":
            for name in ("outcome", "status", "agency"):
                del self.fields[name]

    def wanted(self, name: str) -> Any:
        """The value of a filter; None when it is absent or invalid, which shows everything."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def depth_wanted(self) -> int:
        return int(self.wanted("depth") or FARTHEST)

    @property
    def kinds(self) -> list[str]:
        return self.wanted("kind") or list(KINDS)

    @property
    def bearing_wanted(self) -> Q:
        return Q(bearing=self.wanted("bearing")) if self.wanted("bearing") else Q()

    @property
    def is_narrowed(self) -> bool:
        return any(self.wanted(name) for name in self.fields)

    def narrow_decisions(self, decisions: QuerySet[Decision]) -> QuerySet[Decision]:
        asked = {name: self.wanted(name) for name in ("outcome", "status") if self.wanted(name)}
        found = decisions.filter(**asked)
        if agency := self.wanted("agency"):
            found = found.filter(pk__in=Decision.objects.filter(filter_by_agency(agency)).values("pk"))
        if self.wanted("bearing"):
            cited = Q(citations__bearing=self.wanted("bearing")) | Q(figure_citations__bearing=self.wanted("bearing"))
            found = found.filter(pk__in=Decision.objects.filter(cited).values("pk"))
        return found


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


A_PAGE = 12  # decisions: their evidence decides how heavy the page is
FOUND = ("pk", "slug", "title", "outcome", "status", "lead_role", "due", "progress", "decided")


@staff_view(VIEW_REPORTS, method="GET")
def show_trace(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    start = None if "\0" in key else trace_starts.find_trace_start(kind, key, request.user)  # PostgreSQL takes no NUL
    if start is None or (kind == "decision" and not Decision.objects.seen_by(request.user).filter(slug=key).exists()):
        raise Http404
    form = TraceForm(request.GET, start=start, reader=request.user)
    found = form.narrow_decisions(start.decisions.seen_by(request.user)).only(*FOUND).order_by("-decided", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "decisions", "start": start, "form": form, "page": page}
    return render(
        request,
        "insights/decisions/tracing/trace.html",
        context | build_trace_context(start, form, page, request.user),
    )


def build_trace_context(
    start: trace_starts.TraceStart, form: TraceForm, decisions: Any, reader: Any
) -> dict[str, Any]:
    """Template context: two lists and the picture of these decisions, as the reader may see them."""
    ids = [decision.pk for decision in decisions]
    bears = form.bearing_wanted
    evidence = bears if start.evidence is None else start.evidence & bears
    figures = bears if start.figures is None else start.figures & bears
    rows = _drop_unseen_drafts(
        trace_paths.fetch_trace_rows(ids, reader, evidence, figures, start.words, start.unfeatured), ids, reader
    )
    spun = [one for one in trace_paths.build_trace_paths(rows, ids) if one.bearing or not form.wanted("bearing")]
    up, down = grow_trees(spun, start.node, start.at, form.kinds, form.depth_wanted)
    return {
        "ways": _build_directions(start, up, down),
        "picture": trace_drawing.draw_trace(list_edges(up, down)),
    }


def _drop_unseen_drafts(rows: trace_paths.TraceRows, asked: list[int], reader: Any) -> trace_paths.TraceRows:
    """Drop later drafts that the reader may not see."""
    seen = set(Decision.objects.filter(pk__in=rows.decisions).seen_by(reader).values_list("pk", flat=True))
    rows.decisions = {pk: row for pk, row in rows.decisions.items() if pk in seen or pk in asked}
    return rows


def _build_directions(start: trace_starts.TraceStart, up: TraceBranch, down: TraceBranch) -> list[dict[str, Any]]:
    decided = start.node.kind in ("agency", "point")
    came = ("came", "What came of it" if start.is_voice else "What it answers to", up)
    source = ("from", "What was decided, and why" if decided else "Where it comes from", down)
    ways = []
    for id, title, branch in (came, source) if start.is_voice else (source, came):
        found, folded = list_lines(branch)
        ways.append({"id": id, "title": title, "lines": found, "folded": folded})
    return [way for way in ways if way["lines"]]


def build_decision_trace(decision: Decision, reader: Any) -> dict[str, Any]:
    """{lines, folded, picture} for the decision's own page: its sources down to the consultation."""
    start = trace_starts.find_trace_start("decision", decision.slug, reader)
    if start is None:
        return {}
    ids = trace_paths.list_earlier_decisions(decision.pk)
    spun = trace_paths.build_trace_paths(
        _drop_unseen_drafts(trace_paths.fetch_trace_rows(ids, reader), ids, reader), ids
    )
    kinds = ("decision", "theme", "words", "question", "consultation")
    _, down = grow_trees(spun, start.node, start.at, kinds, len(kinds))
    found, folded = list_lines(down)
    return {"lines": found, "folded": folded, "picture": trace_drawing.draw_trace(list_edges(down))}

"""The trace page: "why this?" for a decision, "what came of this?" for words, themes and questions."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consultation.access import staff_view
from insights.access import VIEW_REPORTS
from insights.decisions.models import Decision
from insights.decisions.tracing import trace_drawing, trace_paths, trace_starts, trace_tree
from insights.decisions.tracing.forms import TraceForm

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
    up, down = trace_tree.grow_trees(spun, start.node, start.at, form.kinds, form.depth_wanted)
    return {
        "ways": _build_directions(start, up, down),
        "picture": trace_drawing.draw_trace(trace_tree.list_edges(up, down)),
    }


def _drop_unseen_drafts(rows: trace_paths.TraceRows, asked: list[int], reader: Any) -> trace_paths.TraceRows:
    """Drop later drafts that the reader may not see."""
    seen = set(Decision.objects.filter(pk__in=rows.decisions).seen_by(reader).values_list("pk", flat=True))
    rows.decisions = {pk: row for pk, row in rows.decisions.items() if pk in seen or pk in asked}
    return rows


def _build_directions(
    start: trace_starts.TraceStart, up: trace_tree.TraceBranch, down: trace_tree.TraceBranch
) -> list[dict[str, Any]]:
    decided = start.node.kind in ("agency", "point")
    came = ("came", "What came of it" if start.is_voice else "What it answers to", up)
    source = ("from", "What was decided, and why" if decided else "Where it comes from", down)
    ways = []
    for id, title, branch in (came, source) if start.is_voice else (source, came):
        found, folded = trace_tree.list_lines(branch)
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
    _, down = trace_tree.grow_trees(spun, start.node, start.at, kinds, len(kinds))
    found, folded = trace_tree.list_lines(down)
    return {"lines": found, "folded": folded, "picture": trace_drawing.draw_trace(trace_tree.list_edges(down))}

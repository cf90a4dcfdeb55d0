"""The trace page: "why this?" for a decision, "what came of this?" for words, themes and questions."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from insights.decisions.models import Decision
from insights.decisions.tracing import drawing, starts, threads, tree
from insights.decisions.tracing.forms import TraceForm

A_PAGE = 12  # decisions: their evidence decides how heavy the page is
FOUND = ("pk", "slug", "title", "outcome", "status", "lead_role", "due", "progress", "decided")


@require_safe
@never_cache
@login_required
@permission_required("insights.view_reports", raise_exception=True)
def trace(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    start = None if "\0" in key else starts.find(kind, key, request.user)  # PostgreSQL takes no NUL
    if start is None or (kind == "decision" and not Decision.objects.seen_by(request.user).filter(slug=key).exists()):
        raise Http404
    form = TraceForm(request.GET, start=start, reader=request.user)
    found = form.narrow(start.decisions.seen_by(request.user)).only(*FOUND).order_by("-decided", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "decisions", "start": start, "form": form, "page": page}
    return render(request, "insights/decisions/tracing/trace.html", context | seen(start, form, page, request.user))


def seen(start: starts.Start, form: TraceForm, decisions: Any, reader: Any) -> dict[str, Any]:
    """Template context: two lists and the picture of these decisions, as the reader may see them."""
    ids = [decision.pk for decision in decisions]
    bears = form.bearing_wanted
    evidence = bears if start.evidence is None else start.evidence & bears
    figures = bears if start.figures is None else start.figures & bears
    rows = _without_other_drafts(
        threads.fetch(ids, reader, evidence, figures, start.words, start.unfeatured), ids, reader
    )
    spun = [one for one in threads.spin(rows, ids) if one.bearing or not form.wanted("bearing")]
    trees = tree.grow(spun, start.node, start.at, form.kinds, form.depth_wanted)
    return {"ways": _ways(start, trees), "picture": drawing.draw(tree.edges(trees.up, trees.down))}


def _without_other_drafts(rows: threads.Rows, asked: list[int], reader: Any) -> threads.Rows:
    """Drop later drafts that the reader may not see."""
    seen = set(Decision.objects.filter(pk__in=rows.decisions).seen_by(reader).values_list("pk", flat=True))
    rows.decisions = {pk: row for pk, row in rows.decisions.items() if pk in seen or pk in asked}
    return rows


def _ways(start: starts.Start, trees: tree.Trees) -> list[dict[str, Any]]:
    came, from_ = ("What came of it", "Where it comes from")
    if start.node.kind in ("agency", "point"):
        from_ = "What was decided, and why"
    up = _way("came", came if start.is_voice else "What it answers to", trees.up)
    down = _way("from", from_, trees.down)
    return [way for way in ([up, down] if start.is_voice else [down, up]) if way["lines"]]


def _way(id: str, title: str, branch: tree.Branch) -> dict[str, Any]:
    found, folded = tree.lines(branch)
    return {"id": id, "title": title, "lines": found, "folded": folded}


def of_decision(decision: Decision, reader: Any) -> dict[str, Any]:
    """{lines, folded, picture} for the decision's own page: its sources down to the consultation."""
    start = starts.find("decision", decision.slug, reader)
    if start is None:
        return {}
    ids = threads.earlier(decision.pk)
    spun = threads.spin(_without_other_drafts(threads.fetch(ids, reader), ids, reader), ids)
    kinds = ("decision", "theme", "words", "question", "consultation")
    trees = tree.grow(spun, start.node, start.at, kinds, len(kinds))
    found, folded = tree.lines(trees.down)
    return {"lines": found, "folded": folded, "picture": drawing.draw(tree.edges(trees.down))}

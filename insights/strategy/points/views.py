"""Pages of the strategy’s points: all of them, and each with what was heard, decided, offered and is missing."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from consultation.access import staff_view
from consultation.domain import strategy_points
from insights.access import VIEW_REPORTS
from insights.decisions.outcomes.models import OutcomeUpdate
from insights.releases.actions import record_partner_view
from insights.releases.models import Quote
from insights.releases.theme_evidence import list_newest_releases
from insights.strategy.board.strategy_overview import build_strategy_points
from insights.strategy.coverage import coverage_matrix
from insights.strategy.points.point_provisions import get_served_point, list_served_points
from insights.strategy.strategy_evidence import list_strategy_evidence


@staff_view(VIEW_REPORTS, method="GET")
def show_strategy_points(request):
    """All points by strand, each with how much of what the product offers for it is in use."""
    points = {point.slug: point for point in list_served_points()}
    shown = {slug: point.as_seen_by(request.user) for slug, point in points.items()}
    strands = [(strand, [shown[slug] for slug, _ in strand["points"]]) for strand in strategy_points.list_strands()]
    return render(request, "insights/strategy/points/list.html", {"section": "board", "strands": strands})


@staff_view(VIEW_REPORTS, method="GET")
def show_strategy_point(request, point):
    """One sub-point: each audience's themes with a quote, decisions and what came of them, provisions and gaps."""
    if point not in strategy_points.text_by_sub_point():
        raise Http404
    today = timezone.localdate()
    evidence = list_strategy_evidence(list_newest_releases())
    cells = coverage_matrix.build_coverage_cells(today, evidence)
    here = [cells[point, audience] for audience in coverage_matrix.AUDIENCES]
    overview = next(one for one in build_strategy_points(today, evidence) if one.slug == point)
    words = _quotes_by_theme(request.user, {one.release.pk: one.release for cell in here for one in cell.heard})
    cited = set().union(*(cell.decisions for cell in here))
    decisions = [one for one in overview.decisions if one.pk in cited]
    also = [one for one in overview.decisions if one.pk not in cited]
    strand = strategy_points.strand_by_sub_point()[point]
    context = {
        "section": "board",
        "point": overview,
        "served": get_served_point(point).as_seen_by(request.user),
        "strand": next(one for one in strategy_points.list_strands() if one["id"] == strand),
        "audiences": [
            (cell, coverage_matrix.AUDIENCES[cell.audience][0], _group_by_release(cell, words))
            for cell in here
            if cell.heard
        ],
        "unheard": [(cell, coverage_matrix.AUDIENCES[cell.audience][0]) for cell in here if cell.is_gap],
        "decisions": decisions,
        "also": also,
        "outcomes": _list_newest_outcomes(overview.decisions),
    }
    return render(request, "insights/strategy/points/point.html", context)


def _list_newest_outcomes(decisions):
    """The newest published update of each decision that has one: did it work?"""
    updates = OutcomeUpdate.objects.published().filter(decision__in=decisions).select_related("decision")
    return list({update.decision_id: update for update in updates.order_by("published_on", "pk")}.values())


def _group_by_release(place, words):
    rows = sorted(place.heard, key=lambda one: (-one.release.pk, -(one.people or 0)))
    return [
        (release, [(one, words.get((release.pk, one.theme))) for one in of])
        for release, of in groupby(rows, key=lambda one: one.release)
    ]


def _quotes_by_theme(user, releases):
    """{(release id, theme id): featured quote that the user may see}; records a partner's views."""
    for release in releases.values():
        record_partner_view(release=release, by=user)
    featured = Quote.objects.filter(release__in=releases, featured=True, erased=False).seen_by(user)
    return {(quote.release_id, quote.theme_id): quote for quote in featured.order_by("-pk")}

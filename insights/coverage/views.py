"""Pages of the coverage matrix, its gaps, its sheet, and each sub-point."""

from itertools import groupby

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultation.audit.sheets import deliver
from insights.coding.codebooks.strategy import strand_of, strands, sub_points
from insights.coverage import matrix
from insights.decisions.models import Decision
from insights.reports.actions import note_partner
from insights.reports.models import Quote
from insights.reports.partners import shared_with


def for_planners(view):
    guarded = permission_required("insights.view_reports", raise_exception=True)(view)
    return never_cache(login_required(require_safe(guarded)))


@for_planners
def coverage(request):
    found = matrix.places(timezone.localdate())
    gaps = sum(place.is_gap for place in found.values())
    context = {
        "section": "coverage",
        "columns": matrix.columns(),
        "strands": matrix.rows(found),
        "places": len(found),
        "gaps": gaps,
        "heard": len(found) - gaps,
        "points": len(sub_points()),
    }
    return render(request, "insights/coverage/coverage.html", context)


@for_planners
def gap_list(request):
    """Gaps by audience, to plan what the next consultation asks whom."""
    audience = request.GET.get("audience", "")
    found = matrix.gaps(matrix.places(timezone.localdate()))
    shown = [place for place in found if audience not in matrix.AUDIENCES or place.audience == audience]
    by_audience = [
        (label, [_told(place) for place in shown if place.audience == name])
        for name, (label, _) in matrix.AUDIENCES.items()
    ]
    context = {
        "section": "coverage",
        "audience": audience,
        "audiences": [(name, label) for name, (label, _) in matrix.AUDIENCES.items()],
        "groups": [(label, rows) for label, rows in by_audience if rows],
        "count": len(shown),
    }
    return render(request, "insights/coverage/gaps.html", context)


def _told(place):
    number, text = matrix.numbers()[place.point], sub_points()[place.point]
    return {"number": number, "text": text, "slug": place.point, "last": place.last}


@for_planners
@permission_required("insights.export", raise_exception=True)
def as_sheet(request):
    found, numbers, texts = matrix.places(timezone.localdate()), matrix.numbers(), sub_points()
    mark = shared_with(request.user)
    rows = [
        [numbers[place.point], texts[place.point], matrix.AUDIENCES[place.audience][0],
         "gap" if place.is_gap else place.value, len(place.decisions), place.last, mark]
        for place in found.values()
    ]  # fmt: skip
    return deliver(
        by=request.user,
        kind="coverage of the strategy",
        name="coverage",
        columns=("Point", "Strategy", "Audience", "People", "Decisions", "Last released", "Shared with"),
        rows=rows,
    )


@for_planners
def point(request, point):
    """One sub-point: each audience's themes with a quote, and the decisions."""
    if point not in sub_points():
        raise Http404
    found = matrix.places(timezone.localdate())
    here = [found[point, audience] for audience in matrix.AUDIENCES]
    words = _words(request.user, {one.release.pk: one.release for place in here for one in place.heard})
    cited = set().union(*(place.decisions for place in here))
    strand = next(one for one in strands() if one["id"] == strand_of()[point])
    context = {
        "section": "coverage",
        "number": matrix.numbers()[point],
        "text": sub_points()[point],
        "strand": strand,
        "audiences": [(place, matrix.AUDIENCES[place.audience][0], _by_release(place, words)) for place in here],
        "decisions": Decision.objects.filter(pk__in=cited),
        "also": Decision.objects.published().exclude(pk__in=cited).filter(pk__in=_linked(point)),
    }
    return render(request, "insights/coverage/point.html", context)


def _by_release(place, words):
    rows = sorted(place.heard, key=lambda one: (-one.release.pk, -one.value))
    return [
        (release, [(one, words.get((release.pk, one.theme))) for one in of])
        for release, of in groupby(rows, key=lambda one: one.release)
    ]


def _words(user, releases):
    """{(release id, theme id): featured quote that the user may see}; records a partner's views."""
    for release in releases.values():
        note_partner(release=release, by=user)
    featured = Quote.objects.filter(release__in=releases, featured=True, erased=False).seen_by(user)
    return {(quote.release_id, quote.theme_id): quote for quote in featured.order_by("-pk")}


def _linked(point):
    """Ids of published decisions linked to this sub-point. They are few: Python filters, not each database's JSON."""
    links = Decision.objects.published().values_list("pk", "links")
    return [pk for pk, told in links if any(link.get("sub_point") == point for link in told)]

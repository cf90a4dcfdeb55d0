"""The planners' pages of evaluations: all of them, and what changed in one."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultation.domain.strategy_points import number_by_sub_point
from insights.access import planner_view
from insights.evaluations.evaluation_sets import find_evaluation, list_evaluations
from insights.evaluations.measured_questions import list_groupings, list_measured_questions
from insights.evaluations.round_shares import LEAST_PEOPLE
from insights.releases.actions import record_partner_view

QUOTES_A_ROUND = 3


@planner_view
@require_safe
def show_evaluations(request):
    context = {"section": "evaluations", "evaluations": list_evaluations(), "least": LEAST_PEOPLE}
    return render(request, "insights/evaluations/evaluations.html", context)


@planner_view
@require_safe
def show_evaluation(request, slug):
    evaluation = find_evaluation(slug)
    if evaluation is None:
        raise Http404
    for release in evaluation.releases:
        record_partner_view(release=release, by=request.user)
    groupings = dict(list_groupings(evaluation))
    by = request.GET.get("by", "") if request.GET.get("by") in groupings else ""
    measured = list_measured_questions(evaluation, by) if evaluation.releases else []
    context = {
        "section": "evaluations",
        "evaluation": evaluation,
        "points": [(slug, number_by_sub_point()[slug]) for slug in sorted(evaluation.points)],
        "groupings": groupings,
        "by": by,
        "by_whom": groupings.get(by, "Everyone together"),
        "measured": measured,
        "pooled": any(one.pooled for one in measured),
        "words": _list_words(evaluation, request.user),
        "least": LEAST_PEOPLE,
    }
    return render(request, "insights/evaluations/evaluation.html", context)


def _list_words(evaluation, user):
    """[(round, quotes of its report)] where there are any. A round of fewer people has no report, and so no words."""
    found = []
    for one in evaluation.rounds:
        quotes = one.release.quotes.seen_by(user).filter(erased=False) if one.release else ()
        if shown := list(quotes[:QUOTES_A_ROUND]):
            found.append((one, shown))
    return found

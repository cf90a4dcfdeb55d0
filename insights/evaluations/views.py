"""The planners' pages of evaluations: all of them, what changed in one, and that as a sheet."""

from itertools import chain

from django.http import Http404
from django.shortcuts import render

from consultation.access import staff_view
from consultation.domain.strategy_points import number_by_sub_point
from consultation.file_output.spreadsheets import deliver_table
from insights.access import VIEW_REPORTS
from insights.disclosure.rules_wording import wording_of
from insights.evaluations.evaluation_sets import find_evaluation, list_evaluations
from insights.evaluations.measured_questions import list_groupings, list_measured_questions, log_round
from insights.evaluations.round_shares import LEAST_PEOPLE
from insights.releases.actions import record_partner_view
from insights.releases.disclosure_log import iterate_log_rows
from insights.releases.partner_sharing import sharing_mark

QUOTES_A_ROUND = 3
COLUMNS = (
    "Evaluation", "Question", "Who", "Round", "Release", "Codebook", "Percent", "From", "To", "People", "No number because",
    "Change in points", "Change from", "Change to", "Claim", "Rules", "Sharing",
)  # fmt: skip


@staff_view(VIEW_REPORTS, method="GET")
def show_evaluations(request):
    context = {"section": "evaluations", "evaluations": list_evaluations(), "least": LEAST_PEOPLE}
    return render(request, "insights/evaluations/evaluations.html", context)


@staff_view(VIEW_REPORTS, method="GET")
def show_evaluation(request, slug):
    evaluation = _open_evaluation(request, slug)
    groupings, by = _read_grouping(request, evaluation)
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


def _open_evaluation(request, slug):
    """Raises Http404; a partner's view of each of its reports is recorded before anything is shown."""
    evaluation = find_evaluation(slug)
    if evaluation is None:
        raise Http404
    for release in evaluation.releases:
        record_partner_view(release=release, by=request.user)
    return evaluation


def _read_grouping(request, evaluation):
    """({key: title} of all groupings, the key that is asked for or "")"""
    groupings = dict(list_groupings(evaluation))
    return groupings, request.GET.get("by", "") if request.GET.get("by") in groupings else ""


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_evaluation(request, slug):
    """A row for each number that the page shows, or could not show."""
    evaluation = _open_evaluation(request, slug)
    _, by = _read_grouping(request, evaluation)
    measured, mark = list_measured_questions(evaluation, by) if evaluation.releases else [], sharing_mark(request.user)
    return deliver_table(
        by=request.user,
        kind="evaluation",
        name=f"evaluation-{evaluation.slug}",
        columns=COLUMNS,
        rows=chain(
            _list_sheet_rows(evaluation, measured, mark),
            *(
                _list_log_rows(evaluation, release, log_round(release, measured, by), mark, noted=bool(measured))
                for release in evaluation.releases
            ),
        ),
    )


def _list_sheet_rows(evaluation, measured, mark):
    for one in measured:
        for label, cells in one.lines:
            for each, cell in zip(evaluation.rounds, cells, strict=True):
                named = (evaluation.title, f"{one.title} {one.says}", label, each.name)
                rules = wording_of(each.release.rules).footnote if each.release else ""
                yield [*named, *_describe_release(each.release), *_list_numbers(cell), rules, mark]


def _list_log_rows(evaluation, release, log, mark, *, noted):
    number, codebook = _describe_release(release)
    always = {"Evaluation": evaluation.title, "Release": number, "Codebook": codebook, "Sharing": mark}
    yield from iterate_log_rows(log, COLUMNS, ("Round", "Question", "Who", "No number because"), always, noted=noted)


def _describe_release(release):
    return (release.number, str(release.codebook_version)) if release else ("", "")


def _list_numbers(cell):
    share, change = cell.share, cell.change
    numbers = (share.percent, share.low, share.high, share.people, "") if share else ("", "", "", "", cell.why_not)
    return *numbers, *((change.points, change.low, change.high, change.claim) if change else ("", "", "", ""))


def _list_words(evaluation, user):
    """[(round, quotes of its report)] where there are any: below the least number of people, these alone."""
    found = []
    for one in evaluation.rounds:
        quotes = one.release.quotes.seen_by(user).filter(erased=False) if one.release else ()
        if shown := list(quotes[:QUOTES_A_ROUND]):
            found.append((one, shown))
    return found

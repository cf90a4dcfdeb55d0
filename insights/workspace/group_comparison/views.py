"""The pages "Who differs", themes or answers by groups and the differences that stand, and "Said together"."""

from django.shortcuts import render

from consultation.access import staff_view
from consultation.domain.strategy_points import list_strands, text_by_sub_point
from insights.access import VIEW_REPORTS
from insights.disclosure.rules_wording import wording_of
from insights.releases.actions import record_partner_view
from insights.releases.crossed_questions import why_not_split
from insights.releases.group_differences import list_clear_differences
from insights.releases.models import Release
from insights.releases.theme_evidence import list_newest_releases
from insights.workspace.group_comparison.crossed_tables import (
    THEMES,
    find_table,
    list_choices,
    list_earlier_tables,
)
from insights.workspace.group_comparison.theme_pairs import list_releases_with_pairs, list_theme_pairs
from insights.workspace.question_waves import list_groups_over_waves
from insights.workspace.theme_overview import link_themes_by_answer, list_theme_rows

MOST_TOLD = 12


@staff_view(VIEW_REPORTS, method="GET")
def show_comparison(request):
    releases = list_newest_releases()
    release = _find_release(request.GET.get("release", ""), releases)
    refused = why_not_split(request.GET.getlist("by"))
    context = {"section": "compare", "releases": releases, "release": release, "refused": refused}
    if release is not None:
        record_partner_view(release=release, by=request.user)
        context |= _build_comparison(release, request.GET)
    status = 422 if refused else 200
    return render(request, "insights/workspace/group_comparison/who_differs.html", context, status=status)


def _find_release(pk, releases):
    """The published release that is asked for, else the newest one."""
    asked = (
        Release.objects.published().select_related("consultation").filter(pk=pk).first() if pk.isdecimal() else None
    )
    return asked or next(iter(releases), None)


def _build_comparison(release, asked):
    choices = list_choices(release)
    what, by = choices.pick(asked.get("what", ""), asked.get("by", ""))
    figure = find_table(release, what, by) if by else None
    shown = {"choices": choices, "what": what, "by": by, "rules": wording_of(release.rules), "figure": figure}
    shown |= {"earlier": list_earlier_tables(release)}
    if figure is None or figure.table.get("refused"):
        return shown
    looks, clear = list_clear_differences(figure.table)
    linked = {"table": figure.table, "rest": False}
    if what == THEMES:
        linked = link_themes_by_answer(figure, list_theme_rows(release))
    return shown | {
        "sample": what == THEMES and any("coded" in row for row in figure.table["rows"]),
        "table": linked["table"],
        "rest": linked["rest"],
        "looks": looks,
        "clear": clear[:MOST_TOLD],
        "more": max(0, len(clear) - MOST_TOLD),
        "waves": list_groups_over_waves(release, figure) if by in dict(choices.groups) else [],
    }


@staff_view(VIEW_REPORTS, method="GET")
def show_said_together(request):
    """Themes that the same people spoke of, more than by chance, in the newest release of each consultation."""
    point, texts = request.GET.get("point", ""), text_by_sub_point()
    releases = list_releases_with_pairs()
    for release in releases:
        record_partner_view(release=release, by=request.user)
    found = list_theme_pairs(releases, point if point in texts else "")
    context = {
        "section": "compare",
        "point": point,
        "text": texts.get(point, ""),
        "strands": list_strands(),
        "found": found,
        "rules": wording_of(*(one.release.rules for one in found)),
    }
    return render(request, "insights/workspace/group_comparison/said_together.html", context)

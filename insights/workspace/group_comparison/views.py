"""The pages "Who differs", themes or answers by groups and the differences that stand, and "Said together"."""

from dataclasses import dataclass

from django.db.models import Count
from django.shortcuts import render
from django.utils import timezone

from consultation import handover
from consultation.access import staff_view
from consultation.domain.strategy_points import list_strands, text_by_sub_point
from insights.access import VIEW_REPORTS
from insights.disclosure.rules_wording import wording_of
from insights.releases.actions import record_partner_view
from insights.releases.crossed_questions import IN_LARGER_GROUPS, MERGED, question_by_key, why_not_split
from insights.releases.group_differences import list_clear_differences
from insights.releases.models import Figure, Release
from insights.releases.theme_evidence import list_newest_releases
from insights.strategy.strategy_evidence import twelve_months_before
from insights.workspace.group_comparison.question_by_audience import (
    AUDIENCE,
    QuestionByAudience,
    list_questions_by_audience,
)
from insights.workspace.group_comparison.theme_pairs import list_releases_with_pairs, list_theme_pairs
from insights.workspace.question_waves import list_groups_over_waves
from insights.workspace.release_figures import quoted_title
from insights.workspace.theme_overview import link_themes_by_answer, list_theme_rows

MOST_TOLD = 12
THEMES = "themes"
BY_GROUP = ("themes-by", "question-by")
TABLES_OF_TWO = {"question-by": "Groups", "themes-with": "Themes by other themes and by answers"}


@staff_view(VIEW_REPORTS, method="GET")
def show_comparison(request):
    releases = list_newest_releases()
    release = _find_release(request.GET.get("release", ""), releases)
    refused = why_not_split(request.GET.getlist("by"))
    context = {"section": "compare", "releases": releases, "release": release, "refused": refused}
    if release is not None:
        context |= _build_comparison(release, request.GET)
        for seen in context["question"].releases if "question" in context else [release]:
            record_partner_view(release=seen, by=request.user)
    status = 422 if refused else 200
    return render(request, "insights/workspace/group_comparison/who_differs.html", context, status=status)


def _find_release(pk, releases):
    """The published release that is asked for, else the one with most tables, of this year's if they have any: the newest
    may have none."""
    asked = (
        Release.objects.published().select_related("consultation").filter(pk=pk).first() if pk.isdecimal() else None
    )
    if asked or not releases:
        return asked
    rows = Figure.objects.filter(release__in=releases, kind__in=BY_GROUP).order_by().values_list("release")
    tables, begins = dict(rows.annotate(Count("pk"))), twelve_months_before(timezone.localdate())

    def weigh(one):
        shown = tables.get(one.pk, 0) if one.people is not None else 0  # of few people each table is refused
        return bool(shown), one.published_on >= begins, shown

    return max(releases, key=weigh)


def _build_comparison(release, asked):
    choices = list_choices(release)
    what, by = choices.pick(asked.get("what", ""), asked.get("by", ""))
    if by == AUDIENCE:
        return _build_by_audience(release, choices, what)
    figure = find_table(release, what, by) if by else None
    shown = {"choices": choices, "what": what, "by": by, "rules": wording_of(release.rules), "figure": figure}
    shown |= {"earlier": list_earlier_tables(release)}
    if figure is None or figure.table.get("refused"):
        return shown
    shown["table"] = figure.table
    looks, clear = list_clear_differences(figure.table)
    if what == THEMES:
        shown |= _build_theme_table(figure, list_theme_rows(release), asked.get("family", ""))
        clear = [one for one in clear if one.row["id"] in shown["listed"]]
    return shown | {
        "sample": what == THEMES and any("coded" in row for row in figure.table["rows"]),
        "looks": looks,
        "clear": clear[:MOST_TOLD],
        "more": max(0, len(clear) - MOST_TOLD),
        "waves": list_groups_over_waves(release, figure) if by in dict(choices.groups) else [],
    }


def _build_by_audience(release, choices, what):
    question = choices.audiences[what]
    looks, clear = question.list_differences()
    names = dict(handover.AUDIENCES)
    return {
        "choices": choices,
        "what": what,
        "by": AUDIENCE,
        "rules": wording_of(*(one.rules for one in question.releases)),
        "question": question,
        "looks": looks,
        "clear": [(one, names[one.audience]) for one in clear[:MOST_TOLD]],
        "more": max(0, len(clear) - MOST_TOLD),
    }


def _build_theme_table(figure, rows, asked):
    """The themes of the family that is asked for, or all. Differences are corrected for every look of the whole table, so
    that nobody finds one by choosing."""
    families = sorted({row["entry"].family for row in rows} - {""})
    family = asked if asked in families else ""
    listed = {row["id"] for row in rows if family in ("", row["entry"].family)}
    table = link_themes_by_answer(figure, [row for row in rows if row["id"] in listed])["table"]
    return {"families": families, "family": family, "listed": listed, "table": table}


@staff_view(VIEW_REPORTS, method="GET")
def show_said_together(request):
    """Themes that the same people spoke of, beside what chance would give, in the newest release of each consultation."""
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


@dataclass(frozen=True)
class TableChoices:
    """What a release's tables are of, and by what: [(name, title)] each. `groups` are questions about the person, and
    channels; `themes`, where there are any, may also be split by `answers` to other questions and by each other, and
    questions by the `audiences` that were asked them too."""

    themes: bool
    questions: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    answers: list[tuple[str, str]]
    audiences: dict[str, QuestionByAudience]

    def pick(self, what: str, by: str) -> tuple[str, str]:
        """The nearest choice that has a table."""
        if what not in dict(self.questions):
            what = THEMES if self.themes else next(iter(dict(self.questions)), THEMES)
        allowed = dict(self.groups) | (dict(self.answers) | {THEMES: ""} if what == THEMES else {})
        allowed |= {AUDIENCE: ""} if what in self.audiences else {}
        first = next(iter(allowed), "")
        return what, by if by in allowed else first


def list_choices(release: Release) -> TableChoices:
    rows = list(release.figures.values_list("kind", "key", "title"))
    crossed = [key.partition("|") for kind, key, _ in rows if kind == "question-by"]
    by = {facet for facet, _, _ in crossed} | {key for kind, key, _ in rows if kind == "themes-by"}
    audiences = list_questions_by_audience(release)
    asked = {question for _, _, question in crossed} | audiences.keys()
    return TableChoices(
        themes=any(kind in ("themes-by", "themes-with") for kind, _, _ in rows),
        questions=[(key, title) for kind, key, title in rows if kind == "question" and key in asked],
        groups=[
            group
            for kind, key, title in rows
            if kind in ("about", "channel")
            for group in _list_groups(key, title, by)
        ],
        answers=[(key, quoted_title(title)) for kind, key, title in rows if kind == "themes-by-answer"],
        audiences=audiences,
    )


def _list_groups(key: str, title: str, by: set[str]) -> list[tuple[str, str]]:
    """The tables by a question about the person: by its declared larger groups, which show more, and by its answers."""
    both = [(f"{key}{MERGED}", f"{title}{IN_LARGER_GROUPS}"), (key, title)]
    return [group for group in both if group[0] in by]


def list_earlier_tables(release: Release) -> list[tuple[str, Release]]:
    """(what a release no longer has tables of, the newest published one before it that has them): see
    `policies.may_draw_tables`."""
    has = set(release.figures.values_list("kind", flat=True))
    before = Release.objects.published().filter(consultation=release.consultation_id, number__lt=release.number)
    found = []
    for kind, named in TABLES_OF_TWO.items():
        last = None if kind in has else before.filter(figures__kind=kind).order_by("-number").first()
        if last is not None:
            found.append((named, last))
    return found


def find_table(release: Release, what: str, by: str) -> Figure | None:
    """The figure of a choice that `TableChoices.pick` gave."""
    if what != THEMES:
        return release.figures.filter(kind="question-by", key=question_by_key(by, what)).first()
    if by == THEMES:
        return release.figures.filter(kind="themes-with").first()
    return release.figures.filter(kind__in=("themes-by", "themes-by-answer"), key=by).first()

"""The planners' pages on consultations, reports, themes and quotes: look-ups of frozen releases and decisions."""

from collections.abc import Iterable
from functools import partial
from itertools import accumulate
from typing import Any

from django.core.cache import caches
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from consultation import handover
from consultation.domain.place_types import name_place_types
from consultation.domain.process_cache import register_cache
from consultation.domain.strategy_points import number_by_sub_point
from consultation.surveys.closing_day import find_closing_day
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from insights.access import planner_view, require_consultation
from insights.coding.codebooks import theme_history
from insights.coding.models import Theme, ThemeEntry
from insights.decisions import trace
from insights.decisions.evidence_answers import answers_by_theme
from insights.disclosure.rules_wording import wording_of
from insights.publications.member_checks import member_check_replies
from insights.publications.models import Results
from insights.releases.actions import record_partner_view
from insights.releases.minority_views.actions import list_minority_views
from insights.releases.models import Quote, Release
from insights.releases.question_charts import list_question_charts
from insights.releases.quote_selection import drop_near_repeats, list_report_quotes
from insights.releases.service_pairs import list_pair_matrices
from insights.releases.stored_figures import is_reported
from insights.releases.theme_evidence import list_newest_releases, list_theme_evidence
from insights.representation import representation_overview
from insights.representation.models import ReachPicture
from insights.representation.policies import may_see_representation
from insights.summaries.shown_lines import show_summary
from insights.workspace import theme_changes, theme_overview, themes_across_consultations
from insights.workspace.planners_home import build_home_context
from insights.workspace.question_waves import list_over_periods, list_over_waves
from insights.workspace.release_figures import ReleaseFigures
from insights.workspace.saved.models import Note
from insights.workspace.unshown_theme import describe_unshown_theme

QUOTES_A_PAGE = 20
# The charts of a report are drawn once by each process: a release never changes, and they are half of the page's time.
register_cache(caches["frozen_reports"].clear)

FEW = 4
FIRST_CHARTS = 9  # of questions; a longer report folds the rest, so that it is still read in ten minutes


@planner_view
def show_home(request):
    context = build_home_context(timezone.localdate(), request.user)
    return render(request, "insights/workspace/home.html", {"section": "home", **context})


@planner_view
def show_consultations(request):
    newest = {release.consultation_id: release for release in list_newest_releases()}
    pages = handover.list_consultations()
    states = handover.find_states(pages)
    rows = [(page, states[page.pk], newest.get(page.pk)) for page in pages]
    return render(request, "insights/workspace/consultations.html", {"section": "consultations", "rows": rows})


def _list_published_releases(page):
    return Release.objects.published().filter(consultation=page).order_by("-number")


@planner_view
def show_consultation(request, slug):
    page = require_consultation(slug)
    releases = list(_list_published_releases(page).select_related("codebook_version"))
    newest, sort = next(iter(releases), None), request.GET.get("sort", "people")
    if newest:
        newest.consultation = page  # which the database need not find again
        record_partner_view(release=newest, by=request.user)
    context = {
        "section": "consultations",
        "consultation": page,
        "state": handover.find_states([page])[page.pk],
        "releases": releases,
        "newest": newest,
        "sort": sort,
        "representation": summarise_representation(page) if may_see_representation(request.user) else None,
        "questions": Questionnaire(handover.find_newest_version(page).content).questions,
        "decisions": trace.decisions_of_consultation(page).seen_by(request.user),
        **(_build_newest_context(newest, sort, request.user) if newest else {}),
    }
    return render(request, "insights/workspace/consultation.html", context)


def _build_newest_context(release, sort, reader):
    quotes = pick_theme_quotes(list_report_quotes(release, reader))
    return _build_release_context(release, sort, *_load_evidence(release), quotes)


def _load_evidence(release):
    """(the release’s themes with minority views, the decisions that answer themes of its consultation)."""
    tables = {release.pk: ReleaseFigures(release).table_of_themes}
    return list_theme_evidence([release], views=True, tables=tables), answers_by_theme({release.consultation_id})


def _build_release_context(release, sort, themes, decided, quotes):
    """Context shared by the consultation and report pages: respondents and themes. `quotes`: one for each theme."""
    figures = ReleaseFigures(release)
    rows = theme_changes.add_changes(release, theme_overview.list_theme_rows(release, sort, themes, decided))
    rows = [row | {"quote": quotes.get(row["entry"].theme_id)} for row in rows]
    shown, hidden, waiting = theme_overview.split_hidden_themes(rows, sort)
    return {
        "rules": wording_of(release.rules),
        "figures": figures,
        "result": Results.objects.published().filter(consultation=release.consultation).exists(),
        "about": [*figures.of("about"), *figures.of("channel")],
        "days": figures.days(),
        "closed": find_closing_day(release.consultation),
        "rows": rows,
        "themes": shown,
        "hidden_themes": hidden,
        "waiting_themes": waiting,
        "theme_figure": figures.one("themes"),
        "unlike": theme_changes.explain_no_change(rows),
        "codes": release.coding,
        "minority_views": list_minority_views(release),
    }


@planner_view
def show_question(request, slug, question):
    """Show a question in every version and language, its figures and the decisions that cite answers to it."""
    page = handover.find_consultation(slug)
    asked = [
        {"version": version, "item": item}
        for version in (handover.list_versions(page) if page else [])
        if (item := Questionnaire(version.content).by_id(question))
    ]
    if not asked:
        raise Http404
    newest = _list_published_releases(page).first()
    if newest:
        record_partner_view(release=newest, by=request.user)
    # The figures of a question: one, or one for each row of a grid; and the themes by its answers.
    of_question = Q(key=question) | Q(key__startswith=f"{question}:"), Q(kind__in=("question", "about"))
    figures = list(newest.figures.filter(*of_question)) if newest else []
    split = newest and newest.figures.filter(kind="themes-by", key=question).first()
    context = {
        "section": "consultations",
        "consultation": page,
        "asked": asked,
        "text": localised_text(asked[-1]["item"]["text"], "en"),
        "place_types": name_place_types(asked[-1]["item"].get("place_types", ())),
        "question_id": question,
        "newest": newest,
        "rules": newest and wording_of(newest.rules),
        "figures": figures,
        "waves": list_over_waves(newest, figures) if newest else [],
        "periods": list_over_periods(newest, figures) if newest else [],
        "split": split and theme_overview.link_themes_by_answer(split, theme_overview.list_theme_rows(newest)),
        "decisions": trace.decisions_of_question(page, question).seen_by(request.user),
    }
    return render(request, "insights/workspace/question.html", context)


def _get_release(request, pk):
    """A published release; people who may publish releases also get drafts."""
    seen = Release.objects if request.user.has_perm("insights.publish_release") else Release.objects.published()
    with_others = seen.select_related("consultation", "codebook_version__codebook", "agreed")
    return get_object_or_404(with_others.defer("consultation__body"), pk=pk)


@planner_view
def show_report(request, pk):
    release, sort = _get_release(request, pk), request.GET.get("sort", "people")
    record_partner_view(release=release, by=request.user)
    evidence, quotes = _load_evidence(release), list_report_quotes(release, request.user)
    short = show_summary(release, quotes, *evidence)
    picked = pick_theme_quotes(quotes, (line.quote for line in short.lines))
    shown = _build_release_context(release, sort, *evidence, picked)
    context = {
        "section": "consultations",
        "release": release,
        "sort": sort,
        "questions": partial(_fold_questions, release, shown["figures"].every),
        "crosses": [
            theme_overview.link_themes_by_answer(figure, shown["rows"]) for figure in shown["figures"].of("themes-by")
        ],
        "matrices": list_pair_matrices(shown["figures"].every),
        "decisions": trace.decisions_of_release(release).seen_by(request.user),
        "short": short,
        "notes": list(Note.objects.seen_by(request.user).filter(release=release, theme=None)),
        **shown,
    }
    return render(request, "insights/workspace/report.html", context)


def _fold_questions(release, figures):
    """{first, rest}: questions whose charts stand open, and those that a long report folds."""
    questions = list_question_charts(release, figures)
    charts = list(accumulate(1 if one["grid"] else len(one["charts"]) for one in questions))
    is_long = bool(charts) and charts[-1] > FIRST_CHARTS + 2
    first = max(1, sum(number <= FIRST_CHARTS for number in charts)) if is_long else len(charts)
    return {"first": questions[:first], "rest": questions[first:]}


@planner_view
def show_theme(request, pk, slug):
    release = _get_release(request, pk)
    entry = (
        ThemeEntry.objects.select_related("theme").filter(version=release.codebook_version, theme__slug=slug).first()
    )
    if entry is None:
        return _show_successors(request, release, slug)
    record_partner_view(release=release, by=request.user)
    figures, id_ = ReleaseFigures(release), entry.theme_id
    facets = figures.facets()
    by = next((facet for facet in facets if facet["key"] == request.GET.get("by")), next(iter(facets), None))
    quotes = _list_quote_rows(release, entry.theme, request.user)
    figure, rules, views = figures.theme(id_), wording_of(release.rules), list_minority_views(release, entry.theme)
    is_shown = figure is not None and figure["value"] is not None
    context = {
        "section": "themes",
        "release": release,
        "entry": entry,
        "rules": rules,
        "figure": figure,
        "theme_table": figures.table_of_themes,
        "sample": figures.table_of_themes.get("sample"),
        "unshown": None if is_shown else describe_unshown_theme(figure, rules, in_words=bool(views)),
        "has_words": figure is not None and is_reported(figure),
        "facets": facets,
        "by": by if is_shown else None,
        "split": by and figures.split(by["key"], id_),
        "stance": figures.stance(id_) if is_shown else None,
        "sounds": figures.sentiment_bars(id_) if is_shown else [],
        "time": theme_changes.build_theme_trend(release, id_, entry.label),
        "page": _load_page_of_quotes(quotes, request.GET.get("page")),
        "questions": theme_overview.list_quoted_questions(quotes),
        "decisions": trace.decisions_of_theme(entry.theme).seen_by(request.user),
        "minority_views": views,
        "since": theme_history.describe_later_succession(entry, release.codebook_version),
        "checks": member_check_replies.member_checks_of_theme(release, entry.theme),
        "place_types": name_place_types(entry.place_types),
        "points": [(link["sub_point"], number_by_sub_point().get(link["sub_point"], "")) for link in entry.links],
        "notes": list(Note.objects.seen_by(request.user).filter(release=release, theme=entry.theme)),
    }
    return render(request, "insights/workspace/theme.html", context)


def _list_quote_rows(release, theme, reader):
    """What orders and folds a theme's quotes, without their words: there may be thousands."""
    seen = Quote.objects.filter(release=release, theme=theme).seen_by(reader)
    fields = ("pk", "release_id", "theme_id", "place", "fold", "version_id", "question")
    return list(seen.values_list(*fields, named=True))


def _load_page_of_quotes(rows, number):
    page = Paginator([row.pk for row in drop_near_repeats(rows)], QUOTES_A_PAGE).get_page(number)
    quotes = Quote.objects.in_bulk(page.object_list)
    page.object_list = [quotes[pk] for pk in page.object_list if pk in quotes]
    return page


def _show_successors(request, release, slug):
    """A theme that this release's codebook no longer has: redirect to its successor, or show what became of it."""
    theme = get_object_or_404(Theme, codebook=release.codebook_version.codebook_id, slug=slug)
    found = theme_history.find_succession(theme, release.codebook_version)
    if found is None:
        raise Http404
    fate, heirs = found
    if fate.outcome == "merge" and heirs:
        return redirect("insights:theme", release.pk, heirs[0].theme.slug)
    context = {
        "section": "consultations",
        "release": release,
        "last": theme_history.last_entry_of(theme),
        "fate": fate,
    }
    return render(request, "insights/workspace/theme_went.html", {**context, "heirs": heirs})


def _build_all_themes_context(request):
    releases = list_newest_releases()
    rules = wording_of(*(release.rules for release in releases))
    return {"rows": theme_overview.list_themes_across(releases, request.GET.get("sort", "grave")), "rules": rules}


THEME_CONTEXTS = {
    "theme": _build_all_themes_context,
    "strategy": lambda _: {"strategy": themes_across_consultations.list_themes_by_strategy()},
    "place": lambda _: {"by_place": themes_across_consultations.list_themes_by_place()},
    "audience": lambda _: {"table": themes_across_consultations.list_themes_by_audience()},
    "quarter": lambda _: {"table": themes_across_consultations.list_themes_by_quarter(timezone.localdate())},
}


@planner_view
def show_themes(request):
    """Themes of all consultations: by theme, strategy, type of place, audience or quarter."""
    by = request.GET.get("by", "theme") if request.GET.get("by") in THEME_CONTEXTS else "theme"
    context = {"section": "themes", "by": by, "sort": request.GET.get("sort", "grave"), **THEME_CONTEXTS[by](request)}
    return render(request, "insights/workspace/themes.html", context)


@planner_view
def show_quote(request, pk):
    """Show a quote with its theme, its question as asked and the decisions that cite it."""
    found = get_object_or_404(
        Quote.objects.seen_by(request.user).select_related("release__consultation", "theme", "version__page"),
        pk=pk,
        release__in=Release.objects.published(),
    )
    record_partner_view(release=found.release, by=request.user)
    context = {
        "section": "consultations",
        "quote": found,
        "entry": ThemeEntry.objects.filter(version=found.release.codebook_version_id, theme=found.theme).first(),
        "asked": trace.find_asked_question(found.version, found.question),
        "decisions": trace.decisions_of_quote(found).seen_by(request.user),
        "approvals": found.public_approved_by.count(),
        "approved_by_me": found.public_approved_by.filter(pk=request.user.pk).exists(),
        "near": trace.decisions_of_theme(found.theme)
        .exclude(pk__in=trace.decisions_of_quote(found))
        .seen_by(request.user),
    }
    return render(request, "insights/workspace/quote.html", context)


def summarise_representation(page: Any) -> dict[str, Any] | None:
    """{missing: the first unheard groups, more: how many others, compared: whether a benchmark is known}."""
    picture = ReachPicture.objects.filter(consultation=page).first()
    if picture is None:
        return None
    sections = representation_overview.sections_of(page, picture)
    missing = [each for section in sections for each in section.missing]
    compared = any(section.compared for section in sections)
    return {"missing": missing[:FEW], "more": max(0, len(missing) - FEW), "compared": compared}


def pick_theme_quotes(quotes: Iterable[Quote], shown_already: Iterable[Quote | None] = ()) -> dict[int, Quote]:
    """{theme id: quote}; nobody is quoted under two themes. What the page shows already stands again only where a theme
    has no other. `quotes`: from `list_report_quotes`."""
    shown = {quote.pk for quote in shown_already if quote}
    found: dict[int, Quote] = {}
    told: set[Any] = set()
    for quote in sorted(quotes, key=lambda one: (one.pk in shown, not one.featured, one.place, one.pk)):
        speaker = quote.source_text.respondent if quote.source_text else quote.text
        if quote.theme_id not in found and speaker not in told:
            told.add(speaker)
            found[quote.theme_id] = quote
    return found

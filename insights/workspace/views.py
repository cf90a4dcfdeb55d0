"""The planners' pages. They read releases and decisions, which are frozen: every page is a look-up."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from consultation import handover
from insights.checks import replies
from insights.coding.codebooks import past
from insights.coding.models import Theme, ThemeEntry
from insights.decisions import trace
from insights.decisions.models import Decision
from insights.reports.actions import note_partner
from insights.reports.models import Quote, Release
from insights.workspace import board

QUOTES_A_PAGE = 20


def for_planners(view):
    """No browser keeps a page: words that are taken back must not come back with a press of Back."""
    return never_cache(login_required(permission_required("insights.view_reports", raise_exception=True)(view)))


@for_planners
def home(request):
    releases = board.newest_releases()
    context = {
        "section": "home",
        "new": releases[:4],
        "waiting": board.themes_without_a_decision(releases),
        "late": Decision.objects.published().late(timezone.localdate()),
        "drafts": Decision.objects.filter(status="draft"),
    }
    return render(request, "insights/workspace/home.html", context)


@for_planners
def consultations(request):
    rows = [(page, _published(page).first()) for page in handover.consultations()]
    return render(request, "insights/workspace/consultations.html", {"section": "consultations", "rows": rows})


def _published(page):
    return Release.objects.published().filter(consultation=page).order_by("-number")


@for_planners
def consultation(request, slug):
    page = handover.consultations().filter(slug=slug).first()
    if page is None:
        raise Http404
    newest, sort = _published(page).first(), request.GET.get("sort", "people")
    shown, hidden = board.shown_and_hidden(board.theme_rows(newest, sort), sort) if newest else ([], [])
    if newest:
        note_partner(release=newest, by=request.user)
    context = {
        "section": "consultations",
        "consultation": page,
        "releases": _published(page),
        "newest": newest,
        "themes": shown,
        "hidden_themes": hidden,
        "theme_figure": newest and newest.figures.filter(kind="themes", key="all").first(),
        "sort": sort,
        "voices": board.voices(newest) if newest else [],
        "questions": handover.Questionnaire(handover.versions(page).last().content).questions,
        "decisions": trace.decisions_of_consultation(page),
    }
    return render(request, "insights/workspace/consultation.html", context)


@for_planners
def question(request, slug, question):
    """The question as it was asked: every version, every language; and the decisions that rest on answers to it."""
    page = handover.consultations().filter(slug=slug).first()
    asked = [
        {"version": version, "item": item}
        for version in (handover.versions(page) if page else [])
        if (item := handover.Questionnaire(version.content).by_id(question))
    ]
    if not asked:
        raise Http404
    context = {
        "section": "consultations",
        "consultation": page,
        "asked": asked,
        "text": handover.said(asked[-1]["item"]["text"], "en"),
        "decisions": trace.decisions_of_question(page, question),
    }
    return render(request, "insights/workspace/question.html", context)


def _release(request, pk):
    """A published release; its makers may look at a draft before a second person publishes it."""
    release = get_object_or_404(Release.objects.select_related("consultation", "codebook_version"), pk=pk)
    if release.status != "published" and not request.user.has_perm("insights.publish_release"):
        raise Http404
    return release


@for_planners
def report(request, pk):
    release = _release(request, pk)
    note_partner(release=release, by=request.user)
    figures = list(release.figures.all())
    sort = request.GET.get("sort", "people")
    shown, hidden = board.shown_and_hidden(board.theme_rows(release, sort), sort)
    context = {
        "section": "consultations",
        "release": release,
        "about": [figure for figure in figures if figure.kind == "about"],
        "questions": [figure for figure in figures if figure.kind == "question"],
        "themes": shown,
        "hidden_themes": hidden,
        "theme_figure": next((figure for figure in figures if figure.kind == "themes"), None),
        "crosses": [figure for figure in figures if figure.kind == "themes-by"],
        "quotes": board.featured_quotes(release, request.user),
        "decisions": trace.decisions_of_release(release),
        "sort": sort,
        "codes": board.coding_facts(release),
        "voices": board.voices(release),
    }
    return render(request, "insights/workspace/report.html", context)


@for_planners
def theme(request, pk, slug):
    release = _release(request, pk)
    entry = ThemeEntry.objects.filter(version=release.codebook_version, theme__slug=slug).first()
    if entry is None:
        return _where_it_went(request, release, slug)
    note_partner(release=release, by=request.user)
    quotes = Quote.objects.filter(release=release, theme=entry.theme).seen_by(request.user).order_by("pk")
    context = {
        "section": "consultations",
        "release": release,
        "entry": entry,
        "figure": board.theme_figure(release, entry.theme_id),
        "splits": board.theme_splits(release, entry.theme_id),
        "page": Paginator(quotes, QUOTES_A_PAGE).get_page(request.GET.get("page")),
        "questions": board.questions_of(quotes),
        "decisions": trace.decisions_of_theme(entry.theme),
        "voices": board.voices(release, entry.theme),
        "since": past.since(entry, release.codebook_version),
        "checks": replies.of_theme(release, entry.theme),
    }
    return render(request, "insights/workspace/theme.html", context)


def _where_it_went(request, release, slug):
    """A link to a theme that this release's codebook knows no more: to the one that it became, or what became of it."""
    theme = get_object_or_404(Theme, codebook=release.codebook_version.codebook_id, slug=slug)
    found = past.went(theme, release.codebook_version)
    if found is None:
        raise Http404
    fate, heirs = found
    if fate.outcome == "merge" and heirs:
        return redirect("insights:theme", release.pk, heirs[0].theme.slug)
    context = {"section": "consultations", "release": release, "last": past.entry_of(theme), "fate": fate}
    return render(request, "insights/workspace/theme_went.html", {**context, "heirs": heirs})


@for_planners
def themes(request):
    sort = request.GET.get("sort", "grave")
    context = {"section": "themes", "rows": board.themes_everywhere(sort), "sort": sort}
    return render(request, "insights/workspace/themes.html", context)


@for_planners
def quote(request, pk):
    """What came of these words: the theme, the question they answer, and every decision that cites them."""
    found = get_object_or_404(
        Quote.objects.seen_by(request.user).select_related("release__consultation", "theme", "version__page"),
        pk=pk,
        release__status="published",
    )
    note_partner(release=found.release, by=request.user)
    context = {
        "section": "consultations",
        "quote": found,
        "entry": ThemeEntry.objects.filter(version=found.release.codebook_version_id, theme=found.theme).first(),
        "asked": trace.asked(found.version, found.question),
        "decisions": trace.decisions_of_quote(found),
        "approvals": found.public_approved_by.count(),
        "approved_by_me": found.public_approved_by.filter(pk=request.user.pk).exists(),
        "near": trace.decisions_of_theme(found.theme).exclude(pk__in=trace.decisions_of_quote(found)),
    }
    return render(request, "insights/workspace/quote.html", context)

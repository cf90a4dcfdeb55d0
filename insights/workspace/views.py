"""The planners' pages on consultations, reports, themes and quotes: look-ups of frozen releases and decisions."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from consultation import handover
from insights.checks import replies
from insights.coding.codebooks import past
from insights.coding.models import Theme, ThemeEntry
from insights.coverage import matrix
from insights.coverage.evidence import evidence
from insights.coverage.matrix import numbers
from insights.decisions import trace
from insights.decisions.models import Decision
from insights.reach.policies import may_see as may_see_reach
from insights.reports.actions import note_partner
from insights.reports.disclosure.wording import wording_of
from insights.reports.models import Quote, Release
from insights.shelf.models import Note
from insights.workspace import across, board, changes, reach
from insights.workspace.figures import Figures

QUOTES_A_PAGE = 20


def for_planners(view):
    """Admit report readers; `never_cache` keeps withdrawn words from coming back with the Back button."""
    return never_cache(login_required(permission_required("insights.view_reports", raise_exception=True)(view)))


@for_planners
def home(request):
    today = timezone.localdate()
    releases = board.newest_releases()
    shown = evidence(releases)
    rows = board.rows_of(releases, shown)
    new = releases[:4]
    changed = changes.with_changes_of(new, {release.pk: rows[release.pk] for release in new})
    waits = board.waiting((release, rows[release.pk]) for release in releases)
    places = matrix.places(today, shown=shown)
    context = {
        "section": "home",
        "new": [(release, _news(changed[release.pk])) for release in new],
        "people": sum(r.people or 0 for r in releases if r.published_on and r.published_on.year == today.year),
        "waiting": waits[:8],
        "waits": len(waits),
        "places": len(places),
        "gaps": sum(place.is_gap for place in places.values()),
        "late": Decision.objects.published().late(today),
        "drafts": Decision.objects.filter(status="draft").seen_by(request.user),
    }
    return render(request, "insights/workspace/home.html", context)


def _news(rows):
    """{most: theme with most people, moved: themes with a clear change}."""
    most = max(rows, key=lambda row: row["value"] or 0, default=None)
    moved = [row for row in rows if row.get("change") and row["change"].clear]
    return {"most": most if most and most["value"] else None, "moved": moved[:3]}


@for_planners
def consultations(request):
    newest = {release.consultation_id: release for release in Release.objects.published().order_by("number")}
    rows = [(page, newest.get(page.pk)) for page in handover.consultations().defer("body")]
    return render(request, "insights/workspace/consultations.html", {"section": "consultations", "rows": rows})


def _published(page):
    return Release.objects.published().filter(consultation=page).order_by("-number")


@for_planners
def consultation(request, slug):
    page = handover.consultations().filter(slug=slug).first()
    if page is None:
        raise Http404
    releases = list(_published(page).select_related("codebook_version"))
    newest, sort = next(iter(releases), None), request.GET.get("sort", "people")
    if newest:
        note_partner(release=newest, by=request.user)
    context = {
        "section": "consultations",
        "consultation": page,
        "releases": releases,
        "newest": newest,
        "sort": sort,
        "reach": reach.of(page) if may_see_reach(request.user) else None,
        "questions": handover.Questionnaire(handover.versions(page).last().content).questions,
        "decisions": trace.decisions_of_consultation(page).seen_by(request.user),
        **(_shown(newest, sort) if newest else {}),
    }
    return render(request, "insights/workspace/consultation.html", context)


def _shown(release, sort):
    """Context shared by the consultation and report pages: respondents and themes."""
    figures = Figures(release)
    rows = changes.with_changes(release, board.theme_rows(release, sort))
    shown, hidden = board.shown_and_hidden(rows, sort)
    return {
        "rules": wording_of(release.rules),
        "figures": figures,
        "about": figures.of("about"),
        "days": figures.days(),
        "closed": handover.closed_on(release.consultation),
        "rows": rows,
        "themes": shown,
        "hidden_themes": hidden,
        "theme_figure": figures.one("themes"),
        "codes": release.coding,
        "voices": board.voices(release),
    }


@for_planners
def question(request, slug, question):
    """Show a question in every version and language, its figures and the decisions that cite answers to it."""
    page = handover.consultations().filter(slug=slug).first()
    asked = [
        {"version": version, "item": item}
        for version in (handover.versions(page) if page else [])
        if (item := handover.Questionnaire(version.content).by_id(question))
    ]
    if not asked:
        raise Http404
    newest = _published(page).first()
    if newest:
        note_partner(release=newest, by=request.user)
    context = {
        "section": "consultations",
        "consultation": page,
        "asked": asked,
        "text": handover.said(asked[-1]["item"]["text"], "en"),
        "question_id": question,
        "newest": newest,
        "rules": newest and wording_of(newest.rules),
        "figures": _figures_of(newest, question) if newest else [],
        "split": _themes_by(newest, question) if newest else None,
        "decisions": trace.decisions_of_question(page, question).seen_by(request.user),
    }
    return render(request, "insights/workspace/question.html", context)


def _figures_of(release, question):
    """The figures of a question in the release: one, or one for each row of a grid."""
    found = release.figures.filter(Q(key=question) | Q(key__startswith=f"{question}:"), kind__in=("question", "about"))
    return list(found)


def _themes_by(release, question):
    """Themes by the answers to this question, if the release splits them so."""
    figure = release.figures.filter(kind="themes-by", key=question).first()
    return figure and board.with_words(figure, board.theme_rows(release))


def _release(request, pk):
    """A published release; people who may publish releases also get drafts."""
    release = get_object_or_404(Release.objects.select_related("consultation", "codebook_version"), pk=pk)
    if release.status != "published" and not request.user.has_perm("insights.publish_release"):
        raise Http404
    return release


@for_planners
def report(request, pk):
    release, sort = _release(request, pk), request.GET.get("sort", "people")
    note_partner(release=release, by=request.user)
    shown = _shown(release, sort)
    context = {
        "section": "consultations",
        "release": release,
        "sort": sort,
        "questions": shown["figures"].by_question(_texts(release)),
        "crosses": [board.with_words(figure, shown["rows"]) for figure in shown["figures"].of("themes-by")],
        "quotes": board.featured_quotes(release, request.user, shown["rows"]),
        "decisions": trace.decisions_of_release(release).seen_by(request.user),
        "notes": Note.objects.seen_by(request.user).filter(release=release, theme=None),
        **shown,
    }
    return render(request, "insights/workspace/report.html", context)


def _texts(release):
    """{question id: words in the last version}"""
    asked = handover.Questionnaire(handover.versions(release.consultation).last().content).questions
    return {item["id"]: handover.said(item["text"], "en") for item in asked}


@for_planners
def theme(request, pk, slug):
    release = _release(request, pk)
    entry = (
        ThemeEntry.objects.select_related("theme").filter(version=release.codebook_version, theme__slug=slug).first()
    )
    if entry is None:
        return _where_it_went(request, release, slug)
    note_partner(release=release, by=request.user)
    figures, id_ = Figures(release), entry.theme_id
    facets = figures.facets()
    by = next((facet for facet in facets if facet["key"] == request.GET.get("by")), next(iter(facets), None))
    quotes = Quote.objects.filter(release=release, theme=entry.theme).seen_by(request.user).order_by("pk")
    context = {
        "section": "themes",
        "release": release,
        "entry": entry,
        "rules": wording_of(release.rules),
        "figure": figures.theme(id_),
        "facets": facets,
        "by": by,
        "split": by and figures.split(by["key"], id_),
        "stance": figures.stance(id_),
        "sounds": figures.sounds(id_),
        "time": changes.over_time(release, id_, entry.label),
        "page": Paginator(quotes, QUOTES_A_PAGE).get_page(request.GET.get("page")),
        "questions": board.questions_of(release, quotes),
        "decisions": trace.decisions_of_theme(entry.theme).seen_by(request.user),
        "voices": board.voices(release, entry.theme),
        "since": past.since(entry, release.codebook_version),
        "checks": replies.of_theme(release, entry.theme),
        "points": [(link["sub_point"], numbers().get(link["sub_point"], "")) for link in entry.links],
        "notes": Note.objects.seen_by(request.user).filter(release=release, theme=entry.theme),
    }
    return render(request, "insights/workspace/theme.html", context)


def _where_it_went(request, release, slug):
    """A theme that this release's codebook no longer has: redirect to its successor, or show what became of it."""
    theme = get_object_or_404(Theme, codebook=release.codebook_version.codebook_id, slug=slug)
    found = past.went(theme, release.codebook_version)
    if found is None:
        raise Http404
    fate, heirs = found
    if fate.outcome == "merge" and heirs:
        return redirect("insights:theme", release.pk, heirs[0].theme.slug)
    context = {"section": "consultations", "release": release, "last": past.entry_of(theme), "fate": fate}
    return render(request, "insights/workspace/theme_went.html", {**context, "heirs": heirs})


def _every_theme(sort):
    releases = board.newest_releases()
    rules = wording_of(*(release.rules for release in releases))
    return {"rows": board.themes_everywhere(releases, sort), "rules": rules}


VIEWS = {
    "theme": lambda request: _every_theme(request.GET.get("sort", "grave")),
    "strategy": lambda _: {"strategy": across.by_strategy()},
    "audience": lambda _: {"table": across.by_audience()},
    "quarter": lambda _: {"table": across.by_quarter(timezone.localdate())},
}


@for_planners
def themes(request):
    """Themes of all consultations: by theme, strategy, audience or quarter."""
    by = request.GET.get("by", "theme") if request.GET.get("by") in VIEWS else "theme"
    context = {"section": "themes", "by": by, "sort": request.GET.get("sort", "grave"), **VIEWS[by](request)}
    return render(request, "insights/workspace/themes.html", context)


@for_planners
def quote(request, pk):
    """Show a quote with its theme, its question as asked and the decisions that cite it."""
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
        "decisions": trace.decisions_of_quote(found).seen_by(request.user),
        "approvals": found.public_approved_by.count(),
        "approved_by_me": found.public_approved_by.filter(pk=request.user.pk).exists(),
        "near": trace.decisions_of_theme(found.theme)
        .exclude(pk__in=trace.decisions_of_quote(found))
        .seen_by(request.user),
    }
    return render(request, "insights/workspace/quote.html", context)

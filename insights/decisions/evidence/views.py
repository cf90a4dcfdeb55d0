"""Pages to cite evidence: a theme with its quotes, or the answers to a question."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from consultation.access import staff_view
from insights.access import VIEW_REPORTS
from insights.coding.models import Theme
from insights.decisions import actions as decisions
from insights.decisions import policies
from insights.decisions.evidence import actions
from insights.decisions.evidence.forms import FigureForm, QuestionForm
from insights.decisions.forms import CiteForm, ReleaseForm
from insights.decisions.models import Bearing, Citation, Decision, FigureCitation, ProposedCitation
from insights.decisions.views import parse_number
from insights.forms import run_action, save_form
from insights.releases.models import Release

PROPOSED = "It is proposed. A colleague who may publish confirms it on this page; until then nobody outside sees it."
CITED = "The evidence is cited, as it stands today."


def _parse_citation_request(request, slug):
    """(decision, release, initial form data) from the address; links may preselect the bearing."""
    found = get_object_or_404(Decision, slug=slug)
    release = Release.objects.published().filter(pk=parse_number(request.GET.get("release"))).first()
    bearing = request.GET.get("bearing", "")
    return found, release, {"bearing": bearing if bearing in Bearing.values else Bearing.SUPPORTS}


@staff_view("insights.draft_decision")
def cite_theme(request, slug):
    """Choose a release, then a theme and its quotes."""
    found, release, initial = _parse_citation_request(request, slug)
    theme = Theme.objects.filter(pk=parse_number(request.GET.get("theme"))).first()
    given = {"release": release, "by": request.user, "theme": theme, "initial": initial}
    form = CiteForm(request.POST or None, **given) if release else None
    done = PROPOSED if found.is_public else CITED
    if form and save_form(request, form, _cite_or_propose, done, decision=found, release=release):
        return redirect("insights:decision", slug)
    context = {
        "section": "decisions",
        "decision": found,
        "release": release,
        "theme": theme,
        "form": form,
        "bearing": initial["bearing"],
        "questions": QuestionForm(release=release) if release else None,
        "releases": ReleaseForm().fields["release"].queryset,
    }
    return render(request, "insights/decisions/cite.html", context)


@transaction.atomic
def _cite_or_propose(*, decision, by, quotes, **cited):
    verb = decisions.propose_theme if decision.is_public else decisions.cite_theme
    for quote in quotes or [None]:
        verb(decision=decision, by=by, quote=quote, **cited)


@staff_view("insights.draft_decision")
def cite_question(request, slug):
    """Cite all answers to a question of a release, or one."""
    found, release, initial = _parse_citation_request(request, slug)
    asked = parse_number(request.GET.get("question"))
    figure = actions.list_citable_figures(release).filter(pk=asked).first() if release else None
    if figure is None or "refused" in figure.table:
        return redirect("insights:cite", slug)
    form = FigureForm(request.POST or None, figure=figure, initial=initial)
    verb, done = (actions.propose_figure, PROPOSED) if found.is_public else (actions.cite_figure, CITED)
    if save_form(request, form, verb, done, decision=found, figure=figure):
        return redirect("insights:decision", slug)
    context = {"section": "decisions", "decision": found, "release": release, "figure": figure, "form": form}
    return render(request, "insights/decisions/cite_question.html", context)


@require_POST
@staff_view("insights.publish_decision")
def accept_proposal(request, pk):
    return _settle_proposal(request, pk, actions.accept_proposal, "The evidence stands on the public page now.")


@require_POST
@staff_view(VIEW_REPORTS, policies.may_draft_or_publish)
def decline_proposal(request, pk):
    return _settle_proposal(request, pk, decisions.decline_proposal, "The proposal is gone.")


def _settle_proposal(request, pk, verb, done):
    proposed = get_object_or_404(ProposedCitation.objects.select_related("decision"), pk=pk)
    return _run_and_return(request, proposed.decision.slug, verb, done, proposed=proposed)


def _run_and_return(request, slug, action, done, **what):
    run_action(request, action, done, **what)
    return redirect("insights:decision", slug)


@require_POST
@staff_view("insights.draft_decision")
def remove_citation(request, pk):
    citation = get_object_or_404(Citation.objects.select_related("decision"), pk=pk)
    slug = citation.decision.slug
    return _run_and_return(request, slug, decisions.remove_citation, "It is cited no more.", citation=citation)


@require_POST
@staff_view("insights.draft_decision")
def remove_figure_citation(request, pk):
    citation = get_object_or_404(FigureCitation.objects.select_related("decision"), pk=pk)
    slug = citation.decision.slug
    return _run_and_return(request, slug, actions.remove_figure_citation, "It is cited no more.", citation=citation)

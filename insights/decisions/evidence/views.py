"""Pages to cite evidence: a theme with its quotes, or the answers to a question."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import staff_view
from insights.access import VIEW_REPORTS
from insights.coding.models import Theme, ThemeEntry
from insights.decisions import actions as decisions
from insights.decisions import policies
from insights.decisions.evidence import actions
from insights.decisions.evidence.actions import list_citable_figures
from insights.decisions.forms import CiteForm
from insights.decisions.models import Bearing, Citation, Decision, FigureCitation, ProposedCitation
from insights.decisions.views import build_form_context, parse_number
from insights.disclosure.rules_wording import wording_of
from insights.forms import render_form, run_action, save_form
from insights.releases.models import Quote, Release
from insights.releases.theme_evidence import ThemeEvidence, list_theme_evidence

PROPOSED = "It is proposed. A colleague who may publish confirms it on this page; until then nobody outside sees it."
CITED = "The evidence is cited, as it stands today."
MOST_QUOTES = 2  # of a theme
MOST_FOUND = 300  # quotes that a search looks at
BEARINGS = (
    (Bearing.SUPPORTS, "It supports the decision"),
    (Bearing.CHALLENGES, "It speaks against the decision"),
    (Bearing.CONTEXT, "It is context"),
)


class SearchForm(forms.Form):
    """Find a theme by a word of its name, its meaning or its quotes."""

    words = forms.CharField(required=False, max_length=100, label="Find a theme or words")

    @property
    def words_wanted(self):
        return self.cleaned_data.get("words", "").strip() if self.is_valid() else ""


class QuestionForm(forms.Form):
    """Choose a question of a release."""

    question: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label="Question", empty_label=None)

    def __init__(self, *args, release, **kwargs):
        super().__init__(*args, **kwargs)
        figures = list_citable_figures(release)
        shown = [figure.pk for figure in figures if "refused" not in figure.table]
        self.fields["question"].queryset = figures.filter(pk__in=shown)


class FigureForm(forms.Form):
    """Choose all answers or one, and the bearing."""

    row = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="What you cite")
    bearing = forms.ChoiceField(
        choices=BEARINGS, widget=forms.RadioSelect, initial=Bearing.SUPPORTS, label="How it bears"
    )

    def __init__(self, *args, figure, **kwargs):
        super().__init__(*args, **kwargs)
        answers = [
            (
                row["id"],
                f"“{row['label']}”: {row['symbol'] if row['value'] is None else f'about {row["value"]} people'}",
            )
            for row in figure.table["rows"]
        ]
        self.fields["row"].choices = [("", "All answers to the question"), *answers]
        self.fields["row"].initial = ""


def _parse_citation_request(request, slug):
    """(decision, release, initial form data) from the address; links may preselect the bearing. Without a release, the
    newest of the decision's own consultations; `release=other` asks for one."""
    found, asked = get_object_or_404(Decision, slug=slug), request.GET.get("release")
    if asked is None:
        release = find_own_release(found)
    else:
        release = Release.objects.published().filter(pk=parse_number(asked)).first()
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
    search = SearchForm(request.GET)
    themes = list_citable_themes(release, request.user, search.words_wanted) if release and not theme else []
    against = initial["bearing"] == Bearing.CHALLENGES
    context = build_form_context("What did people say against this?" if against else "Cite evidence", found) | {
        "release": release,
        "theme": theme,
        "shown": release and theme and _find_shown_theme(release, theme),
        "bearing": initial["bearing"],
        "save": "Cite it",
        "search": search,
        "themes": [one for one in themes if one.shown.is_reported],
        "unshown": [one for one in themes if not one.shown.is_reported and not one.shown.is_waiting],
        "waiting": [one.shown.label for one in themes if one.shown.is_waiting],
        "rules": wording_of(release.rules) if release else None,
        "questions": QuestionForm(release=release) if release else None,
        "releases": [] if release else list_releases_by_nearness(found),
    }
    return render(request, "insights/decisions/cite.html", context | {"form": form})


def _find_shown_theme(release, theme):
    """The theme as the release shows it, or None where it has none of this theme."""
    return next((one for one in list_theme_evidence([release]) if one.theme == theme.pk), None)


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
    context = build_form_context("Cite the answers to a question", found)
    context["crumbs"].append((release, f"{reverse('insights:cite', args=[slug])}?release={release.pk}"))
    aside = (figure.title, "It is frozen as you see it, with the question as it was asked.")
    return render_form(request, form, save="Cite it", aside=aside, **context)


@staff_view("insights.publish_decision", method="POST")
def accept_proposal(request, pk):
    return _decide_proposal(request, pk, actions.accept_proposal, "The evidence stands on the public page now.")


@staff_view(VIEW_REPORTS, policies.may_draft_or_publish, method="POST")
def decline_proposal(request, pk):
    return _decide_proposal(request, pk, decisions.decline_proposal, "The proposal is gone.")


def _decide_proposal(request, pk, verb, done):
    proposed = get_object_or_404(ProposedCitation.objects.select_related("decision"), pk=pk)
    return _run_and_return(request, proposed.decision.slug, verb, done, proposed=proposed)


def _run_and_return(request, slug, action, done, **what):
    run_action(request, action, done, **what)
    return redirect("insights:decision", slug)


@staff_view("insights.draft_decision", method="POST")
def remove_citation(request, pk):
    citation = get_object_or_404(Citation.objects.select_related("decision"), pk=pk)
    slug = citation.decision.slug
    return _run_and_return(request, slug, decisions.remove_citation, "It is cited no more.", citation=citation)


@staff_view("insights.draft_decision", method="POST")
def remove_figure_citation(request, pk):
    citation = get_object_or_404(FigureCitation.objects.select_related("decision"), pk=pk)
    slug = citation.decision.slug
    return _run_and_return(request, slug, actions.remove_figure_citation, "It is cited no more.", citation=citation)


@dataclass
class CitableTheme:
    shown: ThemeEvidence
    quotes: list[Quote] = field(default_factory=list)

    @property
    def entry(self) -> ThemeEntry:
        return self.shown.entry


def list_citable_themes(release: Release, reader: Any, words: str = "") -> list[CitableTheme]:
    """Themes by people, those without a number by name. `words`: only themes whose name, meaning or quotes have them."""
    quotes = _find_quotes(release, reader, words)
    themes = [
        CitableTheme(one, quotes[one.theme][:MOST_QUOTES])
        for one in list_theme_evidence([release])
        if not words or one.theme in quotes or _mentions(one.entry, words)
    ]
    return sorted(themes, key=lambda one: (-one.shown.weight, one.shown.label))


def _find_quotes(release: Release, reader: Any, words: str) -> dict[int, list[Quote]]:
    """{theme: quotes that the reader may see}: the featured ones, or those with the words."""
    wanted = Q(text__icontains=words) if words else Q(featured=True)
    found: dict[int, list[Quote]] = defaultdict(list)
    for quote in (
        Quote.objects.filter(wanted, release=release, erased=False).seen_by(reader).order_by("pk")[:MOST_FOUND]
    ):
        found[quote.theme_id].append(quote)
    return found


def _mentions(entry: ThemeEntry, words: str) -> bool:
    return words.casefold() in f"{entry.label} {entry.definition}".casefold()


def list_releases_by_nearness(decision: Decision) -> list[Release]:
    """Published releases, those of the decision's own consultations first, the newest of each first."""
    own = set(decision.consultations.values_list("pk", flat=True))
    found = Release.objects.published().select_related("consultation").order_by("-published_on", "-number")
    return sorted(found, key=lambda release: release.consultation_id not in own)


def find_own_release(decision: Decision) -> Release | None:
    """The newest published release of the decision's own consultations: citing begins there."""
    found = Release.objects.published().filter(consultation__in=decision.consultations.all())
    return found.order_by("-published_on", "-number").first()

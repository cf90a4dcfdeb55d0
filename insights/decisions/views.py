"""The list of decisions, a decision's page, its form and its publication."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from consultation.access import require_permission, staff_view
from consultation.domain import strategy_points
from insights.access import VIEW_REPORTS, planner_view, require_consultation
from insights.coding.models import Theme
from insights.decisions import actions, decision_rules, policies, trace
from insights.decisions.forms import DecisionForm
from insights.decisions.models import Bearing, Decision, DecisionOutcome, DecisionStatus, LedgerEntry
from insights.decisions.neutral_titles import NOT_NEUTRAL
from insights.decisions.tracing.views import build_decision_trace
from insights.forms import render_form, save_form
from insights.publishing.views import PublishingPages, list_languages
from insights.releases.models import Release

FORM = "insights/decisions/write.html"
KEPT = "The draft is saved. Go through its parts, cite what it rests on, then ask a colleague to publish it."


def build_form_context(heading, decision=None):
    """Context of a form's page: what is written leads back to the decision, or to all of them."""
    crumbs = [("Decisions", reverse("insights:decisions"))]
    if decision is not None:
        crumbs.append((decision.title, reverse("insights:decision", args=[decision.slug])))
    return {"section": "decisions", "heading": heading, "crumbs": crumbs, "decision": decision}


@planner_view
def show_decisions(request):
    outcome = request.GET.get("outcome", "")
    found, consultation = Decision.objects.seen_by(request.user), None
    if slug := request.GET.get("consultation"):
        consultation = require_consultation(slug)
        found = found.of(consultation)
    if outcome == "late":
        found = found.in_force().late(timezone.localdate())
    elif outcome == "draft":
        found = found.filter(status=DecisionStatus.DRAFT)
    elif outcome in DecisionOutcome.values:
        found = found.filter(outcome=outcome)
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {"section": "decisions", "page": page, "outcome": outcome, "outcomes": DecisionOutcome.choices}
    context["consultation"] = consultation
    return render(request, "insights/decisions/decisions.html", context)


@planner_view
def show_decision(request, slug):
    found = get_object_or_404(Decision.objects.seen_by(request.user), slug=slug)
    evidence = trace.list_evidence(found, reader=request.user)
    figures = found.figure_citations.select_related("release__consultation", "version")
    other = _filter_by_side(evidence, figures, against=True)
    proposed = found.proposed_citations.select_related("theme", "figure", "release__consultation", "quote", "made_by")
    context = {
        "section": "decisions",
        "decision": found,
        "evidence": sorted(evidence, key=lambda each: each.citation.is_against),
        "said": _filter_by_side(evidence, figures, against=False),
        "other": other,
        "figures": sorted(figures, key=lambda each: each.is_against),
        "informing": sorted(
            {one.release.consultation.audience for one in [*(e.citation for e in evidence), *figures]}
        ),
        "parts": list(list_decision_parts(found, evidence, figures)),
        "points": list(_list_strategy_points(found)),
        "principles": found.commitments.principles().published(),
        "items": found.items.select_related("agency"),
        "came": list(found.outcome_updates.published()),
        "trace": build_decision_trace(found, request.user),
        "entry": LedgerEntry.objects.filter(decision=slug).order_by("-seq").first(),
        "challenged": any(other),
        "proposed": proposed if policies.may_draft_or_publish(request.user) else (),
        "languages": list_languages("decision", slug, lambda code: found.translations.get(code, {}), True),
        "may_remove": found.status == DecisionStatus.DRAFT and request.user.has_perm("insights.draft_decision"),
        "may_change": policies.may_change(request.user, found),
        "may_translate": policies.may_translate(request.user, found),
        "panel": PAGES.build_panel(found, request.user),
    }
    return render(request, "insights/decisions/decision.html", context)


def _filter_by_side(evidence, figures, *, against):
    """(cited themes, cited figures) that speak against the decision, or all others."""
    themes = [each for each in evidence if each.citation.is_against == against]
    return themes, [each for each in figures if each.is_against == against]


def _list_strategy_points(decision):
    """Yield (strand, point number, text of the strategy) of the linked points."""
    chosen = {link["sub_point"] for link in decision.links}
    numbers = strategy_points.number_by_sub_point()
    for strand in strategy_points.list_strands():
        yield from ((strand["label"], numbers[slug], text) for slug, text in strand["points"] if slug in chosen)


def parse_number(text):
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


class DecisionPages(PublishingPages):
    lifecycle, model, name, key = actions.DECISIONS, Decision, "decision", "slug"
    may_be_discarded = False
    done = "Published. It is on “You said, we did” now."

    def get_address(self, held):
        return reverse("insights:decision", args=[held.slug])


PAGES = DecisionPages()


@dataclass(frozen=True)
class DecisionPart:
    name: str
    says: str
    url: str
    done: bool


def list_decision_parts(decision, evidence, figures):
    """Yield the parts in the order of writing. `evidence`: cited themes; `figures`: figure citations."""
    bearings = [one.citation.bearing for one in evidence] + [one.bearing for one in figures]
    options, measures, items = decision.options.count(), decision.measures.count(), decision.items.count()
    missing = decision_rules.list_missing_parts(decision)
    hard = decision_rules.find_hard_summary(decision.easy)
    points, against = len(decision.links), bearings.count(Bearing.CHALLENGES)
    cited = f"{bearings.count(Bearing.SUPPORTS)} for, {against or 'none'} against" if bearings else "None is cited"
    parts = (
        ("The answer", "edit-decision", " ".join(missing) or hard or "Written", not missing and not hard),
        ("Ways that were considered", "decision-options", _count_in_words(options, "way"), options),
        ("Evidence", "cite", cited, bearings),
        ("How we will know", "decision-measures", _count_in_words(measures, "measure"), measures),
        ("Who does what", "decision-plan", _count_in_words(items, "action"), items),
        ("Where it belongs", "decision-place", f"{_count_in_words(points, 'point')} of the strategy", points),
    )
    for name, url, says, done in parts:
        yield DecisionPart(name, says, reverse(f"insights:{url}", args=[decision.slug]), bool(done))


def _count_in_words(number, what):
    return f"{number or 'No'} {what}{'' if number == 1 else 's'}"


@staff_view("insights.draft_decision")
def record_decision(request):
    """Record a decision. `?release=&theme=` comes from a theme's page: that theme is cited at once."""
    initial = {"decided": timezone.localdate()}
    release = Release.objects.published().filter(pk=parse_number(request.GET.get("release"))).first()
    theme = Theme.objects.filter(pk=parse_number(request.GET.get("theme"))).first()
    if release is not None:
        initial["consultations"] = [release.consultation_id]
    form = DecisionForm(request.POST or None, initial=initial)
    if saved := save_form(request, form, _record_and_cite, KEPT, release=release, theme=theme):
        return redirect("insights:decision", saved.slug)
    context = build_form_context("Record a decision") | {"release": release, "theme": theme}
    return render_form(request, form, FORM, **context)


@transaction.atomic
def _record_and_cite(*, by, release, theme, **fields):
    # The slug never changes, so a title that is not neutral (A3) gives none.
    title = "" if NOT_NEUTRAL.search(fields["title"]) else fields["title"]
    saved = actions.record_decision(by=by, slug=actions.find_free_slug(Decision, title, "decision"), **fields)
    if release is not None and theme is not None:
        actions.cite_theme(decision=saved, by=by, release=release, theme=theme)
    return saved


@staff_view(VIEW_REPORTS, policies.may_draft_or_publish)
def edit_decision(request, slug):
    found = get_object_or_404(Decision, slug=slug)
    require_permission(request.user, policies.may_change, found)
    kept = {"consultations": found.consultations.values_list("pk", flat=True)}
    form = DecisionForm(request.POST or None, instance=found, initial=kept)
    if save_form(
        request, form, actions.change_decision, "The change is saved, and the ledger has it.", decision=found
    ):
        return redirect("insights:decision", slug)
    return render_form(request, form, FORM, **build_form_context("Change this decision", found))

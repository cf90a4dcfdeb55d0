"""The list of decisions, a decision's page and its publication."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from consultation.domain import strategy_points
from insights.access import planner_view, require_consultation
from insights.decisions import actions, policies, trace
from insights.decisions.decision_parts import list_decision_parts
from insights.decisions.models import Decision, DecisionOutcome, DecisionStatus, LedgerEntry
from insights.decisions.tracing.views import build_decision_trace
from insights.publishing.views import PublishingPages, list_languages


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

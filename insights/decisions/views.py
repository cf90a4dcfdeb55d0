"""The list of decisions, a decision's page and its publication."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from insights.coding.codebooks import strategy
from insights.decisions import actions, policies, trace
from insights.decisions.models import Bearing, Decision, DecisionStatus, LedgerEntry, Outcome
from insights.decisions.parts import parts_of
from insights.decisions.tracing.views import of_decision


def needs(permission):
    return lambda view: never_cache(login_required(permission_required(permission, raise_exception=True)(view)))


def for_writers(view):
    """Admit planners and officers; each action checks the exact permission."""

    def asked(request, *args, **kwargs):
        if not policies.decides(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return needs("insights.view_reports")(asked)


@needs("insights.view_reports")
def decisions(request):
    outcome = request.GET.get("outcome", "")
    found = Decision.objects.seen_by(request.user)
    if outcome == "late":
        found = found.published().late(timezone.localdate())
    elif outcome == "draft":
        found = found.filter(status=DecisionStatus.DRAFT)
    elif outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {"section": "decisions", "page": page, "outcome": outcome, "outcomes": Outcome.choices}
    return render(request, "insights/decisions/decisions.html", context)


@needs("insights.view_reports")
def decision(request, slug):
    found = get_object_or_404(Decision.objects.seen_by(request.user), slug=slug)
    evidence = trace.forward(found, reader=request.user)
    figures = found.figure_citations.select_related("release__consultation", "version")
    against = [one for one in (*(e.citation for e in evidence), *figures) if one.bearing == Bearing.CHALLENGES]
    context = {
        "section": "decisions",
        "decision": found,
        "evidence": evidence,
        "figures": figures,
        "parts": list(parts_of(found, evidence, figures)),
        "points": list(_points(found)),
        "items": found.items.select_related("agency"),
        "picture": of_decision(found, request.user)["picture"],
        "entry": LedgerEntry.objects.filter(decision=slug).order_by("-seq").first(),
        "challenged": bool(against),
        "proposed": _proposed(found) if policies.decides(request.user) else (),
        "languages": list(_languages(found)),
        "may_change": policies.may_change(request.user, found),
        "may_translate": policies.may_translate(request.user, found),
        "may_publish": request.user.has_perm("insights.publish_decision") and not actions.wrote(found, request.user),
        "look": actions.look(found),
    }
    return render(request, "insights/decisions/decision.html", context)


def _proposed(decision):
    """Proposed evidence, for the people who write or publish decisions alone."""
    return decision.proposed_citations.select_related("theme", "figure", "release__consultation", "quote", "made_by")


def _points(decision):
    """Yield (strand, point number, text of the strategy) of the linked points."""
    chosen = {link["sub_point"] for link in decision.links}
    for strand in strategy.strands():
        for number, (slug, text) in enumerate(strand["points"], 1):
            if slug in chosen:
                yield strand["label"], f"{strand['id']}.{number}", text


def add_errors(form, error):
    """Attach domain errors to the form's fields."""
    for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


def number(text):
    return int(text) if text and text.isdecimal() else None


@require_POST
@needs("insights.publish_decision")
def publish(request, slug):
    found = get_object_or_404(Decision, slug=slug)
    try:
        actions.publish(decision=found, by=request.user, looked_at=request.POST.get("looked_at", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Published. It is on “You said, we did” now.")
    return redirect("insights:decision", slug)


def _languages(decision):
    """Yield (code, name, state of the translation) of each language but English."""
    for code, _ in settings.LANGUAGES:
        stored = decision.translations.get(code)
        if code != settings.LANGUAGE_CODE:
            yield code, get_language_info(code)["name"], _how_far(stored)


def _how_far(stored):
    if not stored:
        return "English stands there"
    if stored.get("checked_by"):
        return f"Checked by {stored['checked_by']}"
    who = "a computer" if stored.get("machine", True) else "a person"
    return f"Written by {who}: not shown before someone else has checked it"

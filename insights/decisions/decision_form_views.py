"""Pages to record a decision and to edit it."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from consultation.access import require_permission, staff_view
from insights.access import VIEW_REPORTS
from insights.coding.models import Theme
from insights.decisions import actions, policies
from insights.decisions.forms import DecisionForm
from insights.decisions.models import Decision
from insights.decisions.neutral_titles import NOT_NEUTRAL
from insights.decisions.views import build_form_context, parse_number
from insights.forms import render_form, save_form
from insights.releases.models import Release

FORM = "insights/decisions/write.html"
KEPT = "The draft is saved. Go through its parts, cite what it rests on, then ask a colleague to publish it."


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

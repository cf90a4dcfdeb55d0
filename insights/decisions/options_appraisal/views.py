"""Pages for a decision's options, measures and placement."""

from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import require_permission, staff_view
from insights.access import VIEW_REPORTS
from insights.decisions import actions as decisions
from insights.decisions import policies
from insights.decisions.addable_rows import AddableRows
from insights.decisions.models import Decision
from insights.decisions.options_appraisal import actions
from insights.decisions.options_appraisal.forms import (
    MeasureReasonForm,
    MeasureRow,
    OptionRow,
    PlacementForm,
    list_repeatable_questions,
    list_stored_measures,
)
from insights.decisions.views import build_form_context
from insights.forms import render_form, save_form


def _get_changeable_decision(request, slug):
    found = get_object_or_404(Decision, slug=slug)
    require_permission(request.user, policies.may_change, found)
    return found


@staff_view(VIEW_REPORTS, policies.may_draft_or_publish)
def edit_options(request, slug):
    found = _get_changeable_decision(request, slug)
    kept = found.options.values("words", "chosen", "why")
    rows = AddableRows(OptionRow, request, kept=kept)
    if rows.save_rows(actions.set_options, "options", "The ways are saved.", decision=found):
        return redirect("insights:decision", slug)
    context = build_form_context("Ways that were considered", found) | {
        "rows": rows,
        "lead": "What else could have been done, and why not. “Do nothing” is a way, too.",
        "one": "way",
        "stays": actions.OPTIONS_STAY if found.is_public else "",
    }
    return render(request, "insights/decisions/rows.html", context)


@staff_view(VIEW_REPORTS, policies.may_draft_or_publish)
def edit_measures(request, slug):
    found = _get_changeable_decision(request, slug)
    why = MeasureReasonForm(request.POST).given_values()["why"]
    kept, questions = list(list_stored_measures(found)), list_repeatable_questions(found)
    rows = AddableRows(MeasureRow, request, kept=kept, start=1, questions=questions)
    if rows.save_rows(actions.set_measures, "measures", "The measures are saved.", decision=found, why=why):
        return redirect("insights:decision", slug)
    context = build_form_context("How we will know that it worked", found) | {
        "rows": rows,
        "lead": "What is measured, where it stands now, and where it should get until when.",
        "one": "measure",
        "asks_why": found.is_public,
        "why": why,
    }
    return render(request, "insights/decisions/rows.html", context)


@staff_view(VIEW_REPORTS, policies.may_draft_or_publish)
def edit_placement(request, slug):
    found = _get_changeable_decision(request, slug)
    form = PlacementForm(request.POST or None, instance=found)
    if save_form(request, form, decisions.change_decision, "Where it belongs is saved.", decision=found):
        return redirect("insights:decision", slug)
    return render_form(request, form, "insights/decisions/place.html", **build_form_context("Where it belongs", found))

"""Pages to cite evidence of an outcome: choose a later release, then a theme, or a question and an answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from consultation.access import staff_view
from insights.decisions.outcomes import actions, outcome_figures, policies
from insights.decisions.outcomes.answer_comparison import REASON_TEXTS, AnswerChange, IncomparableReason
from insights.decisions.outcomes.forms import AnswerEvidenceForm, ThemeEvidenceForm
from insights.decisions.outcomes.models import OutcomeEvidence, OutcomeStatus, OutcomeUpdate
from insights.decisions.outcomes.views import SECTION, add_errors, run_action


def _parse_number(text):
    return int(text) if text and text.isdigit() and len(text) < 10 else None


@staff_view(policies.may_write_outcomes)
def cite_evidence(request, pk):
    drafts = OutcomeUpdate.objects.filter(status=OutcomeStatus.DRAFT).select_related("decision")
    update = get_object_or_404(drafts, pk=pk)
    later = outcome_figures.later_releases(update.decision)
    release = later.filter(pk=_parse_number(request.GET.get("release"))).first()
    context = SECTION | {"update": update, "decision": update.decision, "release": release, "releases": later}
    if release is None:
        return render(request, "insights/decisions/outcomes/cite.html", context)
    if question := request.GET.get("question", "").replace("\0", ""):
        return _cite_answer(request, context, release, question)
    form = ThemeEvidenceForm(request.POST or None, release=release)
    verb = {"verb": actions.cite_theme, "names": ("theme", "bearing"), "release": release}
    if _save_citation(request, update, form, **verb):
        return redirect("insights:outcome", update.decision.slug)
    context |= {"form": form, "questions": outcome_figures.list_question_figures(release)}
    return render(request, "insights/decisions/outcomes/cite.html", context, status=422 if form.errors else 200)


def _cite_answer(request, context, release, question):
    update, asked = context["update"], get_object_or_404(outcome_figures.list_question_figures(release), key=question)
    earlier = outcome_figures.earlier_releases(release, question)
    before = earlier.filter(pk=_parse_number(request.GET.get("before"))).first()
    rows = (
        list(outcome_figures.compare_each_answer(release, question, before))
        if before
        else [(r, None) for r in asked.table["rows"]]
    )
    form = AnswerEvidenceForm(
        request.POST or None, choices=[(row["id"], _label_answer(row, found)) for row, found in rows if row["value"]]
    )
    verb = {"verb": actions.cite_answer, "names": ("option", "bearing"), "release": release, "question": question}
    if _save_citation(request, update, form, before=before, **verb):
        return redirect("insights:outcome", update.decision.slug)
    context |= {"form": form, "asked": asked, "earlier": earlier, "before": before}
    return render(request, "insights/decisions/outcomes/answer.html", context, status=422 if form.errors else 200)


def _label_answer(row, found):
    said = f"{row['label']}: {row['value']} people"
    said += f", {row['percent']} %" if row["percent"] is not None else ""
    if isinstance(found, AnswerChange):
        sure = {"more": "more than before", "fewer": "fewer than before", "same": "no change that we can be sure of"}
        return f"{said}. {found.points:+d} in 100 (from {found.low:+d} to {found.high:+d}): {sure[found.direction]}"
    return f"{said}. Cannot be compared: {REASON_TEXTS[found]}" if isinstance(found, IncomparableReason) else said


def _save_citation(request, update, form, *, verb, names, **arguments):
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb(update=update, by=request.user, **{name: form.cleaned_data[name] for name in names}, **arguments)
    except ValidationError as error:
        add_errors(form, error)
        return False
    messages.success(request, "It is cited, as it stands today.")
    return True


@require_POST
@staff_view(policies.may_write_outcomes)
def remove_evidence(request, pk):
    evidence = get_object_or_404(OutcomeEvidence.objects.select_related("update__decision"), pk=pk)
    done = "It is cited no more."
    return run_action(request, evidence.update.decision, actions.remove_evidence, done, evidence=evidence)

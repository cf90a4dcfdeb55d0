"""Pages to cite evidence of an outcome: choose a later release, then a theme, or a question and an answer."""

from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import staff_view
from insights.decisions.outcomes import actions, outcome_figures
from insights.decisions.outcomes.answer_comparison import REASON_TEXTS, AnswerChange, IncomparableReason
from insights.decisions.outcomes.forms import AnswerEvidenceForm, ThemeEvidenceForm
from insights.decisions.outcomes.models import OutcomeEvidence, OutcomeUpdate
from insights.decisions.outcomes.views import build_form_context
from insights.decisions.policies import may_draft_or_publish
from insights.decisions.views import parse_number
from insights.forms import render_form, run_action, save_form
from insights.publishing.records import PublicationStatus
from insights.releases.stored_figures import IN_PERIOD

CITED = "It is cited, as it stands today."


@staff_view(may_draft_or_publish)
def cite_evidence(request, pk):
    drafts = OutcomeUpdate.objects.filter(status=PublicationStatus.DRAFT).select_related("decision")
    update = get_object_or_404(drafts, pk=pk)
    later = outcome_figures.later_releases(update.decision)
    release = later.filter(pk=parse_number(request.GET.get("release"))).first()
    context = build_form_context(update.decision, "Cite what shows it")
    context |= {"update": update, "release": release, "releases": later, "save": "Cite it"}
    if release is None:
        return render(request, "insights/decisions/outcomes/cite.html", context)
    if question := request.GET.get("question", "").replace("\0", ""):
        return _cite_answer(request, context, release, question)
    form = ThemeEvidenceForm(request.POST or None, release=release)
    if save_form(request, form, actions.cite_theme, CITED, update=update, release=release):
        return redirect("insights:outcome", update.decision.slug)
    context |= {
        "questions": outcome_figures.list_question_figures(release),
        "of_quarters": outcome_figures.list_figures_of_quarters(release, update.decision.decided),
    }
    return render_form(request, form, "insights/decisions/outcomes/cite.html", **context)


def _cite_answer(request, context, release, question):
    update, (quarter, _) = context["update"], outcome_figures.split_key(question)
    asked = get_object_or_404(release.figures.filter(kind__in=[*outcome_figures.KINDS, IN_PERIOD]), key=question)
    earlier, before = _find_earlier_times(release, question, request.GET.get("before", ""))
    rows = [(row, None) for row in asked.table["rows"]]
    if before:
        rows = outcome_figures.compare_each_answer(release, question, before)
    choices = [(row["id"], _label_answer(row, found)) for row, found in rows if row["value"]]
    form = AnswerEvidenceForm(request.POST or None, choices=choices)
    cited = {"update": update, "release": release, "question": question, "before": before}
    if save_form(request, form, actions.cite_answer, CITED, **cited):
        return redirect("insights:outcome", update.decision.slug)
    context |= {"asked": asked, "earlier": earlier, "before": before, "quarter": quarter, "heading": asked.title}
    context["chosen"] = request.GET.get("before", "")
    return render_form(request, form, "insights/decisions/outcomes/answer.html", **context)


def _find_earlier_times(release, question, chosen):
    """What the answer may be compared with, as (name in the address, words), and the time that is chosen."""
    quarters = outcome_figures.earlier_quarters(release, question)
    if quarters:
        return [(one.slug, str(one)) for one in quarters], next((one for one in quarters if one.slug == chosen), None)
    releases = outcome_figures.earlier_releases(release, question)
    named = [(str(one.pk), f"{one}, {one.made_on:%-d %B %Y}") for one in releases]
    return named, releases.filter(pk=parse_number(chosen)).first()


def _label_answer(row, found):
    said = f"{row['label']}: {row['value']} people"
    said += f", {row['percent']} %" if row["percent"] is not None else ""
    if isinstance(found, AnswerChange):
        sure = {"more": "more than before", "fewer": "fewer than before", "same": "no change that we can be sure of"}
        return f"{said}. {found.points:+d} in 100 (from {found.low:+d} to {found.high:+d}): {sure[found.direction]}"
    return f"{said}. Cannot be compared: {REASON_TEXTS[found]}" if isinstance(found, IncomparableReason) else said


@staff_view(may_draft_or_publish, method="POST")
def remove_evidence(request, pk):
    evidence = get_object_or_404(OutcomeEvidence.objects.select_related("update__decision"), pk=pk)
    done = "It is cited no more."
    run_action(request, actions.remove_evidence, done, evidence=evidence)
    return redirect("insights:outcome", evidence.update.decision.slug)

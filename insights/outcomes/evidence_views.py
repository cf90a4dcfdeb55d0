"""Pages to cite evidence of an outcome: choose a later release, then a theme, or a question and an answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from insights.outcomes import actions, figures
from insights.outcomes.comparing import SAID, Change, WhyNot
from insights.outcomes.forms import AnswerForm, ThemeForm
from insights.outcomes.models import OutcomeEvidence, OutcomeStatus, OutcomeUpdate
from insights.outcomes.views import SECTION, add, attempt, for_writers


def _number(text):
    return int(text) if text and text.isdigit() and len(text) < 10 else None


@for_writers
def cite(request, pk):
    drafts = OutcomeUpdate.objects.filter(status=OutcomeStatus.DRAFT).select_related("decision")
    update = get_object_or_404(drafts, pk=pk)
    later = figures.later_releases(update.decision)
    release = later.filter(pk=_number(request.GET.get("release"))).first()
    context = SECTION | {"update": update, "decision": update.decision, "release": release, "releases": later}
    if release is None:
        return render(request, "insights/outcomes/cite.html", context)
    if question := request.GET.get("question", "").replace("\0", ""):
        return _answer(request, context, release, question)
    form = ThemeForm(request.POST or None, release=release)
    verb = {"verb": actions.cite_theme, "names": ("theme", "bearing"), "release": release}
    if _cited(request, update, form, **verb):
        return redirect("insights:outcome", update.decision.slug)
    context |= {"form": form, "questions": figures.questions(release)}
    return render(request, "insights/outcomes/cite.html", context, status=422 if form.errors else 200)


def _answer(request, context, release, question):
    update, asked = context["update"], get_object_or_404(figures.questions(release), key=question)
    earlier = figures.earlier_releases(release, question)
    before = earlier.filter(pk=_number(request.GET.get("before"))).first()
    rows = list(figures.comparisons(release, question, before)) if before else [(r, None) for r in asked.table["rows"]]
    form = AnswerForm(
        request.POST or None, choices=[(row["id"], _label(row, found)) for row, found in rows if row["value"]]
    )
    verb = {"verb": actions.cite_answer, "names": ("option", "bearing"), "release": release, "question": question}
    if _cited(request, update, form, before=before, **verb):
        return redirect("insights:outcome", update.decision.slug)
    context |= {"form": form, "asked": asked, "earlier": earlier, "before": before}
    return render(request, "insights/outcomes/answer.html", context, status=422 if form.errors else 200)


def _label(row, found):
    said = f"{row['label']}: {row['value']} people"
    said += f", {row['percent']} %" if row["percent"] is not None else ""
    if isinstance(found, Change):
        sure = {"more": "more than before", "fewer": "fewer than before", "same": "no change that we can be sure of"}
        return f"{said}. {found.points:+d} in 100 (from {found.low:+d} to {found.high:+d}): {sure[found.direction]}"
    return f"{said}. Cannot be compared: {SAID[found]}" if isinstance(found, WhyNot) else said


def _cited(request, update, form, *, verb, names, **arguments):
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb(update=update, by=request.user, **{name: form.cleaned_data[name] for name in names}, **arguments)
    except ValidationError as error:
        add(form, error)
        return False
    messages.success(request, "It is cited, as it stands today.")
    return True


@require_POST
@for_writers
def remove(request, pk):
    evidence = get_object_or_404(OutcomeEvidence.objects.select_related("update__decision"), pk=pk)
    done = "It is cited no more."
    return attempt(request, evidence.update.decision, actions.remove_evidence, done, evidence=evidence)

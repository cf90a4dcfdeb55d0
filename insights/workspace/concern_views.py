"""Report a concern about shown words (D7a), and the leads' list of recalled words.

Reports go one way: no page tells planners the result of a report, nor that others were made.
"""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from consultation import handover
from consultation.access import staff_view
from insights.corpus.models import Text
from insights.decisions.models import Decision
from insights.exports.actions import finish_recall
from insights.exports.models import Recall
from insights.releases.models import Quote

THANKS = "Thank you for your time. The words are gone from here. A trained person reads them."
MOST = 100


class ConcernForm(forms.Form):
    reason = forms.ChoiceField(choices=[("concern", "Someone may not be safe"), ("name", "A name was left in")])


@staff_view("consultation.report_concern")
def report_words(request, pk):
    """Report words as a concern or as naming a person: they leave every page at once, and a trained reader reads them.

    A second person may report words that are gone already: the first may have reported only the name.
    """
    text = Text.objects.filter(pk=pk).first()
    if text is not None and not _may_see_text(request.user, text):
        raise Http404
    form = ConcernForm(request.POST or None)
    if form.is_valid():
        concern = form.cleaned_data["reason"] == "concern"
        handover.report_released_text(answer=pk, by=request.user, concern=concern)
        messages.success(request, THANKS)
        return redirect("insights:coding" if request.user.has_perm("insights.code_themes") else "insights:home")
    missing = request.method == "POST"
    context = {"text": text, "missing": missing}
    return render(request, "insights/workspace/concern.html", context, status=422 if missing else 200)


def _may_see_text(user, text):
    """Coders see every cleared text; others only what a published release quotes to them."""
    if user.has_perm("consultation.read_cleared") or user.has_perm("insights.code_themes"):
        return True
    shown = Quote.objects.seen_by(user).filter(source_text=text, erased=False, release__status="published")
    return shown.exists()


@staff_view("consultation.see_triage", method="GET")
def show_recalls(request):
    """Recalled words and the exports that may still hold them; finished recalls last."""
    rows = list(Recall.objects.select_related("consultation", "done_by").order_by("done_on", "-recalled_on")[:MOST])
    rows.sort(key=lambda row: row.done_on is not None)
    titles = dict(Decision.objects.seen_by(request.user).values_list("slug", "title"))
    ids = {export["by"] for row in rows for export in row.exports if export["by"]}
    people = {str(user.pk): str(user) for user in get_user_model().objects.filter(pk__in=ids)}
    context = {"section": "recalled", "rows": rows, "titles": titles, "people": people}
    return render(request, "insights/workspace/recalled.html", context)


@staff_view("consultation.see_triage", method="POST")
def close_recall(request, pk):
    finish_recall(recall=get_object_or_404(Recall, pk=pk), by=request.user)
    messages.success(request, "Noted.")
    return redirect("insights:recalled")

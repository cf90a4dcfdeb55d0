"""The page to write a progress note of a published decision."""

from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import staff_view
from insights.decisions.models import Decision
from insights.decisions.progress import actions
from insights.decisions.progress.forms import ProgressForm
from insights.forms import save_form


@staff_view("insights.publish_decision")
def save_progress_note(request, slug):
    found = get_object_or_404(Decision.objects.published(), slug=slug)
    form = ProgressForm(request.POST or None, initial={"progress": found.progress})
    done = "It stands on the public page now, with today’s date."
    if save_form(request, form, actions.note_progress, done, decision=found):
        return redirect("insights:decision", slug)
    context = {"section": "decisions", "form": form, "heading": "Say how it goes", "decision": found}
    return render(request, "insights/decisions/form.html", context)

"""The page to write a progress note of a published decision."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import staff_view
from insights.decisions.models import Decision
from insights.decisions.progress import actions
from insights.decisions.progress.forms import ProgressForm
from insights.decisions.views import add_errors


@staff_view("insights.publish_decision")
def save_progress_note(request, slug):
    found = get_object_or_404(Decision.objects.published(), slug=slug)
    form = ProgressForm(request.POST or None, initial={"progress": found.progress})
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_progress(decision=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "It stands on the public page now, with today’s date.")
            return redirect("insights:decision", slug)
    context = {"section": "decisions", "form": form, "heading": "Say how it goes", "decision": found}
    return render(request, "insights/decisions/form.html", context)

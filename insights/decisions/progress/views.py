"""The page to write a progress note of a published decision."""

from django import forms
from django.shortcuts import get_object_or_404, redirect

from consultation.access import staff_view
from insights.decisions.models import Decision, Progress
from insights.decisions.progress import actions
from insights.decisions.views import build_form_context
from insights.forms import render_form, save_form


class ProgressForm(forms.Form):
    progress = forms.ChoiceField(choices=Progress, widget=forms.RadioSelect, label="How it stands")
    words = forms.CharField(
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What has happened",
        help_text="One or two short sentences. A child reads it. It stays on the page, with today’s date.",
    )
    next_update = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        label="Next news on",
        help_text="Needed while it is planned or started. People are told this day.",
    )


@staff_view("insights.publish_decision")
def save_progress_note(request, slug):
    found = get_object_or_404(Decision.objects.published(), slug=slug)
    form = ProgressForm(request.POST or None, initial={"progress": found.progress})
    done = "It stands on the public page now, with today’s date."
    if save_form(request, form, actions.note_progress, done, decision=found):
        return redirect("insights:decision", slug)
    return render_form(request, form, **build_form_context("Say how it goes", found))

"""`/staff/reading/panel-words/`: a reader sees what one member of a panel wrote, hides what names a person, and decides."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import NotAllowed
from consultation.action_forms import ActionForm
from consultation.reading.desk_context import build_desk_context
from consultation.reading.panel_words import actions
from consultation.reading.views import reading_desk_view
from consultation.safeguarding.models import ContactRequest
from consultation.surveys.questionnaire_schema import localised_text
from consultation.surveys.youth_panel.models import PanelWords

DONE = {
    "clear": "Cleared. The officers see it once the round is over.",
    "leave-out": "Left out.",
    "lead": "A safeguarding lead has it now.",
}


class PanelWordsForm(ActionForm):
    verbs = tuple(DONE)
    words = forms.UUIDField()
    text = forms.CharField(
        required=False,
        max_length=600,
        label="What the officers see",
        help_text="Hide every name, place and number that tells who it is.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@reading_desk_view()
def show_panel_words(request):
    form, error = PanelWordsForm.of(request), ""
    if form.is_bound:
        try:
            return _decide(request, form.chosen())
        except NotAllowed as refused:
            error = str(refused)
    found = actions.list_for_readers().first()
    context = build_desk_context(request, found=found, error=error)
    if found:
        raw, hidden = actions.view_words(words=found, by=request.user)
        form = PanelWordsForm(initial={"text": hidden, "words": found.pk})
        asked = next((one for one in found.panel_round.questions if one["id"] == found.question), None)
        context |= {
            "raw": raw,
            "flagged": ContactRequest.objects.filter(pk=found.pk).exists(),
            "form": form,
            "asked": localised_text(asked["text"], settings.LANGUAGE_CODE) if asked else "",
        }
    return render(request, "consultation/reading/panel_words/panel_words.html", context, status=422 if error else 200)


def _decide(request, chosen):
    words = get_object_or_404(PanelWords, pk=chosen["words"])
    if chosen["do"] == "clear":
        actions.clear_words(words=words, by=request.user, text=chosen["text"])
    elif chosen["do"] == "leave-out":
        actions.leave_words_out(words=words, by=request.user)
    else:
        actions.pass_words_to_lead(words=words, by=request.user)
    messages.success(request, DONE[chosen["do"]])
    return redirect("reading:panel-words")

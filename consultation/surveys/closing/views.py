"""“Stop a survey”: one page for officers and leads to close free text or a survey at once."""

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import ActionForm
from consultation.surveys.closing import actions
from consultation.surveys.consultation_state import find_states
from consultation.surveys.immediate_closure import PUBLIC_REASONS, find_staff_reason
from consultation.surveys.models import ConsultationPage


def list_live_surveys():
    pages = ConsultationPage.objects.live().ever_published().defer("body")
    return pages.order_by(F("closes").desc(nulls_first=True), "title")


class ClosingForm(ActionForm):
    verbs = ("words", "words-again", "survey", "survey-again")
    page = forms.ChoiceField()
    reason = forms.CharField(required=False)
    said = forms.ChoiceField(choices=list(PUBLIC_REASONS.items()), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = {str(page.pk): page for page in list_live_surveys()}
        self.fields["page"].choices = list(self.pages.items())

    def clean_page(self):
        return self.pages[self.cleaned_data["page"]]


@staff_view("consultation.close_survey")
def show_survey_closing(request):
    """Lists open surveys, and closed ones that can be reopened; with `?consultation=` that one alone, from its home and
    back."""
    form, error, slug = ClosingForm.of(request), "", request.GET.get("consultation")
    if "page" in form.errors:
        raise Http404
    if form.is_bound:
        try:
            chosen = form.chosen()
            messages.success(request, _apply_choice(request.user, **chosen))
            home = slug == chosen["page"].slug
            return redirect("consultations:home", slug) if home else redirect("close-survey")
        except NotAllowed as refused:
            error = str(refused)
    pages = list(list_live_surveys())
    states = find_states(pages)
    rows = [
        {"page": page, "state": state, "stop": find_staff_reason(page) if state.stopped else None}
        for page in pages
        for state in [states[page.pk]]
    ]
    shown = [row for row in rows if row["state"].is_open or row["state"].stopped or row["page"].free_text_closed]
    chosen_row = [row for row in shown if row["page"].slug == slug]
    at = form.cleaned_data["page"].pk if error else None
    typed = {"at": at, "asked": form.typed("do"), "typed": form.typed("reason")}
    page = chosen_row[0]["page"] if chosen_row else None
    context = {"rows": chosen_row or shown, "page": page, "error": error, "reasons": PUBLIC_REASONS} | typed
    return render(request, "consultation/surveys/closing/close_now.html", context, status=422 if error else 200)


def _apply_choice(by, do, page, reason, said):
    if do in ("words", "words-again"):
        closed = do == "words"
        actions.set_free_text_closed(page=page, by=by, closed=closed, reason=reason)
        return f"{page.title}: no words can be written any more." if closed else f"{page.title} asks for words again."
    if do == "survey":
        actions.close_survey(page=page, by=by, reason=reason, said=said)
        return f"{page.title} is closed. What people had begun can still be sent, and is read."
    actions.reopen_survey(page=page, by=by, reason=reason)
    return f"{page.title} is open again."

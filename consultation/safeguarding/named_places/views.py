"""The places of one case, for leads. Their names are opened for whoever has seen the words of the case."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import NotAllowed
from consultation.action_forms import MISSING, ActionForm
from consultation.domain.place_types import PLACE_TYPES
from consultation.safeguarding.forms import build_reason_field
from consultation.safeguarding.lead_access import build_lead_context, lead_view
from consultation.safeguarding.models import TriageCase
from consultation.safeguarding.named_places import actions


class PlaceActionForm(ActionForm):
    verbs = ("add", "remove")
    reason = forms.CharField(required=False)


class NotePlaceForm(forms.Form):
    name = forms.CharField(
        label="The place, as the words name it",
        help_text="It is sealed with this case, and erased with it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place_type = forms.ChoiceField(label="What kind of place it is", choices=[("", "Choose"), *PLACE_TYPES.items()])
    reason = build_reason_field("Why the name is needed")


@lead_view(to_post="consultation.decide_triage")
def show_places(request, pk):
    case = get_object_or_404(TriageCase.objects.seen_by(request.user), pk=pk)
    action, form, error = PlaceActionForm.of(request), NotePlaceForm(), ""
    if action.is_bound:
        try:
            if action.chosen()["do"] == "remove":
                return _remove_place(request, case, action.value, action.cleaned_data["reason"])
            form, error = NotePlaceForm(request.POST), MISSING
            if form.is_valid():
                actions.note_place(case=case, by=request.user, **form.cleaned_data)
                messages.success(request, "It is sealed with the case.")
                return redirect("safeguarding:places", pk)
        except NotAllowed as refused:
            error = str(refused)
    read_first = case.is_unread_by(request.user)
    places = actions.show_places_of(case, request.user)
    context = build_lead_context(
        request, case=case, form=form, error=error, read_first=read_first, places=places, hidden=case.places.count()
    )
    template = "consultation/safeguarding/named_places/places.html"
    return render(request, template, context, status=422 if error else 200)


def _remove_place(request, case, key, reason):
    found = get_object_or_404(case.places, pk=key)
    actions.remove_place(place=found, by=request.user, reason=reason)
    messages.success(request, "It is out. Your reason stands among the notes.")
    return redirect("safeguarding:places", case.pk)

"""The leads' page on which one passes on all that they have, before leave or at the end of a day."""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.shortcuts import redirect, render

from consultation.safeguarding import lead_board
from consultation.safeguarding.forms import build_reason_field
from consultation.safeguarding.lead_access import build_lead_context, lead_view
from consultation.safeguarding.reassignment import actions
from consultation.safeguarding.reassignment.actions import list_assignees


class ReassignForm(forms.Form):
    """Who takes over all that a lead has."""

    to = forms.ModelChoiceField(
        queryset=get_user_model().objects.none(),
        required=False,
        label="Who takes it?",
        empty_label="Back to the board, for every lead",
    )
    message = build_reason_field("What they need to know", "It is sealed with each item.")

    def __init__(self, *args, lead, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = list_assignees(lead)


@lead_view(to_post="consultation.decide_triage")
def show_reassignment(request):
    form = ReassignForm(request.POST if request.method == "POST" else None, lead=request.user)
    if form.is_valid():
        actions.reassign_everything(by=request.user, **form.cleaned_data)
        messages.success(request, f"Done. {form.cleaned_data['to'] or 'Every lead'} can go on with it.")
        return redirect("safeguarding:board")
    items = lead_board.filter_items(lead_board.list_open_items(request.user), "mine", request.user)
    context = build_lead_context(request, form=form, items=items, idle=actions.list_idle_mailboxes(request.user))
    status = 422 if form.errors else 200
    return render(request, "consultation/safeguarding/reassignment/reassign.html", context, status=status)

"""The page of new numbers that wait for a second person."""

from django.contrib import messages
from django.shortcuts import redirect, render

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import ActionForm
from consultation.safeguarding.help import number_changes
from consultation.safeguarding.help.models import HelpNumberChange

DONE = {
    "confirm": (number_changes.confirm_number, "The new number is on the pages."),
    "refuse": (number_changes.refuse_number, "The new number is dropped. The pages go on as they are."),
}


class NumberActionForm(ActionForm):
    verbs = DONE


@staff_view(number_changes.EDITS)
def show_number_changes(request):
    changes, error = list(HelpNumberChange.objects.select_related("entry", "asked_by")), ""
    if request.method == "POST":
        try:
            _apply_action(request, {str(change.pk): change for change in changes})
            return redirect("help-numbers")
        except NotAllowed as refused:
            error = str(refused)
    context = {"changes": changes, "error": error}
    return render(request, "consultation/safeguarding/help/numbers.html", context, status=422 if error else 200)


def _apply_action(request, changes):
    """`do` is a verb, a change and the number that was looked at: "confirm:3:0800 1111"."""
    form = NumberActionForm.of(request)
    verb = form.chosen()["do"]
    key, _, value = form.value.partition(":")
    if key not in changes:
        raise NotAllowed("This number does not wait any more. Look at the list again.")
    action, says = DONE[verb]
    action(change=HelpNumberChange(pk=changes[key].pk, value=value), by=request.user)
    messages.success(request, f"{changes[key].entry}: {says}")

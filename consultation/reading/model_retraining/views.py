"""The screen in use and the fitted ones with their figures; a lead takes one into use."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import PostedForm
from consultation.reading.model_retraining import actions
from consultation.reading.model_retraining.models import ScreenModel


class ScreenForm(PostedForm):
    """`screen`: the number of a fitted one; 0 is the one in the repository."""

    screen = forms.IntegerField(
        min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), "Choose a screen.")
    )
    reason = forms.CharField(required=False)


@staff_view("consultation.switch_screen")
def show_screens(request):
    form, error = ScreenForm.of(request), ""
    if form.is_bound:
        try:
            _switch_screen(request, **form.chosen())
            return redirect("reading:screen-models")
        except NotAllowed as refused:
            error = str(refused)
    fitted = list(ScreenModel.objects.defer("artefact").select_related("fitted_by", "used_by"))
    context = {
        "fitted": fitted,
        "in_use": next((one for one in fitted if one.in_use), None),
        "choices": _list_screen_choices(fitted),
        "error": error,
        "chosen": form.typed("screen"),
        "reason": form.typed("reason"),
    }
    return render(request, "consultation/reading/model_retraining/list.html", context, status=422 if error else 200)


def _list_screen_choices(fitted):
    """[(number, name)] of the screens that may be taken into use."""
    back = [("0", "The one in the repository")] if any(one.in_use for one in fitted) else []
    return back + [(str(one.number), str(one)) for one in fitted if not one.in_use and not one.refit_due]


def _switch_screen(request, screen, reason):
    fitted = get_object_or_404(ScreenModel.objects.defer("artefact"), number=screen) if screen else None
    actions.take_screen_into_use(fitted=fitted, by=request.user, reason=reason)
    messages.success(request, f"{fitted or 'The screen in the repository'} is in use from now on.")

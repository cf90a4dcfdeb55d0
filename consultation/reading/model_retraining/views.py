"""The screen in use and the fitted ones with their figures; a lead takes one into use."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from consultation.access import NotAllowed, staff_view
from consultation.reading.model_retraining import actions
from consultation.reading.model_retraining.models import ScreenModel


@staff_view("consultation.switch_screen")
@require_http_methods(["GET", "POST"])
def show_screens(request):
    error = _switch_screen(request) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        return redirect("reading:screen-models")
    fitted = list(ScreenModel.objects.defer("artefact").select_related("fitted_by", "used_by"))
    context = {
        "fitted": fitted,
        "in_use": next((one for one in fitted if one.in_use), None),
        "choices": _list_screen_choices(fitted),
        "error": error,
        "chosen": request.POST.get("screen", ""),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "consultation/reading/model_retraining/list.html", context, status=422 if error else 200)


def _list_screen_choices(fitted):
    """[(number, name)] of the screens that may be taken into use."""
    back = [("0", "The one in the repository")] if any(one.in_use for one in fitted) else []
    return back + [(str(one.number), str(one)) for one in fitted if not one.in_use and not one.refit_due]


def _switch_screen(request):
    """Take the chosen screen into use; returns what is wrong, or an empty string."""
    chosen = request.POST.get("screen", "")
    if not chosen.isdecimal():
        return "Choose a screen."
    fitted = get_object_or_404(ScreenModel.objects.defer("artefact"), number=int(chosen)) if int(chosen) else None
    try:
        actions.take_screen_into_use(fitted=fitted, by=request.user, reason=request.POST.get("reason", ""))
    except NotAllowed as refused:
        return str(refused)
    messages.success(request, f"{fitted or 'The screen in the repository'} is in use from now on.")
    return ""

"""Emergency access: a list of answers without their text, and one answer at a time, opened by a button."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from consultation.reading.emergency import actions
from consultation.reading.emergency.answers import reached, seen_with
from consultation.responses.asked import asked
from consultation.safeguarding.actions import NotAllowed
from consultation.safeguarding.emergency.forms import SearchForm
from consultation.safeguarding.emergency.models import EmergencyAccess
from consultation.safeguarding.emergency.views import A_PAGE, in_emergencies
from consultation.safeguarding.forms import TellForm
from consultation.safeguarding.gate import frame
from consultation.safeguarding.models import TriageCase

ROOM = "consultation/reading/emergency"
MOST = 50  # found answers that are shown


def while_open(view):
    """Guard: the lead who opened the access, within its hour; others are redirected to its record."""

    @in_emergencies
    @wraps(view)
    def checked(request, access, **kwargs):
        found = get_object_or_404(EmergencyAccess.objects.select_related("consultation"), pk=access)
        try:
            actions.check(found, request.user)
        except NotAllowed as refused:
            messages.warning(request, str(refused))
            return redirect("safeguarding:emergency", found.pk)
        return view(request, found, **kwargs)

    return checked


@while_open
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request, access):
    """All reachable answers in pages, or those that contain the searched words."""
    form, page = SearchForm(request.POST or None), None
    found = looked = None
    if request.method == "POST" and form.is_valid():
        try:
            found, looked = actions.find(access=access, by=request.user, words=form.cleaned_data["words"])
        except NotAllowed as refused:  # the hour ended during the search
            messages.warning(request, str(refused))
            return redirect("safeguarding:emergency", access.pk)
    else:
        page = Paginator(reached(access, request.user).defer("sealed"), A_PAGE).get_page(request.GET.get("page"))
    shown = page if found is None else found[:MOST]
    seen = seen_with(access)
    rows = [{"answer": answer, "asked": asked(answer), "seen": str(answer.pk) in seen} for answer in shown]
    context = frame(
        request,
        access=access,
        form=form,
        page=page,
        rows=rows,
        found=found,
        found_count=len(found or ()),
        looked=looked,
    )
    return render(request, f"{ROOM}/answers.html", context, status=422 if form.errors else 200)


@while_open
@require_POST
def answer(request, access, pk):
    """Show the text of one answer, or bring it to triage."""
    found, error, form = get_object_or_404(reached(access, request.user), pk=pk), "", TellForm()
    try:
        if request.POST.get("do") == "bring":
            form, error = TellForm(request.POST), "Say how soon, and why."
            if form.is_valid():
                case = actions.bring(access=access, answer=found, by=request.user, **form.cleaned_data)
                return _to_the_case(request, case)
        words = actions.see(access=access, answer=found, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("emergency:answers", access.pk)
    context = frame(
        request, access=access, answer=found, asked=asked(found), words=words, form=form, error=error,
        looked_for=request.POST.get("looked_for", "")[:200],
    )  # fmt: skip
    return render(request, f"{ROOM}/answer.html", context, status=422 if error else 200)


def _to_the_case(request, case):
    messages.success(request, f"{case.name} is open. Nobody reads the answer on the desk any more.")
    if TriageCase.objects.seen_by(request.user).filter(pk=case.pk).exists():
        return redirect("safeguarding:case", case.pk)
    return redirect("safeguarding:board")

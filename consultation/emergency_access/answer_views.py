"""Emergency access: a list of answers without their text, and one answer at a time, opened by a button."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from consultation.access import NotAllowed
from consultation.emergency_access import answer_actions
from consultation.emergency_access.forms import EmergencySearchForm
from consultation.emergency_access.models import EmergencyAccess
from consultation.emergency_access.reachable_answers import answers_seen_with, list_reachable_answers
from consultation.emergency_access.views import PAGE_SIZE, emergency_view
from consultation.responses.asked_question import build_asked_question
from consultation.safeguarding.forms import OpenCaseForm
from consultation.safeguarding.lead_access import build_lead_context
from consultation.safeguarding.models import TriageCase

ROOM = "consultation/emergency_access"
MOST = 50  # found answers that are shown


def open_access_view(view):
    """Guard: the lead who opened the access, within its hour; others are redirected to its record."""

    @emergency_view
    @wraps(view)
    def checked(request, access, **kwargs):
        found = get_object_or_404(EmergencyAccess.objects.select_related("consultation"), pk=access)
        try:
            answer_actions.check_access(found, request.user)
        except NotAllowed as refused:
            messages.warning(request, str(refused))
            return redirect("safeguarding:emergency", found.pk)
        return view(request, found, **kwargs)

    return checked


@open_access_view
@require_http_methods(["GET", "HEAD", "POST"])
def show_reachable_answers(request, access):
    """All reachable answers in pages, or those that contain the searched words."""
    form, page = EmergencySearchForm(request.POST or None), None
    found = looked = None
    if request.method == "POST" and form.is_valid():
        try:
            found, looked = answer_actions.search_answers(
                access=access, by=request.user, words=form.cleaned_data["words"]
            )
        except NotAllowed as refused:  # the hour ended during the search
            messages.warning(request, str(refused))
            return redirect("safeguarding:emergency", access.pk)
    else:
        page = Paginator(list_reachable_answers(access, request.user).defer("sealed"), PAGE_SIZE).get_page(
            request.GET.get("page")
        )
    shown = page if found is None else found[:MOST]
    seen = answers_seen_with(access)
    rows = [
        {"answer": answer, "asked": build_asked_question(answer), "seen": str(answer.pk) in seen} for answer in shown
    ]
    context = build_lead_context(
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


@open_access_view
@require_POST
def open_reachable_answer(request, access, pk):
    """Show the text of one answer, or bring it to triage."""
    found, error, form = get_object_or_404(list_reachable_answers(access, request.user), pk=pk), "", OpenCaseForm()
    try:
        if request.POST.get("do") == "bring":
            form, error = OpenCaseForm(request.POST), "Say how soon, and why."
            if form.is_valid():
                case = answer_actions.bring_to_triage(
                    access=access, answer=found, by=request.user, **form.cleaned_data
                )
                return _redirect_to_case(request, case)
        words = answer_actions.open_reachable_text(access=access, answer=found, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("emergency:answers", access.pk)
    context = build_lead_context(
        request, access=access, answer=found, asked=build_asked_question(found), words=words, form=form, error=error,
        looked_for=request.POST.get("looked_for", "")[:200],
    )  # fmt: skip
    return render(request, f"{ROOM}/answer.html", context, status=422 if error else 200)


def _redirect_to_case(request, case):
    messages.success(request, f"{case.name} is open. Nobody reads the answer on the desk any more.")
    if TriageCase.objects.seen_by(request.user).filter(pk=case.pk).exists():
        return redirect("safeguarding:case", case.pk)
    return redirect("safeguarding:board")

"""Pages of emergency access: list with the form that opens one, and one access with its review. While it is open: a list
of answers without their text, and one answer at a time, opened by a button."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from consultation.access import NotAllowed
from consultation.action_forms import MISSING
from consultation.emergency_access import actions, emergency_steps
from consultation.emergency_access.models import EmergencyAccess, EmergencyVerdict
from consultation.emergency_access.reachable_answers import (
    answers_seen_with,
    list_reachable_answers,
    put_flagged_first,
)
from consultation.responses.asked_question import build_asked_question
from consultation.safeguarding.forms import OpenCaseForm
from consultation.safeguarding.lead_access import build_lead_context, lead_view, redirect_to_case
from consultation.surveys.models import ConsultationPage

TEMPLATES = "consultation/emergency_access"
PAGE_SIZE = 25
MOST_FOUND = 50  # found answers that are shown


emergency_view = lead_view("consultation.open_in_emergency")


def _build_text_field(label, help_text):
    area = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    return forms.CharField(widget=area, label=label, max_length=2000, help_text=help_text)


class OpenEmergencyForm(forms.Form):
    consultation: forms.ModelChoiceField[ConsultationPage] = forms.ModelChoiceField(
        ConsultationPage.objects.none(), empty_label="Choose"
    )
    reason = _build_text_field(
        "What has happened?", "It is sealed. The colleague who reviews it reads it. No child's name."
    )
    sure = forms.BooleanField(
        label="A child may be in danger, and it cannot wait for a reader.",
        error_messages={"required": "Tick the box, or wait for a reader."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Every consultation ever published: an emergency may come from a closed one.
        pages = ConsultationPage.objects.ever_published().defer("body")
        self.fields["consultation"].queryset = pages.order_by("-live", "title")


class EmergencyReviewForm(forms.Form):
    verdict = forms.ChoiceField(choices=EmergencyVerdict, widget=forms.RadioSelect, label="Was it right to open it?")
    note = _build_text_field("What you found", "It is sealed, and cannot be changed afterwards.")


class EmergencySearchForm(forms.Form):
    words = forms.CharField(
        label="Words that the answer may hold",
        max_length=200,
        help_text="All of them, in any order. They are not kept.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@emergency_view
def show_emergencies(request):
    """List all accesses, newest first; POST opens one."""
    form, error = OpenEmergencyForm(), ""
    if request.method == "POST":
        form, error = OpenEmergencyForm(request.POST), MISSING
        try:
            if form.is_valid():
                made = actions.open_emergency_access(
                    consultation=form.cleaned_data["consultation"], by=request.user, reason=form.cleaned_data["reason"]
                )
                messages.success(request, "It is open for one hour. Your colleagues are told.")
                return redirect("emergency:answers", made.pk)
        except NotAllowed as refused:
            error = str(refused)
    rows = EmergencyAccess.objects.select_related("consultation", "opened_by", "reviewed_by")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = build_lead_context(request, page=page, form=form, error=error)
    return render(request, f"{TEMPLATES}/list.html", context, status=422 if error else 200)


@emergency_view
def show_emergency(request, pk):
    """One access: its reason, steps and review; POST ends or reviews it."""
    rows = EmergencyAccess.objects.select_related("consultation", "opened_by", "reviewed_by")
    found, error, form = get_object_or_404(rows, pk=pk), "", EmergencyReviewForm()
    if request.method == "POST":
        try:
            if request.POST.get("do") == "end":
                actions.end_emergency_access(access=found, by=request.user)
                messages.success(request, "It is over. A colleague reviews it.")
                return redirect("emergency:emergency", found.pk)
            form, error = EmergencyReviewForm(request.POST), MISSING
            if form.is_valid():
                actions.review_emergency_access(access=found, by=request.user, **form.cleaned_data)
                messages.success(request, "Your review is kept with it.")
                return redirect("emergency:emergency", found.pk)
        except NotAllowed as refused:
            error = str(refused)
    mine = found.opened_by_id == request.user.pk
    numbers = emergency_steps.list_entry_numbers(found, request.user)
    page = Paginator(numbers, emergency_steps.PAGE_SIZE).get_page(request.GET.get("page"))
    context = build_lead_context(
        request, access=found, mine=mine, page=page, steps=emergency_steps.describe_entries(page), form=form, error=error,
        may_review=not mine and not found.is_open and not found.verdict,
    )  # fmt: skip
    return render(request, f"{TEMPLATES}/one.html", context, status=422 if error else 200)


def open_access_view(view):
    """Guard: the lead who opened the access, within its hour; others are redirected to its record."""

    @emergency_view
    @wraps(view)
    def checked(request, access, **kwargs):
        found = get_object_or_404(EmergencyAccess.objects.select_related("consultation"), pk=access)
        try:
            actions.check_access(found, request.user)
        except NotAllowed as refused:
            messages.warning(request, str(refused))
            return redirect("emergency:emergency", found.pk)
        return view(request, found, **kwargs)

    return checked


@open_access_view
def show_reachable_answers(request, access):
    """All reachable answers in pages, or those that contain the searched words."""
    form, page = EmergencySearchForm(request.POST or None), None
    found = looked = None
    if request.method == "POST" and form.is_valid():
        try:
            found, looked = actions.search_answers(access=access, by=request.user, words=form.cleaned_data["words"])
        except NotAllowed as refused:  # the hour ended during the search
            messages.warning(request, str(refused))
            return redirect("emergency:emergency", access.pk)
    else:
        answers = list_reachable_answers(access, request.user).defer("sealed")
        page = Paginator(put_flagged_first(answers), PAGE_SIZE).get_page(request.GET.get("page"))
        there = answers.in_bulk(page.object_list)
        page.object_list = [there[key] for key in page.object_list if key in there]
    shown = page if found is None else found[:MOST_FOUND]
    seen = answers_seen_with(access)
    rows = [
        {"answer": answer, "asked": build_asked_question(answer), "seen": str(answer.pk) in seen} for answer in shown
    ]
    counts = {"found": found, "found_count": len(found or ()), "looked": looked}
    context = build_lead_context(request, access=access, form=form, page=page, rows=rows, **counts)
    return render(request, f"{TEMPLATES}/answers.html", context, status=422 if form.errors else 200)


@open_access_view
@require_POST
def open_reachable_answer(request, access, pk):
    """Show the text of one answer, or bring it to triage."""
    found, error, form = get_object_or_404(list_reachable_answers(access, request.user), pk=pk), "", OpenCaseForm()
    try:
        if request.POST.get("do") == "bring":
            form, error = OpenCaseForm(request.POST), "Say how soon, and why."
            if form.is_valid():
                case = actions.bring_to_triage(access=access, answer=found, by=request.user, **form.cleaned_data)
                return redirect_to_case(request, case, "Nobody reads the answer on the desk any more.")
        words = actions.open_reachable_text(access=access, answer=found, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("emergency:answers", access.pk)
    context = build_lead_context(
        request, access=access, answer=found, asked=build_asked_question(found), words=words, form=form, error=error,
        looked_for=request.POST.get("looked_for", "")[:200],
    )  # fmt: skip
    return render(request, f"{TEMPLATES}/answer.html", context, status=422 if error else 200)

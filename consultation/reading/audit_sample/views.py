"""The audit samples: figures for readers and leads, and one answer at a time for readers."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import PostedForm
from consultation.reading import reading_queue
from consultation.reading.answer_language import CHOICES, describe_language
from consultation.reading.audit_sample import actions
from consultation.reading.audit_sample.models import DroppedFlagAudit, ScreenAudit, SecondLook
from consultation.reading.desk_context import build_desk_context
from consultation.reading.views import reading_desk_view
from consultation.responses.asked_question import build_asked_question
from consultation.responses.models import Answer

MONTHS, WEEKS = 24, 26


class AuditResultForm(PostedForm):
    result = forms.ChoiceField(
        choices=[(each, each) for each in ("fine", "missed", "skip")],
        error_messages={"required": "Say whether the screen missed something."},
    )
    why = forms.CharField(required=False)
    language = forms.ChoiceField(choices=[("", ""), *CHOICES.items()], required=False)


@staff_view("consultation.read_raw", method="GET")
def show_audit_months(request):
    """Figures by month and week; no words and no single answers."""
    audits = [(audit, actions.audit_figures(audit)) for audit in ScreenAudit.objects.all()[:MONTHS]]
    weeks = [(week, actions.count_looks(week)) for week in DroppedFlagAudit.objects.all()[:WEEKS]]
    left = SecondLook.objects.filter(result="", answer__isnull=False).exists()
    waits = request.user.has_perm("consultation.flag_to_triage") and actions.audit_answers_for(request.user).exists()
    context = build_desk_context(request, audits=audits, weeks=weeks, waits=waits, for_colleagues=left and not waits)
    return render(request, "consultation/reading/audit_sample/months.html", context)


@reading_desk_view(method="POST")
def lease_audit_answer(request):
    """Redirect to the next answer of the sample for this reader, if there is one."""
    answer = actions.lease_next_audit_answer(request.user)
    if answer is None:
        messages.info(request, "Nothing in the audit sample waits for you.")
        return redirect("reading:audit-sample")
    return redirect("reading:audit-answer", pk=answer.pk)


@reading_desk_view()
def show_audit_answer(request, pk):
    drawn = Answer.objects.filter(second_look__isnull=False).select_related("response__version")
    chosen, form = get_object_or_404(drawn, pk=pk), AuditResultForm.of(request)
    error = next(iter(form.errors.values()), [""])[0]
    try:
        if form.is_valid():
            return _save_audit_result(request, chosen, **form.cleaned_data)
    except NotAllowed as refused:
        error = str(refused)
    try:
        text = actions.open_audit_text(answer=chosen, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("reading:audit-sample")
    context = build_desk_context(
        request, answer=chosen, asked=build_asked_question(chosen), text=text, why=form.typed("why"),
        dropped=chosen.second_look.dropped_audit_id is not None,
        error=error, result=form.typed("result"),
        foreign=describe_language(answer=chosen, by=request.user, chosen=form.typed("language")),
    )  # fmt: skip
    status = 422 if error else 200
    return render(request, "consultation/reading/audit_sample/answer.html", context, status=status)


def _save_audit_result(request, chosen, result, why, language):
    if result == "skip":
        reading_queue.end_lease(chosen, request.user)
        return redirect("reading:audit-sample")
    actions.record_audit_result(answer=chosen, by=request.user, missed=result == "missed", why=why, language=language)
    if result == "missed":
        messages.success(request, "Sent to the safeguarding lead. It counts as missed.")
    return lease_audit_answer(request)

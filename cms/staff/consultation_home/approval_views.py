"""The page of whoever checks a consultation: what people will see, what changed, what the checks say, and three buttons."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from cms.staff.consultation_home.views import ConsultationLine, select_source_pages
from consultation.access import NotAllowed, may_see_consultations, staff_view
from consultation.action_forms import ActionForm
from consultation.surveys import approval_rules
from consultation.surveys.approval import actions
from consultation.surveys.consultation_state import find_state
from consultation.surveys.editor.draft_difference import list_draft_changes
from consultation.surveys.starting_points.views import describe_blocks
from consultation.surveys.validation.findings import build_findings_report

LIVE = "It is live. Everyone who has the link can answer."
COMING = "It is published. {says}"
SCHEDULED = "It is approved. {says}"
NEXT = "Approved. “{task}” comes next: whoever makes it is told."
HANDED_BACK = "It is handed back. Whoever sent it is told what to change."
DECLINED = "It is declined. Whoever sent it is told why."


class ApprovalDecisionForm(ActionForm):
    verbs = ("approve", "changes", "decline")
    seen_state = forms.CharField(required=False)
    comment = forms.CharField(required=False, max_length=2000)


@staff_view(may_see_consultations)
def show_approval(request, slug):
    page = get_object_or_404(select_source_pages(), slug=slug)
    form, error = ApprovalDecisionForm.of(request), ""
    if form.is_bound:
        try:
            messages.success(request, _decide_draft(page, request.user, form.chosen()))
            return redirect("consultations:number", page.pk)
        except NotAllowed as refused:
            error = str(refused)
    context = {"error": error, "typed": form.typed("comment"), **_build_context(page, request.user)}
    return render(request, "cms/staff/consultation_home/approval.html", context, status=422 if error else 200)


def _decide_draft(page, by, chosen):
    """Do what was pressed, and say what came of it."""
    if chosen["do"] == "changes":
        actions.ask_for_changes(page=page, by=by, comment=chosen["comment"])
        return HANDED_BACK
    if chosen["do"] == "decline":
        actions.decline_draft(page=page, by=by, comment=chosen["comment"])
        return DECLINED
    actions.approve_draft(page=page, by=by, seen_state=chosen["seen_state"], comment=chosen["comment"])
    return describe_approved(select_source_pages().get(pk=page.pk))


def describe_approved(page):
    """What came of an approval: the next step, a day, or that it is live."""
    if waiting := actions.find_running_task(page):
        return NEXT.format(task=waiting.task.name)
    state = find_state(page)
    if state.is_open:
        return LIVE
    return (COMING if page.live else SCHEDULED).format(says=state.says)


def _build_context(page, user):
    task_state = actions.find_running_task(page)
    newest = page.get_latest_revision()
    draft = newest.as_object()
    return {
        "line": ConsultationLine(page, find_state(page)),
        "page": page,
        "draft": draft,
        "task": task_state and task_state.task,
        "sent_by": task_state and task_state.workflow_state.requested_by,
        "sent_on": task_state and task_state.started_at,
        "seen_state": approval_rules.identify_draft_state(newest),
        "asked": describe_blocks(draft.body.raw_data),
        "is_small": approval_rules.corrects_what_is_live(newest),
        "changes": list_draft_changes(page.live_revision.as_object(), draft) if page.live_revision_id else None,
        "report": build_findings_report(page),
        "no_decision": actions.explain_refused_decision(page, user),
        "no_approval": actions.explain_refused_approval(page, user),
    }

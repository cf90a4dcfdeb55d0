"""Approval in the editor: it applies only to the draft that the approver saw."""

import json

from django.contrib import messages
from django.shortcuts import redirect
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from consultation.surveys import approval_rules
from consultation.surveys.approval.models import SomeoneElsesApproval
from consultation.surveys.models import ConsultationPage

EXTRA = "workflow-action-extra-data"


def is_autosave(request):
    """Whether a request is Wagtail's autosave with a workflow action.

    The autosave repeats a button that was just pressed, so the second approval would overwrite the published page.
    """
    by_itself = not request.accepts("text/html")
    return by_itself and any(name.startswith("action-") for name in request.POST)


def bind_seen_draft(request, page):
    """Add the identifier of the shown draft to a posted approval.

    Returns a redirect to the editor if someone has saved another draft since, and None otherwise.
    """
    if request.POST.get("workflow-action-name") != "approve" or not request.POST.get("action-workflow-action"):
        return None
    seen_state = f"{request.POST.get('loaded_revision_id', '')} {request.POST.get('loaded_revision_created_at', '')}"
    if not approval_rules.is_newest_draft(page, seen_state):
        messages.error(request, approval_rules.CHANGED)
        return redirect("wagtailadmin_pages:edit", page.pk)
    posted = request.POST.copy()
    posted[EXTRA] = json.dumps(_parse_comment(posted.get(EXTRA, "")) | {"seen_state": seen_state})
    request.POST = posted
    return None


def _parse_comment(text):
    """{"comment": str} of the posted extra data, or {}."""
    try:
        sent = json.loads(text or "{}")
    except ValueError:
        return {}
    return {"comment": str(sent["comment"])} if isinstance(sent, dict) and sent.get("comment") else {}


def _may_approve_elsewhere(state, user):
    """Tasks of other apps need no second person."""
    task = state["task_state"].task.specific
    return not isinstance(task, SomeoneElsesApproval) or approval_rules.may_approve(state["obj"], user)


class AwaitingApprovalPanel(WorkflowObjectsToModeratePanel):
    """The dashboard's list of what this user may approve, without consultations, which stand under “Your work” and have a
    page for it. It runs no validation and offers no approval buttons."""

    def get_context_data(self, parent_context):
        with approval_rules.draw_list_only():
            context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["states"] = [
            state
            for state in context["states"]
            if not isinstance(state["obj"], ConsultationPage) and _may_approve_elsewhere(state, user)
        ]
        return context

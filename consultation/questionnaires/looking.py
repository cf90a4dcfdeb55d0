"""Approval by people in the editor: of the draft that they had before them, and of no other."""

import json

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.forms import TaskStateCommentForm

from consultation.questionnaires import approval
from consultation.questionnaires.models import SomeoneElsesApproval


class ApprovalForm(TaskStateCommentForm):
    """With the draft that was looked at. What comes from a list, where nobody looks at a draft, has none."""

    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)


EXTRA = "workflow-action-extra-data"


def saves_by_itself(request):
    """Wagtail's editor saves by itself while the answer to a button is on its way, and sends the button along: two
    approvals at once, of which the second would write over the page that the first had opened."""
    by_itself = not request.accepts("text/html")
    return by_itself and any(name.startswith("action-") for name in request.POST)


def bind(request, page):
    """Before the editor takes an approval: the draft that it showed goes with it, in place of what was sent.

    Answers with the way back where someone saved another one meanwhile.
    """
    if request.POST.get("workflow-action-name") != "approve" or not request.POST.get("action-workflow-action"):
        return None
    looked_at = f"{request.POST.get('loaded_revision_id', '')} {request.POST.get('loaded_revision_created_at', '')}"
    if not approval.was_looked_at(page, looked_at):
        messages.error(request, approval.CHANGED)
        return redirect("wagtailadmin_pages:edit", page.pk)
    posted = request.POST.copy()
    posted[EXTRA] = json.dumps(_sent(posted.get(EXTRA, "")) | {"looked_at": looked_at})
    request.POST = posted
    return None


def _sent(text):
    """A comment, or nothing."""
    try:
        sent = json.loads(text or "{}")
    except ValueError:
        return {}
    return {"comment": str(sent["comment"])} if isinstance(sent, dict) and sent.get("comment") else {}


class WaitsForYou(WorkflowObjectsToModeratePanel):
    """What waits for this person on the first page: a list, so nothing is approved from it, and no check is run for it.
    What they made or approved before waits for someone else's eyes."""

    def get_context_data(self, parent_context):
        with approval.only_a_list():
            context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["states"] = [state for state in context["states"] if _waits_for(user, state)]
        return context


def _waits_for(user, state):
    """A task of another room asks nobody's second eyes."""
    task = state["task_state"].task.specific
    return not isinstance(task, SomeoneElsesApproval) or approval.may_approve(state["obj"], user)

"""The steps of a consultation's approval: a safety check by a safeguarding lead, then an officer who did not write it."""

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowTask

from consultation.surveys import approval_rules, publication_conditions
from consultation.surveys.models import ConsultationIndexPage
from consultation.surveys.validation.findings import has_blocking_findings

NAME = "safety check and approval"


class ApprovalForm(TaskStateCommentForm):
    """`seen_state` identifies the draft that was shown; it is empty when posted from a list, which shows no draft."""

    seen_state = forms.CharField(required=False, widget=forms.HiddenInput)


class SomeoneElsesApproval(AbstractGroupApprovalTask):
    """A group approval step: not for one's own work, not two steps by one person, not without seeing the draft."""

    class Meta:
        abstract = True

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        if not actions:
            return []
        if approval_rules.is_drawing_list_only():
            return [action for action in actions if action[0] != "approve"]
        if approval_rules.may_approve(obj, user) and not self.is_held_back(obj):
            return actions
        return [action for action in actions if action[0] != "approve"]

    def is_made_by(self, user):
        """Whether the step belongs to a role of this person."""
        return self.groups.filter(id__in=user.groups.values("id")).exists()

    @transaction.atomic
    def on_action(self, task_state, user, action_name, seen_state=None, **kwargs):
        """Checked again here: a person who edits and approves in one request has become an author.

        `seen_state` identifies the draft that the approver saw (approval_rules.identify_draft_state): nobody approves a
        draft they did not see. Trusted code leaves it out.
        """
        page = task_state.workflow_state.content_object
        if action_name == "approve" and seen_state is not None:
            page = type(page).objects.select_for_update().get(pk=page.pk)
            if not approval_rules.is_newest_draft(page, seen_state):
                raise PermissionDenied(approval_rules.CHANGED)
            task_state.revision = page.get_latest_revision()
        if action_name == "approve" and (self.is_held_back(page) or not approval_rules.may_approve(page, user)):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_form_for_action(self, action):
        return ApprovalForm if action == "approve" else super().get_form_for_action(action)

    def is_held_back(self, page):
        """Whether something about the draft itself forbids its approval by anybody."""
        return False


class SafetyCheckTask(SomeoneElsesApproval):
    class Meta:
        verbose_name = "safety check of a consultation"

    def is_held_back(self, page):
        return has_blocking_findings(page)


class ApprovalTask(SomeoneElsesApproval):
    class Meta:
        verbose_name = "approval of a consultation"

    def start(self, workflow_state, user=None):
        """Pass this step over for a small correction of what is live, which `user` has just checked and did not make."""
        page = workflow_state.content_object
        newest = page.get_latest_revision()
        is_small = approval_rules.corrects_what_is_live(newest) and not approval_rules.has_saved(page, user)
        if not is_small or self.is_held_back(page):
            return super().start(workflow_state, user=user)
        passed = {"task": self, "revision": newest, "status": TaskState.STATUS_SKIPPED}
        return self.get_task_state_class().objects.create(workflow_state=workflow_state, **passed)

    def is_held_back(self, page):
        """The last step publishes, so it waits until every publication condition holds."""
        blocked = has_blocking_findings(page)
        return blocked or bool(publication_conditions.explain_blocked(page.get_latest_revision_as_object()))


STEPS = ((SafetyCheckTask, "Safety check", "safeguarding_lead"), (ApprovalTask, "Approval", "engagement_officer"))


def ensure_workflow():
    """Create the workflow where missing and assign it to every consultation index. Membership is managed elsewhere."""
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    for order, (model, name, group) in enumerate(STEPS):
        task = model.objects.filter(name=name).first() or model.objects.create(name=name)
        task.groups.add(Group.objects.get_or_create(name=group)[0])
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": order})
    for index in ConsultationIndexPage.objects.all():
        WorkflowPage.objects.get_or_create(page=index.page_ptr, defaults={"workflow": workflow})
    return workflow

"""Pages that one officer writes and another publishes: news, the home page and information pages such as privacy."""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowTask

from cms.site.page_approval.number_removals import removes_only_numbers
from consultation.surveys import approval_rules
from consultation.surveys.approval.models import SomeoneElsesApproval

SAID_IN_EDITOR = (
    "Another officer looks at your changes and publishes them. If you only take a phone number out, your page changes "
    "at once."
)
WORKFLOW_NAME = "approval of pages"


class ApprovedPage(approval_rules.KeepsSubmittedDrafts):
    """Mixin of a page that goes live by its workflow alone, also when a live page is changed."""

    def permissions_for_user(self, user):
        return approval_rules.WorkflowOnlyPermissions(user, self)

    def publish(self, revision, user=None, *args, skip_permission_checks=False, **kwargs):
        """Raises PublishPagePermissionError where nobody but its author approved the revision."""
        if not skip_permission_checks and not approval_rules.may_go_live(revision):
            raise PublishPagePermissionError("A second person publishes this page: hand it on for approval.")
        return super().publish(revision, user, *args, skip_permission_checks=True, **kwargs)


class NewsApprovalTask(SomeoneElsesApproval):
    """Workflow task: another officer than the writers approves. An edit that only takes numbers down needs nobody else,
    because a wrong number must go at once. (Named when news alone had it: renaming its table would stop a running site.)"""

    class Meta:
        verbose_name = "approval of a page"

    def start(self, workflow_state, user=None):
        state: Any = super().start(workflow_state, user=user)
        page = workflow_state.content_object
        live = Page.objects.filter(pk=page.pk, live=True).specific().first()
        if live and removes_only_numbers(live, state.revision.as_object()):
            state.status = TaskState.STATUS_APPROVED
            state.finished_by = user
            state.save()
        return state


__all__ = ["NewsApprovalTask"]


def ensure_page_approval(home: Page) -> Workflow:
    """Attach the workflow to a home page and all pages below that have no workflow of their own; safe to run again."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    task = NewsApprovalTask.objects.first() or NewsApprovalTask.objects.create(name="Approval")
    task.groups.add(Group.objects.get_or_create(name="engagement_officer")[0])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=Page.objects.get(pk=home.pk), defaults={"workflow": workflow})
    return workflow

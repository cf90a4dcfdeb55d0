"""Pages that one officer writes and another publishes: news, the home page and information pages such as privacy."""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowTask

from cms.site.page_approval.number_removals import removes_only_numbers
from consultation.surveys.approval.models import SomeoneElsesApproval

WORKFLOW_NAME = "approval of pages"


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


def ensure_page_approval(home: Page) -> Workflow:
    """Attach the workflow to a home page and all pages below that have no workflow of their own; safe to run again."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    task = NewsApprovalTask.objects.first() or NewsApprovalTask.objects.create(name="Approval")
    task.groups.add(Group.objects.get_or_create(name="engagement_officer")[0])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=Page.objects.get(pk=home.pk), defaults={"workflow": workflow})
    return workflow

"""Sets up the approval workflow of the site's own pages."""

from django.contrib.auth.models import Group
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from cms.site.page_approval.models import NewsApprovalTask

WORKFLOW_NAME = "approval of pages"


def ensure_page_approval(home: Page) -> Workflow:
    """Attach the workflow to a home page and all pages below that have no workflow of their own; safe to run again."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    task = NewsApprovalTask.objects.first() or NewsApprovalTask.objects.create(name="Approval")
    task.groups.add(Group.objects.get_or_create(name="engagement_officer")[0])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=Page.objects.get(pk=home.pk), defaults={"workflow": workflow})
    return workflow

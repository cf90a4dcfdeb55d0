"""Sets up the approval workflow of news."""

from django.contrib.auth.models import Group
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from cms.site.news.models import NewsApprovalTask, NewsIndexPage

WORKFLOW_NAME = "second look at news"


def ensure_news_workflow():
    """Attach the workflow to every news index; safe to run again."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    task = NewsApprovalTask.objects.first() or NewsApprovalTask.objects.create(name="Second look")
    task.groups.add(Group.objects.get_or_create(name="engagement_officer")[0])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    for index in NewsIndexPage.objects.all():
        WorkflowPage.objects.get_or_create(page=index.page_ptr, defaults={"workflow": workflow})
    return workflow

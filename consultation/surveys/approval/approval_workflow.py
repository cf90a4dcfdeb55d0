"""Sets up the approval workflow: a safety check by a safeguarding lead, then approval by an officer."""

from django.contrib.auth.models import Group
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from consultation.surveys.approval.models import ApprovalTask, SafetyCheckTask
from consultation.surveys.models import ConsultationIndexPage

NAME = "safety check and approval"
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

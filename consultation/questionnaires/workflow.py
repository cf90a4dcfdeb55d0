"""From draft to published: a safety check by a lead, then approval by an officer; nobody approves their own."""

from django.contrib.auth.models import Group
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from consultation.questionnaires.models import ApprovalTask, ConsultationIndexPage, SafetyCheckTask

NAME = "safety check and approval"
STEPS = ((SafetyCheckTask, "Safety check", "safeguarding_lead"), (ApprovalTask, "Approval", "engagement_officer"))


def ensure_workflow():
    """The workflow on every index of consultations; makes what is missing. The groups get their members elsewhere."""
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    for order, (model, name, group) in enumerate(STEPS):
        task = model.objects.filter(name=name).first() or model.objects.create(name=name)
        task.groups.add(Group.objects.get_or_create(name=group)[0])
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": order})
    for index in ConsultationIndexPage.objects.all():
        WorkflowPage.objects.get_or_create(page=index.page_ptr, defaults={"workflow": workflow})
    return workflow

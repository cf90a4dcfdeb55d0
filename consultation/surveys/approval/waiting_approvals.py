"""Consultations whose approval waits for one person."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import TaskState, WorkflowState

from consultation.surveys import approval_rules
from consultation.surveys.approval.models import SomeoneElsesApproval
from consultation.surveys.models import ConsultationPage


@dataclass(frozen=True)
class WaitingApproval:
    page: ConsultationPage
    task: str


def list_waiting_for(user: Any) -> list[WaitingApproval]:
    """In the order in which they were sent; without those that this person may not approve. It runs no validation."""
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )
    found = []
    for state in waiting.select_related("task", "workflow_state").order_by("pk"):
        task, page = state.task.specific, state.workflow_state.content_object.specific
        if isinstance(page, ConsultationPage) and not page.is_translation and _is_for(task, page, user):
            found.append(WaitingApproval(page, task.name))
    return found


def _is_for(task: Any, page: Any, user: Any) -> bool:
    return isinstance(task, SomeoneElsesApproval) and task.is_made_by(user) and approval_rules.may_approve(page, user)

"""The three verbs of whoever checks a consultation: approve, ask for changes, decline. Wagtail's workflow keeps the states,
and its log who did what and why."""

from typing import Any

from django.db import transaction
from wagtail.models import WorkflowState

from consultation.access import NotAllowed, refuse_for, require_words
from consultation.surveys import approval_rules
from consultation.surveys.approval.models import SomeoneElsesApproval

WAITS_NOT = "It does not wait for approval any more. Look at its home to see where it is."
OTHER_ROLE = "“{task}” is for another role: {roles}."
OWN_WORK = "You worked on this draft, or sent it. Somebody else approves it."
OTHER_STEP = "You approved the step before this one. Somebody else approves this one."
HELD_BACK = "Something still stops it. The checks below say what, and where it is mended."
DECLINED = "Declined: "


def find_running_task(page: Any) -> Any | None:
    """The state of the step that waits for somebody; None if the page waits for nobody."""
    state = page.current_workflow_state
    running = state and state.status == WorkflowState.STATUS_IN_PROGRESS and state.current_task_state
    task_state = running.specific if running else None
    return task_state if task_state and isinstance(task_state.task.specific, SomeoneElsesApproval) else None


def _require_running_task(page: Any) -> Any:
    if (task_state := find_running_task(page)) is None:
        raise NotAllowed(WAITS_NOT)
    return task_state


def explain_refused_decision(page: Any, user: Any) -> str:
    """Why this person may not say anything about the step that waits; "" if they may."""
    task_state = find_running_task(page)
    if task_state is None:
        return WAITS_NOT
    task = task_state.task.specific
    roles = ", ".join(task.groups.order_by("name").values_list("name", flat=True))
    return "" if task.is_made_by(user) else OTHER_ROLE.format(task=task.name, roles=roles.replace("_", " "))


def explain_refused_approval(page: Any, user: Any) -> str:
    """Why this person may not approve the step that waits; "" if they may. To ask for changes needs less."""
    if refused := explain_refused_decision(page, user):
        return refused
    if user.pk in approval_rules.list_author_ids(page):
        return OWN_WORK
    if not approval_rules.may_approve(page, user):
        return OTHER_STEP
    return HELD_BACK if _require_running_task(page).task.specific.is_held_back(page) else ""


@transaction.atomic
def approve_draft(*, page: Any, by: Any, seen_state: str, comment: str = "") -> None:
    """Approve the draft that was shown (`seen_state`: approval_rules.identify_draft_state); the last step publishes it."""
    page = _lock_page(page)
    refuse_for(explain_refused_approval(page, by))
    if not approval_rules.is_newest_draft(page, seen_state):
        raise NotAllowed(approval_rules.CHANGED)
    task_state = _require_running_task(page)
    task_state.task.specific.on_action(task_state, by, "approve", seen_state=seen_state, comment=comment.strip())


@transaction.atomic
def ask_for_changes(*, page: Any, by: Any, comment: str) -> None:
    """Hand the draft back to whoever sent it, who reads the comment and sends it again."""
    _reject_draft(page, by, comment, "Say what has to change. Whoever sent it reads this.")


@transaction.atomic
def decline_draft(*, page: Any, by: Any, comment: str) -> None:
    """End this approval: the draft is kept, waits for nobody, and would begin anew."""
    _reject_draft(page, by, comment, "Say why. Whoever sent it reads this.", prefix=DECLINED)
    _lock_page(page).current_workflow_state.cancel(user=by)


def _reject_draft(page: Any, by: Any, comment: str, missing: str, prefix: str = "") -> None:
    page = _lock_page(page)
    refuse_for(explain_refused_decision(page, by))
    require_words(comment, missing)
    task_state = _require_running_task(page)
    task_state.task.specific.on_action(task_state, by, "reject", comment=f"{prefix}{comment.strip()}")


def _lock_page(page: Any) -> Any:
    return type(page).objects.select_for_update().get(pk=page.pk)

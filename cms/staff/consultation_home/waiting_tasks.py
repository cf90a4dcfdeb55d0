"""What waits in a consultation, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model

from cms.accounts.roles import ROLES
from cms.staff.task_list import due_task_sources
from cms.staff.task_list.policies import DueTask


@dataclass(frozen=True)
class WaitingTask:
    """`whom`: names, or roles where it is everyone's. `url`: "" for whom it does not open."""

    task: DueTask
    whom: str
    url: str
    is_yours: bool


def group_by_consultation(today: date) -> dict[int, list[DueTask]]:
    """{consultation id: what is due in it, by date, undated last}."""
    found: dict[int, list[DueTask]] = {}
    for task in due_task_sources.list_due_tasks(today):
        if task.about is not None:
            found.setdefault(task.about, []).append(task)
    for tasks in found.values():
        tasks.sort(key=lambda task: (task.day is None, task.day or date.max, task.kind, task.title))
    return found


def describe_waiting_tasks(tasks: Iterable[DueTask], user: Any) -> list[WaitingTask]:
    tasks = list(tasks)
    names = get_user_model().objects.in_bulk({pk for task in tasks for pk in task.people})
    return [_describe_task(task, user, names) for task in tasks]


def _describe_task(task: DueTask, user: Any, names: dict[int, Any]) -> WaitingTask:
    may = user.has_perm(task.permission)
    whom = ", ".join(str(names[pk]) for pk in sorted(task.people) if pk in names) or _describe_roles(task, user)
    return WaitingTask(task, whom, task.url if may else "", may and task.is_for(user.pk))


def _describe_roles(task: DueTask, user: Any) -> str:
    """The roles whose people may do it: “engagement officer, not you”."""
    roles = " or ".join(role.label.lower() for role in ROLES.values() if task.permission in role.permissions)
    return f"{roles}, but not you" if user.pk in task.but_not and user.has_perm(task.permission) else roles

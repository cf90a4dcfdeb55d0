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
class WaitingTasks:
    """Tasks of one kind, day and consequence. `whom`: names, or roles where it is everyone's."""

    tasks: list[DueTask]
    whom: str
    may_open: bool
    is_yours: bool

    @property
    def kind(self) -> str:
        return self.tasks[0].kind

    @property
    def day(self) -> date | None:
        return self.tasks[0].day

    @property
    def then(self) -> str:
        return self.tasks[0].then


def group_by_consultation(today: date) -> dict[int, list[DueTask]]:
    """{consultation id: what is due in it, by date, undated last}."""
    found: dict[int, list[DueTask]] = {}
    for task in due_task_sources.list_due_tasks(today):
        if task.about is not None:
            found.setdefault(task.about, []).append(task)
    for tasks in found.values():
        tasks.sort(key=lambda task: (task.day is None, task.day or date.max, task.kind, task.title))
    return found


def describe_waiting_tasks(tasks: Iterable[DueTask], user: Any) -> list[WaitingTasks]:
    tasks = list(tasks)
    names = get_user_model().objects.in_bulk({pk for task in tasks for pk in task.people})
    found: dict[Any, list[DueTask]] = {}
    for task in tasks:
        alike = (task.kind, task.day, task.then, task.permission, task.people, task.but_not)
        found.setdefault(alike, []).append(task)
    return [_describe_tasks(alike, user, names) for alike in found.values()]


def _describe_tasks(alike: list[DueTask], user: Any, names: dict[int, Any]) -> WaitingTasks:
    task = alike[0]
    may = user.has_perm(task.permission)
    whom = ", ".join(str(names[pk]) for pk in sorted(task.people) if pk in names) or _describe_roles(task, user)
    return WaitingTasks(alike, whom, may, may and task.is_for(user.pk))


def _describe_roles(task: DueTask, user: Any) -> str:
    """The roles whose people may do it: “engagement officer, not you”."""
    roles = " or ".join(role.label.lower() for role in ROLES.values() if task.permission in role.permissions)
    return f"{roles}, but not you" if user.pk in task.but_not and user.has_perm(task.permission) else roles

"""The list of consultations, and the home of one with what waits in it, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from wagtail.models import Revision

from cms.accounts.roles import ROLES
from cms.staff.consultation_home.rooms import EDIT, list_rooms
from cms.staff.task_list import due_task_sources
from cms.staff.task_list.policies import DueTask
from consultation.access import may_see_consultations, staff_view
from consultation.channels.short_links.models import Outlet
from consultation.channels.short_links.qr_codes import render_inline_qr_svg
from consultation.surveys.consultation_state import LABELS, ConsultationState, Stage, find_state, find_states
from consultation.surveys.immediate_closure import find_staff_reason
from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points import publishing_guide
from insights.representation.representation_overview import describe_answers

LINES_A_PAGE = 20
# What runs first, then what comes, then what was.
ORDER = (
    Stage.OPEN, Stage.COMING, Stage.SCHEDULED, Stage.NEVER_OPENED, Stage.DRAFT, Stage.CLOSED, Stage.TAKEN_DOWN
)  # fmt: skip


@staff_view(may_see_consultations, method="GET")
def show_consultations(request):
    chosen = ConsultationFilter(request.GET)
    lines = list_lines(chosen.cleaned_data if chosen.is_valid() else {})
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = add_drafted_days(page.object_list)
    today = timezone.localdate()
    due = group_by_consultation(today)
    rows = [(line, next(iter(due.get(line.page.pk, ())), None)) for line in page]
    context = {
        "form": chosen,
        "page": page,
        "today": today,
        "rows": rows,
        "filtered": any(chosen.data.get(name) for name in chosen.fields),
    }
    return render(request, "cms/staff/consultation_home/list.html", context)


@staff_view(may_see_consultations, method="GET")
def show_home(request, slug):
    page = get_object_or_404(select_source_pages(), slug=slug)
    state = find_state(page)
    due = group_by_consultation(timezone.localdate()).get(page.pk, [])
    context = {
        "line": add_drafted_days([ConsultationLine(page, state)])[0],
        "page": page,
        "state": state,
        "stop": find_staff_reason(page) if state.stopped else None,
        "answers": describe_answers(page) if page.first_published_at else "",
        "waiting": describe_waiting_tasks(due, request.user),
        "next": next((task for task in due if task.day), None),
        "today": timezone.localdate(),
        "rooms": list_rooms(page, state, request.user),
    }
    context |= _build_link(page) | _build_steps(page, request.user)
    return render(request, "cms/staff/consultation_home/home.html", context)


def _build_link(page):
    """The public address with its QR code, and the posters that there are; empty while nobody can open the page."""
    if not page.live:
        return {}
    address = settings.SITE_URL.rstrip("/") + page.get_url_parts()[2]
    posters = page.printed_links.filter(channel=Outlet.POSTER, off=False).order_by("label")
    return {"address": address, "code": render_inline_qr_svg(address), "posters": posters}


def _build_steps(page, user):
    """The steps to publishing, for an officer, while something is not published."""
    if not user.has_perm(EDIT) or (page.live and not page.has_unpublished_changes):
        return {}
    return {
        "steps": publishing_guide.build_steps(page),
        "may_send": publishing_guide.may_send_for_approval(page),
        "hidden": publishing_guide.is_guide_hidden(user),
    }


@staff_view(may_see_consultations, method="GET")
def redirect_to_home(request, pk):
    """The home by number, for links made before a draft had its last title."""
    return redirect("consultations:home", get_object_or_404(select_source_pages(), pk=pk).slug)


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


class ConsultationFilter(forms.Form):
    words = forms.CharField(label="Words of the title", max_length=80, required=False)
    state = forms.ChoiceField(
        choices=[("", "Any"), *((stage.value, LABELS[stage]) for stage in ORDER)], required=False
    )


@dataclass(frozen=True)
class ConsultationLine:
    """`drafted`: the first and the last day of the draft, where nothing is live."""

    page: Any
    state: ConsultationState
    drafted: tuple[date | None, date | None] = (None, None)

    @property
    def title(self) -> str:
        """The public title; of one that was never published, that of its newest draft."""
        return str(self.page.title if self.page.first_published_at else self.page.draft_title)

    @property
    def dates(self) -> str:
        """“10 December 2026 to 10 January 2027”; "" without a first day, and where no day makes sense."""
        first, last = (self.state.opens, self.state.last_day) if self.page.live else self.drafted
        if first is None or self.state.stage is Stage.NEVER_OPENED:
            return ""
        return f"{first:%-d %B %Y} to {last:%-d %B %Y}" if last else f"From {first:%-d %B %Y}, with no last day"


def add_drafted_days(lines: Iterable[ConsultationLine]) -> list[ConsultationLine]:
    """The lines with the days of their drafts, in one query."""
    lines = list(lines)
    newest = Revision.objects.in_bulk({line.page.latest_revision_id for line in lines if not line.page.live} - {None})
    return [replace(line, drafted=_read_days(newest.get(line.page.latest_revision_id))) for line in lines]


def _read_days(draft: Any) -> tuple[date | None, date | None]:
    said = draft.content if draft else {}
    first, last = (parse_date(said.get(name) or "") for name in ("opens", "closes"))
    return first, last


def select_source_pages() -> QuerySet[ConsultationPage]:
    """All consultations, drafts too, in the source language."""
    return ConsultationPage.objects.sources().defer("body").select_related("locale")


def list_lines(chosen: dict[str, str]) -> list[ConsultationLine]:
    pages = select_source_pages()
    if words := chosen.get("words"):
        pages = pages.filter(Q(title__icontains=words) | Q(draft_title__icontains=words))
    found = list(pages)
    states = find_states(found)
    lines = [ConsultationLine(page, states[page.pk]) for page in found]
    kept = [line for line in lines if chosen.get("state") in ("", None, line.state.stage.value)]
    return sorted(kept, key=_sort_key)


def _sort_key(line: ConsultationLine) -> tuple[int, float, str]:
    """What ends first stands first while it runs; of what is over, the newest."""
    state, last = line.state, (line.state.last_day or date.max).toordinal()
    over = state.stage in (Stage.CLOSED, Stage.TAKEN_DOWN)
    return ORDER.index(state.stage), -last if over else last, line.title

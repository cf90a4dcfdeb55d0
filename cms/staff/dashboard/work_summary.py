"""A colleague's open work in sentences, from few cheap queries, for the first page of Wagtail's admin.

A line names the work, never a slow colleague. Nothing secret is shown: of the safeguarding board only the link.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.accounts.agreements import Agreement
from cms.accounts.models import RoleRequest
from cms.api.models import ApiClient
from cms.operations.backups.readiness import last_verified_day
from cms.operations.launch.live_state import is_live
from cms.operations.service_state.running_checks import list_alarms
from cms.site.hear_by_right.listening_standards import list_standards
from cms.site.hear_by_right.models import SelfAssessment
from cms.site.news.models import NewsIndexPage
from cms.staff.task_list import due_task_sources
from cms.staff.task_list.policies import DueTask, visible_tasks
from consultation.surveys.starting_points import publishing_guide

AGREEMENT_ENDS = timedelta(days=30)
PLURAL_LINES = {
    "Opens": "{n} consultations open soon.",
    "Closes": "{n} consultations close soon.",
    "Second person": "{n} things wait for a second person.",
    "What came of it": "{n} words on what came of decisions wait for a second person.",
    "Our answer": "{n} consultations wait for our answer.",
    "News owed": "News is owed on {n} decisions.",
    "Help": "{n} places that help were not checked in the last 90 days.",
    "Help number": "{n} new numbers of places that help wait for a second person.",
    "Words of the site": "New words of {n} languages wait for a second person.",
    "Promise in public": "{n} promises in public wait for a second person.",
    "What a group sent": "{n} groups sent what they will do, and nobody has read it.",
}
NAMED_EACH = {"Approval"}  # somebody waits for this very person
OTHER_LINES = "{kind}: {n} tasks."


@dataclass(frozen=True)
class WorkLine:
    says: str
    url: str


@dataclass(frozen=True)
class WorkSection:
    title: str
    lines: list[WorkLine]
    rooms: list[WorkLine]  # links to the pages of this work, shown even when nothing waits


def _list_officer_work(user: Any) -> Iterator[WorkLine]:
    for page in publishing_guide.list_unpublished_drafts(user):
        where = "with others now" if page.workflow_in_progress else "a draft"
        yield WorkLine(f"“{page.draft_title}”: {where}.", reverse("consultations:home", args=[page.slug]))
    yield from _list_due_work(user)
    asked = {each.id for standard in list_standards() for each in standard.indicators}
    if unseen := asked - set(SelfAssessment.objects.values_list("indicator", flat=True)):
        yield WorkLine(
            f"How well we listen: {len(unseen)} of {len(asked)} not looked at.",
            reverse("standards:assessment"),
        )


def _list_due_work(user: Any) -> Iterator[WorkLine]:
    """One line per kind of the colleague's due tasks, for approvals one each; the task list has the details."""
    by_kind: dict[str, list[DueTask]] = {}
    for item in visible_tasks(due_task_sources.list_summary_tasks(timezone.localdate()), user=user, mine=True):
        by_kind.setdefault(item.kind, []).append(item)
    for kind, of in by_kind.items():
        if len(of) == 1 or kind in NAMED_EACH:
            for item in of:
                day = f", {item.day:%-d %B}" if item.day else ""
                yield WorkLine(f"{item.kind}{day}: {item.title}", item.url)
        else:
            says = PLURAL_LINES.get(kind, OTHER_LINES).format(n=len(of), kind=kind)
            yield WorkLine(says, reverse("task-list"))


def _list_lead_work(user: Any) -> Iterator[WorkLine]:
    """The way to triage, of which nothing is said here; and due tasks, unless the lead is also an officer and has them in
    the section above."""
    yield WorkLine("What waits in triage, and for how long, stands there alone.", reverse("safeguarding:board"))
    if not user.has_perm("consultation.edit_consultation"):
        yield from _list_due_work(user)


def _list_administrator_work(user: Any) -> Iterator[WorkLine]:
    today = timezone.localdate()
    yield from _list_service_lines(today)
    if number := RoleRequest.objects.current().exclude(asked_by=user).exclude(person=user).count():
        says = "One role waits for your yes." if number == 1 else f"{number} roles wait for your yes."
        yield WorkLine(says, reverse("people:list"))
    for agreement in Agreement.objects.waiting().exclude(added_by=user).select_related("agency"):
        yield WorkLine(f"The agreement with {agreement.agency} waits for your yes.", reverse("people:agreements"))
    for client in ApiClient.objects.waiting().exclude(made_by=user).select_related("agency"):
        yield WorkLine(f"The token of {client} waits for your yes.", reverse("people:programs"))
    ending = Agreement.objects.in_date(today).filter(ends__lte=today + AGREEMENT_ENDS).order_by("ends")
    for agreement in ending:
        says = f"The agreement with {agreement.agency} ends on {agreement.ends:%-d %B}."
        yield WorkLine(says, reverse("people:agreements"))


def _list_service_lines(today: date) -> Iterator[WorkLine]:
    """What is stuck, and the age of the last backup that can be restored."""
    url = reverse("service-state")
    for alarm in list_alarms():
        yield WorkLine(f"Stuck: {alarm.check.title}. {alarm.result.says}", url)
    if day := last_verified_day():
        age = {0: "today", 1: "yesterday"}.get((today - day).days, f"{(today - day).days} days ago")
        yield WorkLine(f"The last verified backup was made {age}.", url)


ROOMS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "officer": (
        ("Consultations", "consultations:list", ""),
        ("Start a consultation", "start:start", ""),
        ("What is due", "task-list", ""),
        ("Write news", "news", ""),
        ("Who will read", "readers:list", "consultation.close_survey"),
        ("Insights", "insights:home", "insights.view_reports"),
    ),
    "lead": (
        ("Consultations", "consultations:list", "consultation.safety_check"),
        ("Triage", "safeguarding:board", ""),
        ("What is due", "task-list", "consultation.safety_check"),
        ("Working hours", "hours", "consultation.edit_help"),
        ("Seeded answers", "reading:seeded-answers", ""),
    ),
    "administrator": (("People", "people:list", ""), ("Agreements", "people:agreements", "")),
    "reader": (("Reading desk", "reading:desk", ""), ("Import", "imports:list", "")),
}
SECTIONS: tuple[tuple[str, str, str, Callable[[Any], Iterator[WorkLine]] | None], ...] = (
    ("officer", "Consultations and news", "consultation.edit_consultation", _list_officer_work),
    ("lead", "Safeguarding", "consultation.see_triage", _list_lead_work),
    ("reader", "Reading", "consultation.enter_answers", None),
    ("administrator", "People", "consultation.manage_users", _list_administrator_work),
)


def list_work_sections(user: Any) -> list[WorkSection]:
    """One section for each kind of work that the user's permissions cover."""
    found = []
    for name, title, permission, lines in SECTIONS:
        if user.has_perm(permission):
            rooms = [
                WorkLine(label, _resolve_room_url(route))
                for label, route, needed in ROOMS[name]
                if not needed or user.has_perm(needed)
            ]
            found.append(WorkSection(title, list(lines(user)) if lines else [], rooms))
    if found and not is_live():
        says = "The site is not live: the launch checklist says what is missing."
        found[0].lines.append(WorkLine(says, reverse("launch:checklist")))
    return found


def _resolve_room_url(route: str) -> str:
    if route != "news":
        return reverse(route)
    index = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).only("pk").first()
    return reverse("wagtailadmin_explore", args=[index.pk]) if index else reverse("wagtailadmin_explore_root")


class YourWorkPanel(Component):
    order = 10
    template_name = "cms/staff/dashboard/your_work.html"

    def get_context_data(self, parent_context=None):
        return {"sections": list_work_sections(parent_context["request"].user)}

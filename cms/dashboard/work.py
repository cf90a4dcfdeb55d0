"""What waits for this person, in words, each line one cheap question: on the first page of Wagtail's admin.

A line says what can be done, never who is slow. What is secret stays in its room: of the safeguarding board there is
only the way in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from cms.accounts.agreements import Agreement
from cms.accounts.models import RoleRequest
from cms.launch.state import is_live
from cms.news.models import NewsApprovalTask
from cms.standards.models import SelfAssessment
from cms.standards.table import indicators
from consultation.questionnaires.models import ApprovalTask, ConsultationPage, SafetyCheckTask
from insights.decisions.models import Decision, DecisionStatus

SOON, AGREEMENT_ENDS = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class Line:
    says: str
    url: str


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]
    rooms: list[Line]  # where this work is done, whether anything waits or not


def counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(n=number)


def _waiting_for(*tasks: type[Model]) -> Any:
    """States of pages that are at one of these steps of their workflow now."""
    found = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    found = found.filter(workflow_state__status=WorkflowState.STATUS_IN_PROGRESS)
    return found.filter(task__content_type__model__in=[task._meta.model_name for task in tasks]).order_by("pk")


def _officer(user: Any) -> Iterator[Line]:
    today = timezone.localdate()
    if number := _waiting_for(ApprovalTask, NewsApprovalTask).count():
        says = counted(number, "One page waits for an officer to approve it.", "{n} pages wait for approval.")
        yield Line(f"{says} Someone other than the writer does it.", reverse("wagtailadmin_reports:workflow_tasks"))
    for page in _closing(today):
        yield Line(f"“{page.title}” closes on {page.closes:%-d %B}.", reverse("dates:consultation", args=[page.pk]))
    drafts = Decision.objects.filter(status=DecisionStatus.DRAFT).exclude(created_by=user).count()
    if drafts:
        says = counted(drafts, "One decision waits for a second person.", "{n} decisions wait for a second person.")
        yield Line(says, reverse("insights:home"))
    late = Decision.objects.published().late(today).count()
    if late:
        says = counted(late, "One promise has passed its day.", "{n} promises have passed their day.")
        yield Line(f"{says} People see that: write what is new.", reverse("insights:home"))
    unseen = len(indicators()) - len(SelfAssessment.objects.values_list("indicator", flat=True).distinct())
    if unseen > 0:
        yield Line(
            f"How well we listen: {unseen} of {len(indicators())} not looked at.", reverse("standards:assessment")
        )


def _closing(today: Any) -> Any:
    pages = ConsultationPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    return pages.filter(closes__gte=today, closes__lte=today + SOON).only("title", "closes", "pk").order_by("closes")


def _lead(user: Any) -> Iterator[Line]:
    if pages := list(_waiting_for(SafetyCheckTask).values_list("workflow_state__object_id", flat=True)):
        says = counted(
            len(pages), "One consultation waits for a safety check.", "{n} consultations wait for a safety check."
        )
        yield Line(says, reverse("wagtailadmin_pages:edit", args=[pages[0]]))


def _administrator(user: Any) -> Iterator[Line]:
    today = timezone.localdate()
    if number := RoleRequest.objects.current().exclude(asked_by=user).exclude(person=user).count():
        says = counted(number, "One role waits for your yes.", "{n} roles wait for your yes.")
        yield Line(says, reverse("people:list"))
    ending = Agreement.objects.in_date(today).filter(ends__lte=today + AGREEMENT_ENDS).order_by("ends")
    for agreement in ending:
        says = f"The agreement with {agreement.agency} ends on {agreement.ends:%-d %B}."
        yield Line(says, reverse("people:agreements"))


def _anyone_who_launches(user: Any) -> Iterator[Line]:
    if not is_live():
        yield Line("The site is not live: the launch checklist says what is missing.", reverse("launch:checklist"))


ROOMS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "officer": (
        ("Write news", "news", ""),
        ("Who will read", "readers:list", "consultation.close_survey"),
        ("Get it out", "get-it-out:list", ""),
        ("Insights", "insights:home", "insights.view_reports"),
    ),
    "lead": (
        ("Safeguarding board", "safeguarding:board", ""),
        ("Working hours", "hours", "consultation.edit_help"),
        ("Practice answers", "reading:practice", ""),
    ),
    "administrator": (("People", "people:list", ""), ("Agreements", "people:agreements", "")),
    "reader": (("Reading desk", "reading:desk", ""), ("Imports", "imports:list", "")),
}
SECTIONS: tuple[tuple[str, str, str, Callable[[Any], Iterator[Line]] | None], ...] = (
    ("officer", "Consultations and news", "consultation.edit_consultation", _officer),
    ("lead", "Safeguarding", "consultation.see_triage", _lead),
    ("reader", "Reading", "consultation.enter_answers", None),
    ("administrator", "People", "consultation.manage_users", _administrator),
)


def work_of(user: Any) -> list[Section]:
    """One section for each kind of work that this person has here."""
    found = []
    for name, title, permission, lines in SECTIONS:
        if user.has_perm(permission):
            rooms = [Line(label, _address(route)) for label, route, needed in ROOMS[name] if _may(user, needed)]
            found.append(Section(title, list(lines(user)) if lines else [], rooms))
    if found:
        found[0].lines.extend(_anyone_who_launches(user))
    return found


def _may(user: Any, permission: str) -> bool:
    return not permission or user.has_perm(permission)


def _address(route: str) -> str:
    if route != "news":
        return reverse(route)
    from cms.news.models import NewsIndexPage

    index = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).only("pk").first()
    return reverse("wagtailadmin_explore", args=[index.pk]) if index else reverse("wagtailadmin_explore_root")

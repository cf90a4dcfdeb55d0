"""A colleague's open work in sentences, from few cheap queries, for the first page of Wagtail's admin.

A line names the work, never a slow colleague. Nothing secret is shown: of the safeguarding board only the link.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cms.accounts.agreements import Agreement
from cms.accounts.models import RoleRequest
from cms.due import board
from cms.due.policies import Item, shown
from cms.launch.state import is_live
from cms.news.models import NewsIndexPage
from cms.standards.models import SelfAssessment
from cms.standards.table import indicators
from consultation.questionnaires.starting import guide

AGREEMENT_ENDS = timedelta(days=30)
MANY = {
    "Opens": "{n} consultations open soon.",
    "Closes": "{n} consultations close soon.",
    "Second person": "{n} things wait for a second person.",
    "What came of it": "{n} words on what came of decisions wait for a second person.",
    "Answer": "{n} consultations wait for our answer.",
    "News owed": "News is owed on {n} decisions.",
    "Help": "{n} places that help were not checked in the last 90 days.",
}


@dataclass(frozen=True)
class Line:
    says: str
    url: str


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]
    rooms: list[Line]  # links to the pages of this work, shown even when nothing waits


def counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(n=number)


def _officer(user: Any) -> Iterator[Line]:
    for page in guide.unpublished(user):
        where = "with others now" if page.workflow_in_progress else "a draft"
        yield Line(f"“{page.draft_title}”: {where}.", reverse("start:guide", args=[page.pk]))
    yield from _due(user)
    unseen = len(indicators()) - len(SelfAssessment.objects.values_list("indicator", flat=True).distinct())
    if unseen > 0:
        yield Line(
            f"How well we listen: {unseen} of {len(indicators())} not looked at.", reverse("standards:assessment")
        )


def _due(user: Any) -> Iterator[Line]:
    """One line per kind of the colleague's due tasks; the task list has the details."""
    by_kind: dict[str, list[Item]] = {}
    for item in shown(board.at_a_glance(timezone.localdate()), user=user, mine=True):
        by_kind.setdefault(item.kind, []).append(item)
    for kind, of in by_kind.items():
        day = f", {of[0].day:%-d %B}" if of[0].day else ""
        says = f"{kind}{day}: {of[0].title}" if len(of) == 1 else MANY[kind].format(n=len(of))
        yield Line(says, of[0].url if len(of) == 1 else reverse("due:board"))


def _lead(user: Any) -> Iterator[Line]:
    """Due tasks, unless the lead is also an officer and has them in the section above."""
    if not user.has_perm("consultation.edit_consultation"):
        yield from _due(user)


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
        ("Start a consultation", "start:start", ""),
        ("What is due", "due:board", ""),
        ("Write news", "news", ""),
        ("Who will read", "readers:list", "consultation.close_survey"),
        ("Get it out", "get-it-out:list", ""),
        ("Insights", "insights:home", "insights.view_reports"),
    ),
    "lead": (
        ("Safeguarding board", "safeguarding:board", ""),
        ("What is due", "due:board", "consultation.safety_check"),
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
    """One section for each kind of work that the user's permissions cover."""
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
    index = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).only("pk").first()
    return reverse("wagtailadmin_explore", args=[index.pk]) if index else reverse("wagtailadmin_explore_root")

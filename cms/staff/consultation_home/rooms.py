"""The rooms of a consultation: every page of staff about one, by what it is for, for those who may open it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consultation.access import Permission, has_permission
from consultation.channels.group.views import describe_sessions
from consultation.channels.invitation_codes.staff_views import describe_codes
from consultation.channels.kiosk.staff_views import describe_kiosks
from consultation.channels.paper.views import describe_languages
from consultation.channels.promotion.views import describe_channels
from consultation.channels.short_links.staff_views import describe_links
from consultation.surveys.consultation_state import ConsultationState, Stage
from consultation.surveys.validation.policies import may_view_findings
from insights.representation.policies import may_see_representation

EDIT, CLOSE = "consultation.edit_consultation", "consultation.close_survey"
TYPES_IN = "consultation.enter_answers"


@dataclass(frozen=True)
class PageLink:
    """One page. `says`: how far it is, in a few words."""

    label: str
    url: str
    says: str = ""


@dataclass(frozen=True)
class Room:
    title: str
    pages: list[PageLink]


@dataclass(frozen=True)
class RoomLink:
    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PageRule:
    """When a page of a consultation is there, and for whom; `key` is what its address has of the page."""

    label: str
    route: str
    permission: Permission
    key: str = "pk"
    is_there: Callable[[Any, ConsultationState], bool] = lambda page, state: bool(page.first_published_at)
    describe: Callable[[Any], str] = lambda page: ""
    extra: tuple[str, ...] = ()
    query: str = ""

    def find_url(self, page: Any, slug: str) -> str:
        """`slug`: of the page's address, which its draft may not have."""
        if self.key == "":
            return reverse(self.route) + self.query.format(slug=slug)
        return reverse(self.route, args=[slug if self.key == "slug" else page.pk, *self.extra])


def _always(page: Any, state: ConsultationState) -> bool:
    return True


def _has_dates(page: Any, state: ConsultationState) -> bool:
    """The page of dates is there while one can still move."""
    return state.stage in (Stage.SCHEDULED, Stage.COMING, Stage.OPEN, Stage.NEVER_OPENED) and not (
        state.last_day and state.last_day < state.today
    )


ROOMS: tuple[tuple[str, tuple[PageRule, ...]], ...] = (
    ("Questions", (
        PageRule("Edit", "wagtailadmin_pages:edit", EDIT, is_there=_always),
        PageRule("Check", "validation:one", may_view_findings, is_there=_always),
        PageRule("Map of paths", "editor:map", may_view_findings, is_there=_always),
        PageRule("Compare the formats", "editor:voices", may_view_findings, is_there=_always),
        PageRule("Youth panel", "panel:of", EDIT, is_there=_always),
        PageRule("Allow list", "allow-list:consultation", EDIT),
        PageRule("Questionnaire as a file", "exchange:archive", EDIT, is_there=_always, extra=("draft",)),
    )),
    ("Languages", (PageRule("Translations", "translations:page", EDIT, is_there=_always),)),
    ("Readers", (PageRule("Who will read", "readers:consultation", CLOSE, is_there=_always),)),
    ("Dates", (
        PageRule("Dates", "dates:consultation", EDIT, is_there=_has_dates),
        PageRule(
            "Stop a survey", "close-survey", CLOSE, key="", query="?consultation={slug}",
            is_there=lambda page, state: state.is_open or state.stopped,
        ),
    )),
    ("Ways to answer", (
        PageRule("Promote", "promotion:consultation", EDIT, describe=describe_channels),
        PageRule("Printed links", "short-links:consultation", EDIT, describe=describe_links),
        PageRule("Shared tablets", "tablets:consultation", EDIT, describe=describe_kiosks),
        PageRule("Invitation codes", "invitation-codes:consultation", EDIT, describe=describe_codes),
        PageRule("Paper forms", "paper:consultation", EDIT, describe=describe_languages),
        PageRule("Group sessions", "group:consultation", "consultation.read_cleared", describe=describe_sessions),
        PageRule("Import", "imports:consultation", TYPES_IN),
    )),
    ("Reach", (
        PageRule(
            "Reach", "insights:representation-of", may_see_representation, key="slug",
            is_there=lambda page, state: bool(page.first_published_at) or state.awaits_opening,
        ),
    )),
    ("Coding", (PageRule("Coding", "insights:coding-desk", "insights.code_themes", key="slug"),)),
    ("Reports", (
        PageRule("Report", "insights:consultation", "insights.view_reports", key="slug"),
        PageRule("Make a release", "insights:make-release", "insights.publish_release", key="slug"),
    )),
    ("Results", (PageRule("Results and answers", "insights:results-of", "insights.publish_decision", key="slug"),)),
    ("Decisions", (
        PageRule(
            "Decisions", "insights:decisions", "insights.view_reports", key="", query="?consultation={slug}",
        ),
    )),
    ("History", (PageRule("What changed", "editor:changes", may_view_findings, is_there=_always),)),
)  # fmt: skip


def list_rooms(page: Any, state: ConsultationState, user: Any) -> list[Room]:
    """The rooms of which this person may open a page; the others are not named."""
    return [
        Room(title, [PageLink(rule.label, rule.find_url(page, page.slug), rule.describe(page)) for rule in rules])
        for title, rules in _list_open_rules(page, state, user)
    ]


def list_room_links(page: Any, slug: str, state: ConsultationState, user: Any, label: str) -> list[RoomLink]:
    """The same rooms, each as a link to the first of its pages; that of the page called `label` is the current one."""
    return [
        RoomLink(title, rules[0].find_url(page, slug), label in {rule.label for rule in rules})
        for title, rules in _list_open_rules(page, state, user)
    ]


def _list_open_rules(page: Any, state: ConsultationState, user: Any) -> Iterable[tuple[str, list[PageRule]]]:
    for title, rules in ROOMS:
        open_rules = [rule for rule in rules if rule.is_there(page, state) and has_permission(user, rule.permission)]
        if open_rules:
            yield title, open_rules

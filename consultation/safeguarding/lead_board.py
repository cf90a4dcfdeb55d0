"""The leads' board: open items with clocks, filters, lanes and next escalations, without any text of an answer."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from consultation.domain.signal_values import collect_return_values
from consultation.responses.asked_question import QuestionAsAsked, build_asked_question, describe_person
from consultation.responses.vault import VaultLocked
from consultation.safeguarding import alerts, states
from consultation.safeguarding.alerts import TimedItem
from consultation.safeguarding.case_steps import explain_move
from consultation.safeguarding.duty_rota import lead_rota
from consultation.safeguarding.models import (
    CaseNote,
    CaseState,
    ContactRequest,
    ContactState,
    TriageCase,
    WithdrawnText,
    is_hidden_from,
)
from consultation.safeguarding.signals import board_items_asked, reasons_asked

S, C = CaseState, ContactState
NEW, CLAIMED, SECOND_VIEW, ACTING = "new", "claimed", "second-view", "acting"
LANES = ((NEW, "New"), (CLAIMED, "Claimed"), (SECOND_VIEW, "Second view"), (ACTING, "Acting"))
LANE_OF = (
    {S.NEW: NEW, S.REOPENED: NEW, S.CLAIMED: CLAIMED, S.SECOND_VIEW: SECOND_VIEW}
    | dict.fromkeys((S.REFERRED, S.CONTACTED, S.LEARNING_ONLY, S.NO_CONCERN), ACTING)
)  # fmt: skip
CONTACT_LANE_OF = {C.NEW: NEW, C.CLAIMED: CLAIMED, C.TRIED: CLAIMED, C.REACHED: ACTING}
MAX_PER_LANE = 12  # items shown in each lane


@dataclass(frozen=True)
class LeadBoardItem:
    """An open item: a case, a contact request, a withdrawn text, or one that another room tells of."""

    kind: str
    obj: Any
    lane: str
    url: str
    priority: str
    taken_by: Any
    waiting: TimedItem | None  # while its clock runs
    over: bool  # past its time, or a referral without a decision past its day
    asked: QuestionAsAsked | None = None
    next_steps: list[tuple[datetime, str]] = field(default_factory=list)
    undecided: list[Any] = field(default_factory=list)  # referrals, the earliest day first
    reasons: list[str] = field(default_factory=list)  # of the screen, in words
    person: list[str] = field(default_factory=list)  # age band and area, where the survey asked

    @property
    def name(self) -> str:
        return "Withdrawn words" if self.kind == "withdrawn" else self.obj.name

    @property
    def why(self) -> str:
        """Notes of the people who brought a case; empty where this process cannot open them."""
        notes = self.obj.notes.all() if self.kind == "case" else []
        with suppress(VaultLocked):
            return "\n".join(note.text for note in notes if note.kind == CaseNote.Kind.BROUGHT)
        return ""

    @property
    def language_name(self) -> str:
        """The language of a contact request or a withdrawn text; a case's is that of the question."""
        return "" if self.kind == "case" else dict(settings.LANGUAGES).get(self.obj.language, self.obj.language)

    @property
    def start(self) -> datetime | None:
        """Start of the clock, for cases only: for contacts and withdrawals the exact time is not stored."""
        return self.waiting.start if self.waiting and self.kind == "case" else None


def build_case_item(
    case: TriageCase, now: datetime | None = None, reasons: dict[Any, list[str]] | None = None
) -> LeadBoardItem:
    now = now or timezone.now()
    waiting = alerts.build_case_timing(case) if case.state in states.RUNNING_CLOCK else None
    undecided = sorted((each for each in case.referrals.all() if not each.decided_at), key=lambda each: each.chase_on)
    late = bool(undecided) and undecided[0].is_late(timezone.localdate(now))
    return LeadBoardItem(
        "case", case, LANE_OF.get(S(case.state), ""), reverse("safeguarding:case", args=[case.pk]), case.priority,
        case.claimed_by, waiting, late or (bool(waiting) and case.due_at < now),
        build_asked_question(case.answer) if case.answer else None, list_next_escalations(waiting, now), undecided,
        (reasons or {}).get(case.answer_id, []), describe_person(case.answer) if case.answer else [],
    )  # fmt: skip


def build_contact_item(contact: ContactRequest, now: datetime) -> LeadBoardItem:
    waiting = alerts.build_contact_timing(contact) if contact.state in states.RUNNING_CONTACT_CLOCK else None
    url = reverse("safeguarding:contact", args=[contact.pk])
    return LeadBoardItem(
        "contact", contact, CONTACT_LANE_OF[C(contact.state)], url, "T2", contact.claimed_by, waiting,
        bool(waiting) and contact.due < now, next_steps=list_next_escalations(waiting, now),
    )  # fmt: skip


def build_withdrawn_item(text: WithdrawnText, now: datetime) -> LeadBoardItem:
    waiting, url = alerts.build_withdrawn_timing(text), reverse("safeguarding:withdrawn")
    lane = CLAIMED if text.read_by_id else NEW
    steps, over = list_next_escalations(waiting, now), text.due < now
    return LeadBoardItem("withdrawn", text, lane, url, "", text.read_by, waiting, over, next_steps=steps)


def list_next_escalations(waiting: TimedItem | None, now: datetime) -> list[tuple[datetime, str]]:
    """[(when, what)] of the escalations that follow if nobody acts, without those already sent. Of several whose moment is
    over the next sweep sends the last alone."""
    if waiting is None:
        return []
    left = [
        (max(waiting.find_alert_time(percent), now), alerts.describe_escalation(percent))
        for percent in reversed(alerts.LEVELS)
        if percent > waiting.told
    ]
    over = sum(moment <= now for moment, _ in left)
    return left[max(0, over - 1) :]


def list_owners(case: TriageCase) -> list[Any]:
    """Who answers for a case: the lead who has it, else those on duty, else every lead who may know of it."""
    if case.claimed_by:
        return [case.claimed_by]
    on_duty, here = lead_rota.list_on_duty(), lead_rota.list_reachable_leads()
    knowing = [person for person in on_duty if not is_hidden_from(case, person)]
    return knowing or [person for person in here if not is_hidden_from(case, person)]


def _select_cases(lead: Any) -> Any:
    return (
        TriageCase.objects.seen_by(lead)
        .select_related(
            "answer__response__version",
            "agency",
            "claimed_by",
            "first_view_by",
            "second_view_by",
            "decided_by",
            "opened_by",
        )
        .prefetch_related("referrals__agency")
    )


def find_reasons(cases: Iterable[TriageCase]) -> dict[Any, list[str]]:
    """{answer id: labels}: why the answers of these cases were flagged, as the rooms above know."""
    answers = [case.answer_id for case in cases if case.answer_id]
    reasons = collect_return_values(reasons_asked, answers=answers)
    return {key: labels for found in reasons for key, labels in found.items()}


def list_open_items(lead: Any, now: datetime | None = None) -> list[LeadBoardItem]:
    """All open items that this lead may see: by due time, then those without a running clock, the late ones first."""
    now = now or timezone.now()
    cases = list(_select_cases(lead).exclude(state=S.CLOSED).prefetch_related("notes"))
    reasons = find_reasons(cases)
    found = [build_case_item(case, now, reasons) for case in cases]
    contacts = ContactRequest.objects.exclude(state=C.CLOSED).select_related("claimed_by")
    found += [build_contact_item(contact, now) for contact in contacts]
    texts = WithdrawnText.objects.seen_by(lead).filter(case__isnull=True).select_related("read_by")
    found += [build_withdrawn_item(text, now) for text in texts]
    for items in collect_return_values(board_items_asked, lead=lead, now=now):
        found += items

    def sort_key(item: LeadBoardItem) -> tuple[bool, bool, datetime, str]:
        moment = item.waiting.due if item.waiting else getattr(item.obj, "moved_at", None) or item.obj.due
        return item.waiting is None, item.waiting is None and not item.over, moment, str(item.obj.pk)

    return sorted(found, key=sort_key)


BOARD_FILTERS: dict[str, tuple[str, Callable[[LeadBoardItem, Any], bool]]] = {
    "": ("Everything", lambda item, lead: True),
    "mine": ("With you", lambda item, lead: item.taken_by == lead),
    "free": ("Nobody has taken it", lambda item, lead: item.taken_by is None),
    "over": ("Over time", lambda item, lead: item.over),
    "T1": ("T1", lambda item, lead: item.priority == "T1"),
    "T2": ("T2", lambda item, lead: item.priority == "T2"),
    "T3": ("T3", lambda item, lead: item.priority == "T3"),
}


def filter_items(items: Iterable[LeadBoardItem], show: str, lead: Any) -> list[LeadBoardItem]:
    keep = BOARD_FILTERS.get(show, BOARD_FILTERS[""])[1]
    return [item for item in items if keep(item, lead)]


@dataclass(frozen=True)
class LeadBoardLane:
    key: str
    name: str
    items: list[LeadBoardItem]

    @property
    def first(self) -> list[LeadBoardItem]:
        return self.items[:MAX_PER_LANE]

    @property
    def more(self) -> int:
        return max(len(self.items) - MAX_PER_LANE, 0)


def group_into_lanes(items: list[LeadBoardItem]) -> list[LeadBoardLane]:
    return [LeadBoardLane(key, name, [each for each in items if each.lane == key]) for key, name in LANES]


def pick_next_item(items: Iterable[LeadBoardItem], lead: Any) -> LeadBoardItem | None:
    """The most urgent item that is this lead's, unclaimed, or awaiting a second view that this lead may give."""
    for each in items:
        second = each.lane == SECOND_VIEW and each.obj.first_view_by_id != lead.pk
        if each.over and not each.waiting and each.taken_by == lead:
            return each
        if each.waiting and (second or (each.lane != SECOND_VIEW and each.taken_by in (None, lead))):
            return each
    return None


def select_closed_cases(lead: Any, since: datetime | None = None) -> Any:
    cases = _select_cases(lead).filter(state=S.CLOSED).order_by("-closed_at")
    return cases.filter(closed_at__gte=since) if since else cases


def list_possible_moves(case: TriageCase, by: Any) -> list[CaseState]:
    """States to which this lead may move the case now, except those with an action of their own."""
    return [to for to in CaseState if to not in states.OWN_ACTIONS and not explain_move(case, to, by)]

"""The board of the leads: what waits, how long, and what is next. No word of an answer is on it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from consultation.responses.asked import Asked, asked
from consultation.safeguarding import policies
from consultation.safeguarding.models import CaseState, ContactRequest, TriageCase, WithdrawnText

S = CaseState
LANES = (
    ("New", (S.NEW, S.REOPENED)),
    ("Claimed", (S.CLAIMED,)),
    ("Second view", (S.SECOND_VIEW,)),
    ("Acting", (S.REFERRED, S.CONTACTED, S.LEARNING_ONLY, S.NO_CONCERN)),
)
OPEN = tuple(state for _, states in LANES for state in states)
# The clock runs until someone has acted or decided.
ON_THE_CLOCK = (S.NEW, S.REOPENED, S.CLAIMED, S.SECOND_VIEW)


@dataclass(frozen=True)
class Item:
    case: TriageCase
    asked: Asked | None
    over: bool
    on_the_clock: bool


def item(case: TriageCase, now: datetime | None = None) -> Item:
    now = now or timezone.now()
    on_the_clock = case.state in ON_THE_CLOCK
    return Item(case, asked(case.answer) if case.answer else None, on_the_clock and case.due_at < now, on_the_clock)


def _cases():
    return TriageCase.objects.select_related(
        "answer__response__version", "claimed_by", "first_view_by", "decided_by", "opened_by"
    )


def lanes(now: datetime | None = None) -> list[tuple[str, list[Item]]]:
    """Each lane with its items, over time first, then what is due next."""
    now = now or timezone.now()
    items = [item(case, now) for case in _cases().filter(state__in=OPEN).order_by("due_at", "pk")]
    items.sort(key=lambda each: not each.over)
    return [(name, [each for each in items if each.case.state in states]) for name, states in LANES]


def closed(since: datetime | None = None, until: datetime | None = None) -> list[Item]:
    cases = _cases().filter(state=S.CLOSED).order_by("-closed_at")
    if since:
        cases = cases.filter(closed_at__gte=since)
    if until:
        cases = cases.filter(closed_at__lt=until)
    return [item(case, timezone.now()) for case in cases[:200]]


def over_time(now: datetime | None = None) -> list[TriageCase]:
    waiting = TriageCase.objects.filter(state__in=ON_THE_CLOCK, due_at__lt=now or timezone.now())
    return list(waiting.order_by("due_at"))


def moves(case: TriageCase, by: int) -> list[CaseState]:
    """The moves that this lead may make now, closing, claiming and reopening apart."""
    apart = (S.CLAIMED, S.CLOSED, S.REOPENED)
    return [
        to
        for to in CaseState
        if to not in apart
        and not policies.may_move(
            state=case.state, to=to, priority=case.priority, first_view_by=case.first_view_by_id, by=by
        )
    ]


def contacts_waiting() -> int:
    return ContactRequest.objects.exclude(state="closed").count()


def withdrawn_waiting() -> int:
    return WithdrawnText.objects.filter(case__isnull=True).count()

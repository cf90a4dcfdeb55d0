"""Where a consultation stands between its first and its last day, and how that is said: one function for every page.

It knows the dates, the stop (surveys.closing) and whether the page is live. A page that says a state or a day takes it
from here, so that no two pages contradict each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from consultation.surveys.immediate_closure import find_immediate_closures, name_public_reason

LATE_DAYS = timedelta(days=1)  # after the close, for forms that were begun before it


class Stage(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    NEVER_OPENED = "never-opened"
    TAKEN_DOWN = "taken-down"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Stage.DRAFT: "Draft",
    Stage.SCHEDULED: "Approved",
    Stage.COMING: "Opens later",
    Stage.OPEN: "Open",
    Stage.CLOSED: "Closed",
    Stage.NEVER_OPENED: "Cannot open",
    Stage.TAKEN_DOWN: "Taken down",
}


@dataclass(frozen=True)
class ConsultationState:
    """`last_day`: the true one, which a stop brings forward; None without one. `reason`: the key of the interface text that
    says why it was stopped. `goes_live`: of an approved draft."""

    stage: Stage
    opens: date | None
    last_day: date | None
    today: date
    stopped: bool = False
    reason: str = ""
    goes_live: date | None = None

    @property
    def is_open(self) -> bool:
        return self.stage is Stage.OPEN

    @property
    def is_coming(self) -> bool:
        return self.stage is Stage.COMING

    @property
    def awaits_opening(self) -> bool:
        """Whether it is approved or published, and its first day has yet to come."""
        return self.stage in (Stage.SCHEDULED, Stage.COMING)

    @property
    def is_closed(self) -> bool:
        return self.stage is Stage.CLOSED

    @property
    def is_over(self) -> bool:
        """Whether it is published, and nobody can begin any more."""
        return self.stage in (Stage.CLOSED, Stage.NEVER_OPENED)

    @property
    def opened_on(self) -> date | None:
        return self.opens if self.is_open or self.is_closed else None

    @property
    def closed_on(self) -> date | None:
        return self.last_day if self.is_closed else None

    @property
    def can_answer_until(self) -> date | None:
        """The last day for a poster; None once nobody can begin, or without a last day."""
        return self.last_day if self.is_open or self.is_coming else None

    @property
    def last_day_to_send(self) -> date | None:
        """The last day on which a form begun in time is still taken."""
        return self.last_day + LATE_DAYS if self.last_day else None

    @property
    def label(self) -> str:
        return self.stage.label

    @property
    def says(self) -> str:
        """The sentence for staff."""
        return _describe_stage(self)

    @property
    def word(self) -> str:
        """The key of the interface text for respondents; its day is `word_day`."""
        if self.is_open:
            return "home.open" if self.last_day else "home.noend"
        return {Stage.COMING: "home.opens", Stage.CLOSED: "home.closed"}.get(self.stage, "home.none")

    @property
    def word_day(self) -> date | None:
        return self.opens if self.is_coming else self.last_day


def decide_state(
    *,
    live: bool,
    published: bool,
    opens: date | None,
    closes: date | None,
    today: date,
    stopped_on: date | None = None,
    reason: str = "",
    goes_live: date | None = None,
) -> ConsultationState:
    """The state of plain values. A stop set `closes` to the day before, so `stopped_on` is the last day."""
    stopped = stopped_on is not None and stopped_on <= today
    last = stopped_on if stopped else closes
    if not live:
        stage = Stage.SCHEDULED if goes_live else Stage.TAKEN_DOWN if published else Stage.DRAFT
    elif opens and last and last < opens:
        stage = Stage.NEVER_OPENED
    elif opens and today < opens:
        stage = Stage.COMING
    else:
        stage = Stage.CLOSED if stopped or (last and last < today) else Stage.OPEN
    return ConsultationState(stage, opens, last, today, stopped, reason if stopped else "", goes_live)


def find_state(page: Any) -> ConsultationState:
    """The state of a consultation, by its page in the source language."""
    return find_states([page])[page.pk]


def find_state_for_visitors(page: Any) -> ConsultationState:
    """The state as its public page tells it; of a draft, in preview, as it would be if it were published."""
    if page.live:
        return find_state(page)
    return decide_state(live=True, published=True, opens=page.opens, closes=page.closes, today=timezone.localdate())


def find_states(pages: Iterable[Any], today: date | None = None) -> dict[Any, ConsultationState]:
    """{page id: state}, in at most two queries."""
    pages, today = list(pages), today or timezone.localdate()
    ended = [page for page in pages if page.closes and page.closes < today]
    stops = find_immediate_closures(ended) if ended else {}
    approved = _find_go_live_days([page for page in pages if page.pk and not page.live])
    return {
        page.pk: decide_state(
            live=page.live, published=bool(page.first_published_at), opens=page.opens, closes=page.closes, today=today,
            stopped_on=date.fromisoformat(stops[page.pk].day) if page.pk in stops else None,
            reason=name_public_reason(stops.get(page.pk)), goes_live=approved.get(str(page.pk)),
        )
        for page in pages
    }  # fmt: skip


def _find_go_live_days(pages: list[Any]) -> dict[str, date]:
    if not pages:
        return {}
    waiting = Revision.page_revisions.filter(
        object_id__in=[str(page.pk) for page in pages], approved_go_live_at__isnull=False
    )
    rows = waiting.order_by("pk").values_list("object_id", "approved_go_live_at")
    return {pk: timezone.localdate(moment) for pk, moment in rows}


def _describe_stage(state: ConsultationState) -> str:
    last, is_over = _write_day(state.last_day), bool(state.last_day and state.last_day < state.today)
    match state.stage:
        case Stage.DRAFT:
            return "A draft, not published yet."
        case Stage.SCHEDULED:
            if state.goes_live and state.goes_live < state.today:
                return f"Approved. It was to go live on {_write_day(state.goes_live)}, and waits."
            return f"Approved. It goes live on {_write_day(state.goes_live)}."
        case Stage.COMING:
            return f"Opens on {_write_day(state.opens)}, {f'closes on {last}' if last else 'with no last day'}."
        case Stage.OPEN:
            return f"Open until {last}." if last else "Open, with no last day."
        case Stage.CLOSED:
            return f"{'Stopped' if state.stopped else 'Closed'} on {last}."
        case Stage.NEVER_OPENED:
            return f"{'Never opened' if is_over else 'Does not open'}: its last day, {last}, is before its first."
        case Stage.TAKEN_DOWN:
            return f"Taken down. Its last day was {last}." if is_over else "Taken down."


def _write_day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""

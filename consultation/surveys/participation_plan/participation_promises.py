"""P1: the promises that a consultation still misses, dates that contradict another, and the means that promises need."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from consultation.domain.calendar import add_working_days, count_working_days
from consultation.surveys.participation_fields import CHANNELS, select_choices

LEAST_DAYS = 14
MOST_WORKING_DAYS = 20

MISSING = {
    "groups_invited": "Space: say who is invited, and where you find them.",
    "groups_missing": "Space: say who may be left out, and what you do about it.",
    "safe_checked_by": "Space: say who checked that taking part is safe.",
    "designed_with": "Voice: say who helped to write it, and what they changed.",
    "formats": "Voice: say in which forms it comes.",
    "opens": "Voice: say from which day people can answer.",
    "closes": "Voice: say until which day people can answer.",
    "decision_role": "Audience: say which job decides.",
    "seen_how": "Audience: say how those who decide see what people said.",
    "look_date": "Audience: say on which day they look at it.",
    "can_change": "Influence: say what can change.",
    "cannot_change": "Influence: say what cannot change, and why.",
    "decision_date": "Influence: say on which day they decide.",
    "feedback_date": "Influence: say by which day people hear of it.",
    "told_how": "Influence: say how people hear of it.",
    "level": "Say how far people take part: informed, consulted, collaborated, or child-led.",
}
DATES = ("opens", "closes", "look_date", "decision_date", "feedback_date")
NOT_READ = "Audience: the person who decides must have read this, and tick it."
ONE_WAY = "Space: offer two ways to answer or more."
ON_SCREEN = "Space: offer one way that is not on a screen: paper, a group, or the phone."
OVER = "Voice: its last day is over before anybody can answer. Choose a later day."
SHORT = "Voice: it is open for {days} days. Keep it open for 14 days or more."
LOOK_EARLY = "Audience: they look before the last day to answer. Choose a later day."
LATE_DECISION = "Influence: they decide before they look at it. Choose a later day."
ASKED_LATE = "Space: people would be asked after the decision. Ask earlier, or decide later."
LATE_FEEDBACK = "Influence: that is {days} working days after the close. 20 are the most: choose {latest} or before."
EARLY_FEEDBACK = "Influence: nobody can be told before it is decided. Choose a later day."
# What nobody has said yet; the others contradict each other.
NOT_YET = {*MISSING.values(), NOT_READ, ONE_WAY, ON_SCREEN}
NO_NUMBER = "“By phone” is promised, and there is no number to ring. Give the number, or take the promise out."
NO_VIDEO = "Sign language is promised, and {n} of {all} questions have no signed video. Add them, or take it out."


class MissingPromise(NamedTuple):
    field: str
    says: str


def latest_feedback_day(closes: date) -> date:
    return add_working_days(closes, MOST_WORKING_DAYS)


def list_missing_promises(get: Callable[[str], Any]) -> Iterator[MissingPromise]:
    """`get(name)` returns a field of the consultation."""
    for name, says in MISSING.items():
        value = get(name)
        if not (value.strip() if isinstance(value, str) else value):
            yield MissingPromise(name, says)
    if not get("promise_read"):
        yield MissingPromise("promise_read", NOT_READ)
    offered = select_choices(CHANNELS, get("ways") or [])
    if len(offered) < 2:
        yield MissingPromise("ways", ONE_WAY)
    elif all(way.on_screen for way in offered):
        yield MissingPromise("ways", ON_SCREEN)
    opens, closes, *later = (get(name) for name in DATES)
    if closes and not get("first_published_at"):
        today, goes_live = timezone.localdate(), get("go_live_at")
        earliest = max(today, timezone.localdate(goes_live) if goes_live else today)
        if closes < earliest:
            yield MissingPromise("closes", OVER)
        elif opens:  # nobody could answer before it is approved
            opens = max(opens, earliest)
    yield from _list_date_problems(opens, None if closes and _was_set_by_stop(closes, get) else closes, *later)


def _was_set_by_stop(closes: date, get: Callable[[str], Any]) -> bool:
    """Whether a stop brought the last day forward, which then holds against the other days and asks for none of them."""
    state = get("state") if get("first_published_at") else None
    return bool(state and state.stopped and state.last_day == closes + timedelta(days=1))


def _list_date_problems(
    opens: date | None, closes: date | None, look: date | None, decides: date | None, tells: date | None
) -> Iterator[MissingPromise]:
    if opens and closes and (days := (closes - opens).days + 1) < LEAST_DAYS:
        yield MissingPromise("closes", SHORT.format(days=days))
    if closes and look and look <= closes:
        yield MissingPromise("look_date", LOOK_EARLY)
    if closes and decides and decides <= closes:
        yield MissingPromise("decision_date", ASKED_LATE)
    elif look and decides and decides < look:
        yield MissingPromise("decision_date", LATE_DECISION)
    if decides and tells and tells < decides:
        yield MissingPromise("feedback_date", EARLY_FEEDBACK)
    if closes and tells and (days := count_working_days(closes, tells)) > MOST_WORKING_DAYS:
        latest = latest_feedback_day(closes)
        yield MissingPromise("feedback_date", LATE_FEEDBACK.format(days=days, latest=f"{latest:%-d %B %Y}"))


def list_missing_means(get: Callable[[str], Any], signed: Collection[bool]) -> Iterator[MissingPromise]:
    """`get(name)` returns a field of the consultation. `signed`: of each question whether it has a signed video."""
    if "phone" in (get("ways") or []) and not (get("answer_phone") or "").strip():
        yield MissingPromise("answer_phone", NO_NUMBER)
    if "signed" in (get("formats") or []) and not (signed and all(signed)):
        yield MissingPromise("formats", NO_VIDEO.format(n=sum(not one for one in signed), all=len(signed)))

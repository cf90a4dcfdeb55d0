"""Whether a published date may move. Pure functions over plain values."""

from datetime import date

from consultation.surveys.participation_plan.participation_promises import EARLY_FEEDBACK, latest_feedback_day
from consultation.surveys.schedule.models import DateChangeKind


def classify_date_change(was: date | None, to: date) -> DateChangeKind:
    return DateChangeKind.LONGER if was is not None and to > was else DateChangeKind.SOONER


def explain_refused_last_day(
    *, live: bool, closes: date | None, opens: date | None, to: date, today: date, looks: date | None, why: str
) -> str:
    """The reason for a refusal, as a sentence for officers; "" if the date may move."""
    if not live:
        return "It is not published. Set its dates in the editor."
    if closes is not None and closes < today:
        return "It has closed. People were told so, and it stays closed: ask again in a new consultation."
    if not why:
        return "Say why, in plain words. Everyone can read it."
    if to == closes:
        return "That is its last day already."
    if to < today:
        return "That day has passed. To close it today, use “Stop a survey”."
    if opens is not None and to < opens:
        return "That is before it opens."
    if looks is not None and looks <= to and classify_date_change(closes, to) == DateChangeKind.LONGER:
        return f"The page promises to use what people said on {looks:%-d %B %Y}. Move that date first, or close before it."
    return ""


def promised_answer_day(closes: date | None, feedback: date | None) -> date | None:
    """The day of our answer: the named one, or else the default of every consultation (P4)."""
    return feedback or (latest_feedback_day(closes) if closes else None)


def explain_refused_answer_day(
    *, is_open: bool, was: date | None, closes: date | None, decides: date | None, to: date, why: str
) -> str:
    """The reason for a refusal, as a sentence for officers; "" if the date may move."""
    if not is_open or was is None:
        return "Only the answer of an open consultation moves here. Once it has closed, use “Results and answers”."
    if not why:
        return "Say why, in plain words. Everyone can read it."
    if to == was:
        return "That is the day already."
    if closes is not None and to <= closes:
        return "Nobody can be told before it has closed."
    if decides is not None and to < decides:
        return EARLY_FEEDBACK.partition(": ")[2].capitalize()
    if closes is not None and to > latest_feedback_day(closes):
        return f"20 working days after the close are the most: {latest_feedback_day(closes):%-d %B %Y} or before."
    return ""

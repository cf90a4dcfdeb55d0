"""The four Fs of feedback (P4) for one decision: full, friendly, fast, followed up."""

from dataclasses import dataclass
from datetime import date

from consultation import handover
from consultation.domain.calendar import ANSWER_WITHIN, add_working_days
from consultation.surveys.closing_day import find_closing_days
from insights.decisions.models import Decision, Progress
from insights.decisions.unanswered import unanswered_themes
from insights.releases.theme_evidence import list_newest_releases, list_theme_evidence

SAID = ("we_asked", "you_said", "we_did", "reason", "alternative")


@dataclass(frozen=True)
class FourFsMark:
    name: str
    says: str
    held: bool


def rate_four_fs(decision: Decision, today: date) -> list[FourFsMark]:
    pages = list(decision.consultations.all())
    return [
        _rate_full({page.pk for page in pages}),
        rate_friendly(decision),
        _rate_fast(decision.published_on or today, pages),
        _rate_followed_up(decision, today),
    ]


def _rate_full(pages: set[int]) -> FourFsMark:
    """Full: every shown theme has an answer, "no" included."""
    newest = [release for release in list_newest_releases() if release.consultation_id in pages]
    themes = list_theme_evidence(newest, views=True)
    weighs, waiting = sum(one.is_spoken_of for one in themes), len(unanswered_themes.list_unanswered_themes(themes))
    if not weighs:
        return FourFsMark("Full", "No theme of it is released yet", False)
    says = f"{waiting} of {weighs} themes wait for an answer" if waiting else "Each theme has an answer"
    return FourFsMark("Full", says, not waiting)


def rate_friendly(decision: Decision) -> FourFsMark:
    """Friendly: readable, with easy read. Shown for drafts too, since published words change only with a reason."""
    said = (getattr(decision, name) for name in SAID)
    text = " ".join(words for words in said if words != "none")
    grades = [handover.grade_readability(text, page) for page in decision.consultations.all()]
    grade, most = min(grades, key=lambda each: each[1], default=(0.0, 0.0))
    easy = "easy read is ready" if decision.easy else "no easy read"
    return FourFsMark(
        "Friendly",
        f"{handover.describe_reading_age(grade, most)}, {easy}",
        grade <= most and bool(decision.easy),
    )


def _rate_fast(published: date, pages: list) -> FourFsMark:
    """Fast: published within 20 working days of the earliest close."""
    closed = min((day for day in find_closing_days(pages).values() if day), default=None)
    if closed is None or published <= closed:
        return FourFsMark("Fast", "Published while people could still answer", True)
    limit = add_working_days(closed, ANSWER_WITHIN)
    within = published <= limit
    return FourFsMark(
        "Fast", f"Published {'within' if within else 'later than'} {ANSWER_WITHIN} working days of the close", within
    )


def _rate_followed_up(decision: Decision, today: date) -> FourFsMark:
    """Followed up: progress was reported, and no news is overdue."""
    days = [note.day for note in decision.progress_notes.all()]
    days += [one.published_on for one in decision.outcome_updates.all() if one.published_on]
    if not days:
        return FourFsMark("Followed up", "Nobody has said yet how it goes", False)
    ended = decision.progress in (Progress.DONE, Progress.STOPPED)
    owed = decision.is_late or (not ended and decision.next_update is not None and decision.next_update < today)
    last = f"Last news on {max(days):%-d %B %Y}"
    return FourFsMark("Followed up", f"{last}; more is owed" if owed else last, not owed)

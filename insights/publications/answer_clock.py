"""The clock of our answer (P4): 20 working days after the close; a late answer stays marked as late.

Pure functions of days. We have answered once the results and a first decision are public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AnswerDayMove:
    """The promised day was moved from `was` to `now`, on `made_on`, for a reason ({language: words})."""

    was: date
    now: date
    made_on: date
    why: dict[str, str]

    @property
    def in_time(self) -> bool:
        """Moved before the promised day had passed; a later move does not undo lateness."""
        return self.made_on <= self.was


@dataclass(frozen=True)
class AnswerClock:
    """`promised` is the first promised day; `due` decides lateness: the first, or the last that was moved in time."""

    promised: date
    due: date
    hoped: date  # the newest promised day, moved in time or not
    answered: date | None
    today: date
    move: AnswerDayMove | None = None

    @property
    def is_answered(self) -> bool:
        return self.answered is not None

    @property
    def late(self) -> bool:
        return (self.answered or self.today) > self.due

    @property
    def running(self) -> bool:
        return not self.is_answered and not self.late

    def said(self) -> list[tuple[str, dict[str, date]]]:
        """[(key of an interface text, its values)], in order."""
        if self.is_answered:
            return [("late.was", {"date": self.answered, "was": self.due})] if self.answered and self.late else []
        if not self.late:
            moved = self.due != self.promised
            return [
                ("late.moved", {"was": self.promised, "date": self.due})
                if moved
                else ("landing.hear", {"date": self.due})
            ]
        new = [("late.new", {"date": self.hoped})] if self.hoped >= self.today and self.hoped != self.due else []
        return [("late.notice", {"date": self.due}), *new]


def build_answer_clock(
    *, promised: date, moves: Iterable[AnswerDayMove], answered: date | None, today: date
) -> AnswerClock:
    due = hoped = promised
    last = None
    for move in moves:
        hoped, last = move.now, move
        if move.in_time and move.was == due:
            due = move.now
    return AnswerClock(promised=promised, due=due, hoped=hoped, answered=answered, today=today, move=last)


def why_not_move_answer(*, current: AnswerClock, to: date, why: str) -> str:
    """Why the answer may not be moved to this day, or ""."""
    if current.is_answered:
        return "We have answered. There is nothing to move."
    if to <= current.hoped:
        return "The new day must be later than the one that people were told."
    if to < current.today:
        return "The new day has passed already."
    if not why.strip():
        return "Give the reason in plain words. Everyone can read it."
    return ""

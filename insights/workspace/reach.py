"""Short summary of who a consultation has reached, for its page; the full picture is in `insights.reach`."""

from dataclasses import dataclass
from typing import Any

from insights.reach import board
from insights.reach.models import ReachPicture

FEW = 4


@dataclass(frozen=True)
class Reach:
    picture: ReachPicture
    missing: list[board.Missing]
    more: int
    compared: bool


def of(page: Any) -> Reach | None:
    picture = ReachPicture.objects.filter(consultation=page).first()
    if picture is None:
        return None
    sections = board.sections(picture, board.benchmarks_of(page))
    missing = [each for section in sections for each in section.missing]
    return Reach(picture, missing[:FEW], max(0, len(missing) - FEW), any(section.compared for section in sections))

"""How many people a confirmation sample needs. Pure.

The widest interval is that of a theme that half of all people name: 1.96 sqrt(0.25 / n), with the finite population
correction. The machine's proposals make it narrower; they are left out here, so a promise is kept whatever they are worth.
"""

from dataclasses import dataclass
from math import ceil

OFFERED = (10, 7, 5, 4, 3)  # half widths, in percentage points
USUAL = 5
LEAST = 30  # people below which no estimate is made, unless everyone was read
SECONDS_AN_ANSWER = 30


@dataclass(frozen=True)
class SampleOffer:
    half_width: int
    people: int
    minutes: int


def people_needed(half_width: int, people: int) -> int:
    """The size of a simple random sample of `people` for this half width (percentage points) at 95%."""
    unlimited = 0.25 * (1.96 / (half_width / 100)) ** 2
    return min(people, max(LEAST, ceil(people * unlimited / (people + unlimited - 1)))) if people else 0


def offer_sample_sizes(people: int, answers: int) -> list[SampleOffer]:
    """One offer a half width, without those that need no more people than the one before. `answers`: texts of all."""
    found: list[SampleOffer] = []
    for half_width in OFFERED:
        size = people_needed(half_width, people)
        if size and (not found or size > found[-1].people):
            found.append(SampleOffer(half_width, size, ceil(size * answers / people * SECONDS_AN_ANSWER / 60)))
    return found

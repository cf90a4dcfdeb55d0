"""How many people a confirmation sample needs. Pure.

The widest interval is that of a theme that half of all people name: 1.96 sqrt(0.25 / n), with the finite population
correction. The machine's proposals make it narrower; they are left out here, so a promise is kept whatever they are worth.
"""

from dataclasses import dataclass
from math import ceil

OFFERED = (10, 7, 5, 4, 3)  # half widths, in percentage points
USUAL = 5
LEAST = 30  # people below which no estimate is made, unless everyone was read
LEAST_CONFIRMED = 5  # answers in which a person found a theme, before its number is shown
SECONDS_AN_ANSWER = 30


@dataclass(frozen=True)
class SampleOffer:
    half_width: int
    people: int
    answers: int  # to be read for it, about
    is_everyone: bool = False


def reading_time_in_words(answers: int) -> str:
    """About how long it takes to read so many answers: nobody is to race against an exact time."""
    minutes = ceil(answers * SECONDS_AN_ANSWER / 60)
    if minutes <= 5:
        return "a few minutes"
    if minutes < 58:
        return f"about {5 * ceil(minutes / 5 - 0.5)} minutes"
    halves = ceil(minutes / 30 - 0.5)
    if halves <= 3:
        return "about an hour" if halves == 2 else "about an hour and a half"
    return f"about {halves // 2}{' and a half' if halves % 2 else ''} hours"


def people_needed(half_width: int, people: int) -> int:
    """The size of a simple random sample of `people` for this half width (percentage points) at 95%."""
    unlimited = 0.25 * (1.96 / (half_width / 100)) ** 2
    return min(people, max(LEAST, ceil(people * unlimited / (people + unlimited - 1)))) if people else 0


def offer_sample_sizes(people: int, answers: int, drawn: int = 0) -> list[SampleOffer]:
    """One offer a half width, without those that need no more people than the one before, or than are drawn already.

    `answers`: unread ones of the people not drawn.
    """
    found: list[SampleOffer] = []
    for half_width in OFFERED:
        size = people_needed(half_width, people)
        if size > max([drawn, *(offer.people for offer in found)]):
            unread = ceil((size - drawn) * answers / (people - drawn))
            found.append(SampleOffer(half_width, size, unread, size == people))
    return found

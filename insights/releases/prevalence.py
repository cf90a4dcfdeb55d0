"""How many people speak of a theme, from what the machine marked and what people read of a random sample. Pure.

The machine's marks divide everyone into two strata, marked and not marked. In each, the sample shows the share of people
who do speak of the theme, and the estimate is the sum of the strata (post-stratification; for marks of yes and no it
equals the regression estimator and prediction-powered inference with the best weight: Sarndal, Swensson and Wretman 1992,
ch. 7; Angelopoulos et al. 2023). Its interval combines Wilson's intervals of the strata (MOVER: Zou and Donner 2008),
each with the finite population correction, so a sample of everyone leaves no doubt. Of drawn people whom nobody has read
yet, each end assumes what moves it furthest.
"""

from dataclasses import dataclass
from math import sqrt

from consultation.domain.confidence_intervals import Z95

FEWEST_IN_A_STRATUM = 5  # sampled people below which the marks of the machine are left aside


@dataclass(frozen=True)
class Stratum:
    """`people` in all, of whom the sample holds `read`, and `found` of these speak of the theme."""

    people: int
    read: int
    found: int
    unread: int = 0  # people of whom nobody has read everything, in the sample or outside
    missing: int = 0  # of these, drawn ones

    def merge(self, other: "Stratum") -> "Stratum":
        pairs = zip(
            (self.people, self.read, self.found, self.unread, self.missing),
            (other.people, other.read, other.found, other.unread, other.missing),
            strict=True,
        )
        return Stratum(*(one + more for one, more in pairs))

    def interval(self) -> tuple[float, float, float]:
        """(share, low, high) at 95%."""
        if not self.read:
            return 0.5, 0.0, 1.0
        share, drawn = self.found / self.read, self.read + self.missing
        least, most = self.found / drawn, (self.found + self.missing) / drawn
        if drawn == self.people:
            return share, least, most
        spread = Z95**2 / drawn * (self.people - drawn) / (self.people - 1)
        low, high = _wilson_ends(least, spread)[0], _wilson_ends(most, spread)[1]
        return share, max(0.0, min(least, low)), min(1.0, max(most, high))


def _wilson_ends(share: float, spread: float) -> tuple[float, float]:
    centre = (share + spread / 2) / (1 + spread)
    half = sqrt(spread * share * (1 - share) + spread**2 / 4) / (1 + spread)
    return centre - half, centre + half


def widest_half(read: int, missing: int) -> float:
    """Half the interval of a share of one half, of so many drawn people."""
    return Z95 * 0.5 / sqrt(read) + missing / (read + missing)


@dataclass(frozen=True)
class Prevalence:
    """People who speak of a theme, with the 95% interval of what coding leaves in doubt."""

    people: int
    low: float
    high: float

    @property
    def deviation(self) -> float:
        """Standard deviation, in people."""
        return (self.high - self.low) / (2 * Z95)


def estimate_prevalence(marked: Stratum, rest: Stratum, *, with_theme: int, without: int) -> Prevalence:
    """`with_theme`, `without`: people of whom a person's codes say so, in the sample or not. What is known counts as it
    is: the estimate and its interval stay between the two, and who is unread stays in doubt."""
    strata = [marked, rest] if min(marked.read, rest.read) >= FEWEST_IN_A_STRATUM else [marked.merge(rest)]
    strata = [one for one in strata if one.people]
    shares = [(one.people, *one.interval()) for one in strata]
    total = sum(people * share for people, share, _, _ in shares)
    below = sqrt(sum((people * (share - low)) ** 2 for people, share, low, _ in shares))
    above = sqrt(sum((people * (high - share)) ** 2 for people, share, _, high in shares))
    doubt = sum(one.unread * (one.interval()[2] - one.interval()[0]) for one in strata)
    most = marked.people + rest.people - without
    least_high = with_theme + doubt
    ends = (total - below, total, max(total + above, least_high))
    low, middle, high = (min(max(value, with_theme), most) for value in ends)
    return Prevalence(round(middle), low, high)

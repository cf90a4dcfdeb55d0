"""The rules of disclosure control as data: noise by cell keys, or suppression and rounding as other publishers do it."""

from dataclasses import dataclass, replace

HIDDEN = "[c]"
NEARLY_ALL = "nearly all"
NEARLY_ALL_OF_ROW = "nearly all of the row"  # where rows stand beside themselves: the other cell says "nearly all"
MOST_NOISE = 7  # people by which a number can be off; see PERTURBATION_CARD.md
NOISE_VARIANCE = 6.125


@dataclass(frozen=True)
class DisclosureRules:
    """One convention. `threshold` is the smallest number of people that may be shown; `threshold_sensitive`, where it is
    set, holds for grave themes and for questions marked as sensitive.

    `perturb` changes every number by cell keys (perturbation.py). The rules below it serve suppression alone: `hide_zeros`
    treats a zero that could have been otherwise as a small number; `hide_near_whole` hides a figure when all but a few
    of its whole are in it (class disclosure); `secondary` hides one more figure in each line with a single hidden one.
    The interval audit always runs with suppression, whatever the convention.
    """

    threshold: int = 10
    threshold_sensitive: int = 0
    min_base: int = 30
    min_group: int = 30  # least people of a group that is compared, or has percentages
    round_to: int = 5
    max_dimensions: int = 2
    perturb: bool = False
    hide_zeros: bool = True
    hide_near_whole: bool = True
    secondary: bool = True

    def is_small(self, count: int) -> bool:
        return (0 if self.hide_zeros else 1) <= count < self.threshold

    def round_figure(self, count: int) -> int:
        return (count + self.round_to // 2) // self.round_to * self.round_to

    def least_shown(self, sensitive: bool) -> int:
        return max(self.threshold, self.threshold_sensitive if sensitive else 0)

    @property
    def noise(self) -> float:
        """Standard deviation, in people, of what is added to a count; rounding is left out."""
        return NOISE_VARIANCE**0.5 if self.perturb else 0.0

    @property
    def variance(self) -> float:
        """Of what noise or rounding adds to a count."""
        return NOISE_VARIANCE if self.perturb else (self.round_to**2 - 1) / 12

    @property
    def spread(self) -> int:
        """People by which a shown number may be off, 19 times out of 20."""
        return round(1.96 * self.noise) if self.perturb else self.round_to // 2

    def count_bounds(self, shown: int) -> tuple[int, int]:
        """(least, most) of the count behind a shown figure, to a reader who knows these rules."""
        if self.perturb:
            return max(1, shown - MOST_NOISE), shown + MOST_NOISE
        low, high = shown - self.round_to // 2, shown + (self.round_to - 1) // 2
        return (0, 0) if shown == 0 and not self.hide_zeros else (max(self.threshold, low), high)


def fewer_than(least: int | str) -> str:
    """What stands in place of a number that is hidden because it is small."""
    return f"fewer than {least}"


SMALLEST_SHOWN = 5
DEFAULT = DisclosureRules(
    threshold=SMALLEST_SHOWN,
    threshold_sensitive=10,
    min_group=10,
    round_to=1,
    perturb=True,
    hide_zeros=True,
    secondary=False,
)
"""The product's own rules: small noise on every number, then "fewer than 5" (10 where sensitive)."""

STRICTEST = replace(DEFAULT, threshold=10)
"""The same, with "fewer than 10" everywhere."""

ROUNDED = DisclosureRules()
"""Suppression from 10 people, rounded to 5: the rules of releases that were made before cell keys."""

DFE = DisclosureRules(threshold=6, round_to=1, hide_zeros=False, hide_near_whole=False)
"""Department for Education, local authority tables of children looked after: 1 to 5 shown as "c" with secondary
suppression, zeros shown, figures not rounded (national and regional ones are rounded to 10).
Source: DfE, "Children looked after" methodology and "A guide to looked after children statistics", section 4.5."""

NHS = DisclosureRules(threshold=8, round_to=5, hide_zeros=False, hide_near_whole=False, secondary=False)
"""NHS England, Hospital Episode Statistics: 1 to 7 suppressed, zeros shown, all else rounded to 5; rounding stands
in for secondary suppression (here the interval audit still adds some where rounding is not enough).
Source: NHS Digital, "Disclosure control methodology for HES and ECDS", from September 2018."""

ONS = DisclosureRules(threshold=10, round_to=1)
"""Office for National Statistics, Secure Research Service: at least 10 people in a cell, zeros and full cells
checked for class disclosure, no figure derivable by differencing, no rounding.
Source: ONS, "SRS output checking guidance", sections 4 and 6."""

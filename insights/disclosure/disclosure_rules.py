"""The rules of disclosure control as data: thresholds, rounding and refusal, with conventions of other publishers."""

from dataclasses import dataclass

HIDDEN = "[c]"


@dataclass(frozen=True)
class DisclosureRules:
    """One convention. `threshold` is the smallest number of people that may be shown.

    `hide_zeros` treats a zero that could have been otherwise as a small number; `hide_near_whole` hides a
    figure when all but a few of its whole are in it (class disclosure); `secondary` hides one more figure in
    each line with a single hidden one. The interval audit always runs, whatever the convention.
    """

    threshold: int = 10
    min_base: int = 30
    round_to: int = 5
    max_dimensions: int = 2
    hide_zeros: bool = True
    hide_near_whole: bool = True
    secondary: bool = True

    def is_small(self, count: int) -> bool:
        return (0 if self.hide_zeros else 1) <= count < self.threshold

    def round_figure(self, count: int) -> int:
        return (count + self.round_to // 2) // self.round_to * self.round_to

    def count_bounds(self, shown: int) -> tuple[int, int]:
        """(least, most) of the count behind a shown figure, to a reader who knows these rules."""
        low, high = shown - self.round_to // 2, shown + (self.round_to - 1) // 2
        return (0, 0) if shown == 0 and not self.hide_zeros else (max(self.threshold, low), high)


DEFAULT = DisclosureRules()
"""The product's own rules, stricter than each convention below. Releases of children's answers use these."""

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

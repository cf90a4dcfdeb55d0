"""Disclosure rules in words: every explanation of a hidden or rounded number, on pages, in files and in the API.
It follows the rules of the releases shown; for several releases it says what is true of them all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma

from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.disclosure.disclosure_rules import HIDDEN, DisclosureRules

BY_EACH = "by the rules of each report"
CHANGED = (
    "Numbers are changed a little at random, so that nobody can be picked out. Parts may not add up, and one may be larger "
    "than its whole."
)


@dataclass(frozen=True)
class RulesWording:
    """Explanations for one set of rules or several; without rules, what holds under any."""

    rules: tuple[DisclosureRules, ...] = ()

    @property
    def few(self) -> str:
        """Too few people to show any figure."""
        return self._describe_fewer_than(rules.threshold for rules in self.rules)

    @property
    def few_or_sensitive(self) -> str:
        """The same, and too few where more are needed."""
        sensitive = self._describe_fewer_than(rules.least_shown(True) for rules in self.rules)
        more = f" ({sensitive} where a theme is grave or a question sensitive)"
        return self.few + ("" if sensitive == self.few else more)

    @property
    def too_few_to_ask(self) -> str:
        """Too few people in the base for any figure."""
        return self._describe_fewer_than(rules.min_base for rules in self.rules)

    @property
    def too_few_in_a_group(self) -> str:
        """Too few people in a group for a percentage."""
        return self._describe_fewer_than(rules.min_group for rules in self.rules)

    def _describe_fewer_than(self, numbers: Iterable[int]) -> str:
        found = [str(number) for number in sorted(set(numbers))]
        if not found:
            return "few people"
        told = f"fewer than {' or '.join([', '.join(found[:-1]), found[-1]]) if found[1:] else found[0]} people"
        return f"{told}, {BY_EACH}" if found[1:] else told

    @property
    def perturbed(self) -> bool:
        """Whether every number is changed by cell keys: then they are "about", and none is hidden beside another."""
        return bool(self.rules) and all(rules.perturb for rules in self.rules)

    @property
    def fewer_than(self) -> str:
        """What stands for a small number by cell keys; "" where rules suppress, which has a sign of its own."""
        return self.few.removesuffix(" people") if self.perturbed else ""

    def about(self, people: int | None) -> str:
        if people is None:
            return f"{HIDDEN} people"
        return f"about {intcomma(people)} people" if self.perturbed else f"{intcomma(people)} people"

    @property
    def hidden(self) -> str:
        return self.few if self.perturbed else f"{self.few}, or it would reveal such a number"

    @property
    def rounding_words(self) -> str:
        steps = {rules.round_to for rules in self.rules}
        if len(steps) != 1 or any(rules.perturb for rules in self.rules):
            return f"rounded or not, {BY_EACH}"
        step = steps.pop()
        return f"rounded to {step}" if step > 1 else "not rounded"

    @property
    def footnote(self) -> str:
        """What the numbers are, in one line."""
        return CHANGED if self.perturbed else f"Numbers are people, {self.rounding_words}."

    @property
    def in_one_line(self) -> str:
        """What the numbers are and which are hidden, for one sheet of paper."""
        return f"{self.footnote} Numbers of {self.few_or_sensitive} are hidden."

    @property
    def meaning(self) -> str:
        """What the numbers are; for rules that suppress, the hidden-number sign explained too."""
        if self.perturbed:
            return CHANGED
        few = self.few[0].upper() + self.few[1:]
        each = ", each by itself" if self.rounding_words.startswith("rounded to") else ""
        return (
            f"{HIDDEN}: hidden so that nobody can be picked out. {few}, or a number that would let someone work out another "
            f"hidden one. Hidden does not mean none. All other numbers are people, {self.rounding_words}{each}."
        )


def wording_of(*rules: Mapping[str, Any]) -> RulesWording:
    """`rules` as releases store them."""
    return RulesWording(tuple(dict.fromkeys(parse_stored_rules(dict(each)) for each in rules)))

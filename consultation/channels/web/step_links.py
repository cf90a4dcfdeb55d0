"""The links between a survey's steps. A survey is one document: each step has a link to every step that may come next,
and CSS shows one of them.

The links of a group are in the order of the steps. Each has the rule of its target; the first whose rule holds is
visible and hides those after it (see branching_css.write_branching_css). A person can open any step by its address,
so a link does not assume that its own step's rule holds.
"""

from consultation.surveys.routing_rules import part_level
from consultation.surveys.rule_formulas import TRUE, is_implied_by
from consultation.surveys.type_registry import type_of

CHECK_STEP = "check"


def is_step(item):
    """Whether the item has its own step: a question, or a heading with a text or before a sensitive part. Other
    headings appear on the steps after them."""
    return type_of(item).is_question or item["sensitive"] or bool(item["hint"])


def step_id(item):
    return f"q{item['key']}"


class StepLinks:
    """The links between the steps of `items`: [{"target": id, "rule": N or None}]."""

    def __init__(self, items, branching):
        self.items, self.branching = items, branching

    def onward(self, place):
        return self._first_of(self.items[place + 1 :], CHECK_STEP)

    def back(self, place):
        """From the first step the link leads to the landing page: an empty target."""
        return self._first_of(self.items[:place][::-1], "")

    def past_part(self, place):
        """Links to the first step after the part that this heading opens."""
        rest, level = self.items[place + 1 :], part_level(self.items[place])
        after = next((n for n, item in enumerate(rest) if 0 < part_level(item) <= level), len(rest))
        return self._first_of(rest[after:], CHECK_STEP)

    def _first_of(self, items, end):
        links, before = [], []
        for item in filter(is_step, items):
            formula = self.branching.formula(item)
            if any(is_implied_by(one, formula) for one in before):
                continue  # whenever this step is visible, an earlier one is too
            links.append({"target": step_id(item), "rule": self.branching.rule_of(item)})
            if formula == TRUE:
                return links
            before.append(formula)
        return [*links, {"target": end, "rule": None}]

"""From step to step. A survey is one document, so each step holds links to all that may come next, and the style shows one.

Links that belong together stand in one element, in the order of the steps. Each carries the rule of the step it leads
to; the first whose rule holds is shown, and hides those after it (see branching.stylesheet). A step can be reached by
its address though nothing leads to it, so links take nothing for granted about the step that they are in.
"""

from consultation.questionnaires.formulas import TRUE, follows
from consultation.questionnaires.rules import part_level

CHECK = "check"


def is_step(item):
    """A heading alone rides on the steps after it; one with a text, or before a hard part, is a step of its own."""
    return item["type"] != "section" or item["sensitive"] or bool(item["hint"])


def target(item):
    """The id of an item's step in the document."""
    return f"q{item['key']}"


class Paths:
    """The links between the steps of `items`: [{"target": id, "rule": N or None}]."""

    def __init__(self, items, branching):
        self.items, self.branching = items, branching

    def onward(self, place):
        return self._first_of(self.items[place + 1 :], CHECK)

    def back(self, place):
        """From the first step the way back is to the page before the survey: the target is empty."""
        return self._first_of(self.items[:place][::-1], "")

    def past_part(self, place):
        """To what comes after the part that this heading opens, whatever is inside it."""
        rest, level = self.items[place + 1 :], part_level(self.items[place])
        after = next((n for n, item in enumerate(rest) if 0 < part_level(item) <= level), len(rest))
        return self._first_of(rest[after:], CHECK)

    def _first_of(self, items, end):
        links, before = [], []
        for item in filter(is_step, items):
            formula = self.branching.formula(item)
            if any(follows(one, formula) for one in before):
                continue  # where this one is shown, an earlier one is, too
            links.append({"target": target(item), "rule": self.branching.rule_of(item)})
            if formula == TRUE:
                return links
            before.append(formula)
        return [*links, {"target": end, "rule": None}]

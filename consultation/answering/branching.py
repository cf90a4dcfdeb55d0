"""The rule of `schema.is_shown`, written as CSS for the browser.

Each option that a condition names carries a class `cN`; each item that is not always shown follows a rule `rN`, a
list of ways, each a set of N that must be chosen together: `is_shown` unrolled to the options it rests on. The rules
travel in the address of the stylesheet ("1_2-3.4": rule 1 is c1; rule 2 is c2, or c3 with c4), so any process can
write it, and a browser may keep it for ever.
"""

import re

from consultation.questionnaires.schema import Questionnaire, conditions_of, key_of

ALWAYS: frozenset[frozenset[str]] = frozenset({frozenset()})
SPEC = re.compile(r"\d{1,3}(?:[._-]\d{1,3})*")
LONGEST_SPEC = 4000


class Branching:
    """The classes of one questionnaire."""

    def __init__(self, content):
        self._questionnaire = Questionnaire(content)
        self._numbers = {}  # (item id, option keys): N of cN
        self._rules = {}  # ways: N of rN
        self._ways = {}
        for item in self._questionnaire.items:
            self._ways[item["id"]] = self._ways_of(item)
        self._help = {
            item["id"]: [self._helped(item, entry) for entry in item.get("help") or []]
            for item in self._questionnaire.items
        }

    def _ways_of(self, item):
        conditions = conditions_of(item)
        if not conditions:
            return ALWAYS
        return _shortest({way for condition in conditions for way in self._ways_to(condition)})

    def _ways_to(self, condition):
        asked = self._questionnaire.by_id(condition["question"])
        if asked is None:
            return []
        number = self._number(asked, condition["any_of"])
        before = self._ways[asked["id"]] if asked["id"] in self._ways else self._ways_of(asked)
        return [way | {number} for way in before] if number else []

    def _number(self, item, option_ids):
        keys = frozenset(key_of(item, option_id) for option_id in option_ids) - {None}
        if not keys:
            return None
        return self._numbers.setdefault((item["id"], keys), len(self._numbers) + 1)

    def _helped(self, item, entry):
        number = self._number(item, entry["any_of"])
        return self._rule(frozenset({frozenset({number})})) if number else None

    def _rule(self, ways):
        return self._rules.setdefault(ways, len(self._rules) + 1)

    def never_shown(self, item):
        """Its conditions name nothing that can be chosen."""
        return not self._ways[item["id"]]

    def rule_of(self, item):
        """N of the item's rule rN; None when it is always shown."""
        ways = self._ways[item["id"]]
        return None if ways == ALWAYS else self._rule(ways)

    def help_rules(self, item):
        """N of the rule that opens each of the item's help texts, in their order; None for one that nothing opens."""
        return self._help[item["id"]]

    def option_classes(self, item):
        """{option key: "c1 c2"} for the options that something rests on."""
        classes = {}
        for (item_id, keys), number in self._numbers.items():
            if item_id == item["id"]:
                for key in keys:
                    classes.setdefault(key, []).append(f"c{number}")
        return {key: " ".join(names) for key, names in classes.items()}

    @property
    def spec(self):
        """The rules as a text for an address; empty when there are none."""
        for item in self._questionnaire.items:
            if not self.never_shown(item):
                self.rule_of(item)
        return "_".join(
            "-".join(".".join(map(str, sorted(way))) for way in sorted(ways, key=sorted)) for ways in self._rules
        )


def _shortest(ways):
    """Without ways that ask for more than another one does."""
    return frozenset(way for way in ways if not any(other < way for other in ways))


def read_spec(spec):
    """[[{N, ...}, ...], ...]: the ways of each rule; None when the text is not a spec."""
    if len(spec) > LONGEST_SPEC or not SPEC.fullmatch(spec):
        return None
    return [[{int(number) for number in way.split(".")} for way in rule.split("-")] for rule in spec.split("_")]


def stylesheet(rules):
    """The CSS of all rules. A step that is the target of the address, or that the script shows, is shown whatever is
    chosen: browser Back must not meet an empty page."""
    return "".join(_css(number, ways) for number, ways in enumerate(rules, start=1))


def _css(rule, ways):
    chosen = ["".join(f":has(.c{number}:checked)" for number in sorted(way)) for way in ways]
    none_of_them = "".join(f":not({way})" for way in chosen)
    any_of_them = chosen[0] if len(chosen) == 1 else f":is({','.join(chosen)})"
    return (
        f"@supports selector(:has(a)){{.ask{none_of_them} .if-r{rule}:not(:target,.now),"
        f".ask{any_of_them} .un-r{rule}{{display:none!important}}}}\n"
    )

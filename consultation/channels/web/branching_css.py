"""Branching rules as CSS, so that a browser shows and hides questions without a script.

Each option that a rule depends on has a class `cN`; a conditional item has a class `if-rN`, and its rule N is one
selector on the form: `:has(.cN:checked)`, `:not(...)`, `:is(...)`, and concatenation for "and". The rules are part of
the stylesheet's address, so any process can write the stylesheet and a browser may cache it for ever.

In the address rules are separated by "_", and each is in reverse Polish notation: `5` is c5 ticked, `W5` text typed
into c5, `R2` the second rule again, `A` and, `O` or, `N` not. "1_2R1A_3N": c1; c1 and c2; not c3.
"""

import re

from consultation.surveys import rule_formulas
from consultation.surveys.routing_rules import (
    MOST_ATOMS,
    MOST_DEPTH,
    MOST_RULES,
    OTHER_WORDS_KEY,
    FormulaLogic,
    build_help_formulas,
    evaluate_visibility,
    list_distinct_rules,
)
from consultation.surveys.rule_formulas import FALSE, TRUE

# The longest text that MOST_ATOMS and MOST_RULES allow; servers accept addresses of 4,000 letters.
MAX_SPEC_LENGTH = 3920
SPEC_TOKEN = re.compile(r"[RW]?[1-9]\d{0,2}|[AON]")
JOINS = {"A": rule_formulas.join_all, "O": rule_formulas.join_any}


class BranchingClasses:
    """The CSS classes and rule numbers of one questionnaire."""

    def __init__(self, content):
        items = content["items"]
        self._shown = evaluate_visibility(items, FormulaLogic())
        self._helped = {item["id"]: build_help_formulas(item) for item in items}
        rules = list_distinct_rules(items)
        atoms = [
            atom
            for rule in rules
            for atom in sorted(rule_formulas.collect_atoms(rule), key=lambda atom: (atom[0], sorted(atom[1])))
        ]
        self._numbers = {atom: number for number, atom in enumerate(dict.fromkeys(atoms), start=1)}
        self._rules = {rule: number for number, rule in enumerate(rules, start=1)}

    def never_shown(self, item):
        """Whether no answer can satisfy the item's conditions."""
        return self._shown[item["id"]] == FALSE

    def formula(self, item):
        return self._shown[item["id"]]

    def rule_of(self, item):
        """N of the item's rule rN; None for an item that everyone sees."""
        return self._rules.get(self._shown[item["id"]])

    def help_rules(self, item):
        """N of the rule that opens each of the item's help texts, in order; None for a text that no answer opens."""
        return [self._rules.get(formula) for formula in self._helped[item["id"]]]

    def option_classes(self, item):
        """{option key: "c1 c2"} for options that a rule depends on; under WORDS those of the "other" text box."""
        classes = {}
        for (item_id, keys), number in self._numbers.items():
            if item_id == item["id"]:
                for key in keys:
                    classes.setdefault(key, []).append(f"c{number}")
        return {key: " ".join(names) for key, names in classes.items()}

    @property
    def rules(self):
        """The rules over atoms (N, whether N is a text box)."""
        return [rule_formulas.substitute_atoms(rule, self._numbered_atom) for rule in self._rules]

    def _numbered_atom(self, atom):
        return rule_formulas.build_atom((self._numbers[atom], atom[1] == {OTHER_WORDS_KEY}))

    @property
    def spec(self):
        """The rules as text for an address; "" without rules."""
        return write_rules_spec(self.rules)


def write_rules_spec(rules):
    written = {}
    for number, rule in enumerate(rules, start=1):
        written.setdefault(rule, (number, _write_reverse_polish(rule, written)))
    return "_".join(text for _, text in written.values())


def _write_reverse_polish(formula, earlier):
    kind, inner = formula
    if formula in earlier:
        return f"R{earlier[formula][0]}"
    if kind == "has":
        return f"W{inner[0]}" if inner[1] else f"{inner[0]}"
    if kind == "no":
        return f"{_write_reverse_polish(inner, earlier)}N"
    # The earlier rule that covers the largest part of this one.
    inside = [rule for rule in earlier if rule[0] == kind and rule[1] < inner]
    known = max(inside, key=lambda rule: len(rule[1]), default=None)
    rest = [_write_reverse_polish(part, earlier) for part in inner - (known[1] if known else set())]
    words = [f"R{earlier[known][0]}"] if known else []
    words += sorted(rest, key=lambda text: (len(text), text))
    text = ""
    for word in words:  # with a dot between two numbers
        text += ("." if text[-1:].isdigit() and word[0].isdigit() else "") + word
    return text + ("A" if kind == "all" else "O") * (len(words) - 1)


def parse_rules_spec(spec):
    """The rules of a spec, over (N, whether N is a text box); None for text that `write_rules_spec` cannot have written."""
    if len(spec) > MAX_SPEC_LENGTH or spec.count("_") >= MOST_RULES:
        return None
    rules, left = [], MOST_ATOMS
    for text in spec.split("_"):
        read = _parse_rule(text, rules, left)
        if read is None:
            return None
        rules.append(read)
        left -= read[1]
    found = [rule for rule, _ in rules]
    return found if write_rules_spec(found) == spec else None


def _parse_rule(text, earlier, most):
    """(rule, number of atoms); None for broken text and for a rule larger than a survey may have."""
    stack, at = [], 0
    while at < len(text):
        found = SPEC_TOKEN.match(text, at + (text[at] == "." and at > 0))
        if found is None or not _apply_token(found[0], stack, earlier) or stack[-1][1] > most:
            return None
        at = found.end()
    return stack[0] if len(stack) == 1 and rule_formulas.nesting_depth(stack[0][0]) <= MOST_DEPTH else None


def _apply_token(sign, stack, earlier):
    """Apply one token to the stack; False for an invalid token or a constant result."""
    needed = {"N": 1, "A": 2, "O": 2}.get(sign, 0)
    if len(stack) < needed:
        return False
    taken = [stack.pop() for _ in range(needed)]
    rules, size = [rule for rule, _ in taken], sum(size for _, size in taken)
    if sign == "N":
        pushed = rule_formulas.negate_formula(rules[0]), size
    elif taken:
        pushed = JOINS[sign](rules), size
    elif sign[0] == "R":
        pushed = next(iter(earlier[int(sign[1:]) - 1 :]), None)
    else:
        pushed = rule_formulas.build_atom((int(sign.lstrip("W")), sign[0] == "W")), 1
    if pushed is None or pushed[0] in (TRUE, FALSE):
        return False
    stack.append(pushed)
    return True


def write_branching_css(rules):
    """The CSS of all rules. The step that the address targets or the script shows is visible whatever is chosen:
    browser Back must not meet an empty page. Of the links to the next step, the first whose step is visible hides
    those after it."""
    if not rules:
        return ""
    written = (
        f".ask{build_selector(rule_formulas.negate_formula(rule))} .if-r{number}:not(:target,.now),"
        f".ask{build_selector(rule)} .go .if-r{number}~a{{display:none!important}}\n"
        for number, rule in enumerate(rules, start=1)
    )
    return "@supports selector(:has(a)){\n" + "".join(written) + "}\n"


def build_selector(formula):
    """A selector that matches the form when the formula is true."""
    kind, inner = formula
    if kind == "has":
        return f":has(.c{inner[0]}:not(:placeholder-shown))" if inner[1] else f":has(.c{inner[0]}:checked)"
    if kind == "all":
        return "".join(sorted(map(build_selector, inner)))
    if kind == "any":
        return f":is({_join_selectors(inner)})"
    return f":not({_join_selectors(inner[1]) if inner[0] == 'any' else build_selector(inner)})"


def _join_selectors(parts):
    return ",".join(sorted(map(build_selector, parts)))

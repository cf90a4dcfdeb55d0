"""Routing rules in one cell of a sheet: "q1 any_of yes no AND (q2 none_of never OR q3 all_of a b)"."""

import re

from consultation.questionnaires.rules import KINDS

TOKEN = re.compile(r"\(|\)|[^\s()]+")
JOINS = {"AND": "all", "OR": "any"}


class BadRule(Exception):
    """The cell cannot be parsed; the message is for its author."""


def write_rule(rule, inside=False):
    if not rule:
        return ""
    if "question" in rule:
        kind = next(kind for kind in KINDS if kind in rule)
        return " ".join([rule["question"], kind, *rule[kind]])
    word, rules = next((word, rule[name]) for word, name in JOINS.items() if name in rule)
    text = f" {word} ".join(write_rule(one, inside=True) for one in rules)
    return f"({text})" if inside else text


def read_rule(text):
    """The RULE (see routing_rules) of a cell; None for an empty one. Raises InvalidCondition."""
    tokens = TOKEN.findall(text)
    if not tokens:
        return None
    rule = _joined(tokens)
    if tokens:
        raise BadRule("A bracket is closed that was not opened.")
    return rule


def _joined(tokens):
    rules, words = [_one(tokens)], set()
    while tokens and tokens[0] in JOINS:
        words.add(tokens.pop(0))
        rules.append(_one(tokens))
    if len(words) > 1:
        raise BadRule("Put brackets round what belongs together: AND and OR stand side by side.")
    return {JOINS[words.pop()]: rules} if words else rules[0]


def _one(tokens):
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        rule = _joined(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise BadRule("A bracket is not closed.")
        return rule
    return _condition(tokens)


def _condition(tokens):
    words = []
    while tokens and tokens[0] not in {"(", ")", *JOINS}:
        words.append(tokens.pop(0))
    if len(words) < 3 or words[1] not in KINDS:
        raise BadRule(f"Write the id of a question, one of {', '.join(KINDS)}, and the ids of choices.")
    return {"question": words[0], words[1]: words[2:]}

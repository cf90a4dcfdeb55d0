"""Routing rules in one cell of a sheet: "q1 any_of yes no AND (q2 none_of never OR q3 all_of a b)"."""

import re

from consultation.surveys.routing_rules import KINDS

TOKEN = re.compile(r"\(|\)|[^\s()]+")
JOINS = {"AND": "all", "OR": "any"}
MOST_BRACKETS = 20
GROUP_IN_GROUP = "A group in brackets holds conditions, and no further group in brackets."


class InvalidCondition(Exception):
    """The cell cannot be parsed; the message is for its author."""


def format_rule(rule, inside=False):
    if not rule:
        return ""
    if "question" in rule:
        kind = next(kind for kind in KINDS if kind in rule)
        return " ".join([rule["question"], kind, *rule[kind]])
    word, rules = next((word, rule[name]) for word, name in JOINS.items() if name in rule)
    text = f" {word} ".join(format_rule(one, inside=True) for one in rules)
    return f"({text})" if inside else text


def parse_rule(text):
    """The RULE (see routing_rules) of a cell; None for an empty one. Raises InvalidCondition."""
    tokens = TOKEN.findall(text)
    if not tokens:
        return None
    rule = _parse_joined(tokens)
    if tokens:
        raise InvalidCondition("A bracket is closed that was not opened.")
    return rule


def holds_group_in_group(rule):
    """Whether brackets stand within brackets, which a question in the editor cannot hold."""
    groups = [one for one in _list_parts(rule) if "question" not in one]
    return any("question" not in one for group in groups for one in _list_parts(group))


def _list_parts(rule):
    """The conditions and groups that a rule joins."""
    return next((rule[name] for name in JOINS.values() if name in rule), []) if rule else []


def _parse_joined(tokens, depth=0):
    rules, words = [_parse_term(tokens, depth)], set()
    while tokens and tokens[0] in JOINS:
        words.add(tokens.pop(0))
        rules.append(_parse_term(tokens, depth))
    if len(words) > 1:
        raise InvalidCondition("Put brackets round what belongs together: AND and OR stand side by side.")
    return {JOINS[words.pop()]: rules} if words else rules[0]


def _parse_term(tokens, depth):
    if tokens and tokens[0] == "(":
        if depth == MOST_BRACKETS:
            raise InvalidCondition(GROUP_IN_GROUP)
        tokens.pop(0)
        rule = _parse_joined(tokens, depth + 1)
        if not tokens or tokens.pop(0) != ")":
            raise InvalidCondition("A bracket is not closed.")
        return rule
    words = []
    while tokens and tokens[0] not in {"(", ")", *JOINS}:
        words.append(tokens.pop(0))
    if len(words) < 3 or words[1] not in KINDS:
        raise InvalidCondition(f"Write the id of a question, one of {', '.join(KINDS)}, and the ids of choices.")
    return {"question": words[0], words[1]: words[2:]}

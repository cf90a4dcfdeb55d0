"""Conditions in words, such as “Yes” or “Maybe” to question 3. conditions.js builds the same sentences."""

from consultation.questionnaires.building.outline import choice_words, name
from consultation.questionnaires.rules import KINDS

EVERYONE = "to everyone"
GONE = "a question that is gone"


def in_words(rule, entries):
    """The rule as the end of a sentence "shown ...": “to everyone”, or “if ...”. `entries`: {id: ENTRY}."""
    return f"if {_rule(rule, entries)}" if rule else EVERYONE


def _rule(rule, entries, inner=False):
    for kind, joined in (("all", ", and "), ("any", ", or ")):
        if kind in rule:
            text = joined.join(_rule(one, entries, inner=True) for one in rule[kind])
            return f"({text})" if inner else text
    return _condition(rule, entries)


def _condition(rule, entries):
    kind = next(kind for kind in KINDS if kind in rule)
    asked = entries.get(rule["question"])
    if asked is None:
        return f"an answer to {GONE}"
    chosen = [f"“{choice_words(asked, one)}”" for one in rule[kind]]
    if kind == "none_of":
        return f"not {_joined(chosen, 'or')} to {name(asked)}"
    return f"{_joined(chosen, 'and' if kind == 'all_of' else 'or')} to {name(asked)}"


def _joined(words, last):
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)

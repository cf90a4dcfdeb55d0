"""Conditions in words, such as “Yes” or “Maybe” to question 3. conditions.js builds the same sentences."""

from consultation.surveys.editor.questionnaire_outline import describe_choice, name_entry
from consultation.surveys.routing_rules import KINDS

EVERYONE = "to everyone"
GONE = "a question that is gone"


def describe_rule(rule, entries):
    """The rule as the end of a sentence "shown ...": “to everyone”, or “if ...”. `entries`: {id: ENTRY}."""
    return f"if {_describe_branch(rule, entries)}" if rule else EVERYONE


def _describe_branch(rule, entries, inner=False):
    for kind, joined in (("all", ", and "), ("any", ", or ")):
        if kind in rule:
            text = joined.join(_describe_branch(one, entries, inner=True) for one in rule[kind])
            return f"({text})" if inner else text
    kind = next(kind for kind in KINDS if kind in rule)
    asked = entries.get(rule["question"])
    if asked is None:
        return f"an answer to {GONE}"
    chosen = [f"“{describe_choice(asked, one)}”" for one in rule[kind]]
    if kind == "none_of":
        return f"not {_join_words(chosen, 'or')} to {name_entry(asked)}"
    return f"{_join_words(chosen, 'and' if kind == 'all_of' else 'or')} to {name_entry(asked)}"


def _join_words(words, last):
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)

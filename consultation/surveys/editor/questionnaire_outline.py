"""A draft's questionnaire as plain data with texts, for pages that show or compare it; its conditions in words,
as conditions.js builds them, and the time to answer.

An outline is a list of ENTRYs. An ENTRY is an item of build_rule_items, plus:
ENTRY = {"id", "type", "number": 3 | None for a part, "words": {field: str}, "choices": {id: {field: str}},
         "lines": {id: {field: str}} of a grid, "settings": {label: str}, "help_opened": [str], ...}
"""

import math
import re
from itertools import count

from consultation.interface_text import get_text
from consultation.surveys.question_types.base import QuestionType
from consultation.surveys.questionnaire_schema import NON_RESPONSE_WORDS
from consultation.surveys.routing_rules import KINDS
from consultation.surveys.rule_items import build_rule_items
from consultation.surveys.type_registry import find_type, type_of

# Labels of block fields: texts that people read, and (below) settings.
WORDS = {
    "text": "the words",
    "easy": "the easy words",
    "hint": "the hint",
    "hint_easy": "the easy hint",
    "why": "“Why we ask this”",
    "body": "the text below",
    "body_easy": "the easy text below",
    "low_label": "what the first number means",
    "high_label": "what the last number means",
    "unit": "the unit",
}
SETTINGS = {
    "dont_know": "“I don’t know” is offered",
    "rather_not": "“I don’t want to say” is offered",
    "soon_box": "“I want someone to read this soon” is offered",
    "apart": "kept apart from the answers",
    "about_you": "About you",
    "sensitive": "a hard subject",
    "not_for_groups": "not for groups",
    "online": "about life online",
    "limit": "at most so many answers",
    "several": "more than one answer",
    "rank": "places in the order",
    "max_length": "room for letters",
    "low": "first number",
    "high": "last number",
    "least": "smallest number",
    "most": "largest number",
    "first_year": "first year",
    "last_year": "last year",
    "bands": "bands",
    "level": "level of the part",
    "pictogram": "small picture",
    "picture": "picture",
    "audio": "recording",
    "bsl": "sign language",
    "links": "parts of the strategy",
    "themes": "themes",
    "place_types": "types of place",
    "pairs": "services, reported two by two",
}
OF_CHOICE = {
    "text": "the words",
    "easy": "the easy words",
    "alt": "what the picture shows",
    "exclusive": "cannot be chosen with others",
    "other": "people may write what it is",
    "pictogram": "small picture",
    "picture": "picture",
    "start": "from",
    "end": "to",
}
EVERYONE = "to everyone"
GONE = "a question that is gone"
WORD = re.compile(r"\w+(?:['’-]\w+)*")
CHILDREN = "children-young-people"
WORDS_A_SECOND = {True: 2.0, False: 3.0}  # {whether children are asked: pace}
READ = ("text", "hint", "body", "low_label", "high_label")


def build_outline(page):
    """The outline of a page object: a draft or an old revision."""
    children, numbers, entries = list(page.body), count(1), []
    for child, item in zip(children, build_rule_items(children), strict=True):
        number = next(numbers) if type_of(item).is_question else None
        entries.append(item | {"number": number} | _build_entry(child))
    return entries


def _build_entry(child):
    value, choices = child.value, _build_choices(child)
    return {
        "words": {name: (value.get(name) or "").strip() for name in WORDS if name in value},
        "choices": choices,
        "help_opened": [_describe_help(rule, choices) for rule in value.get("help_by_answer") or ()],
        "lines": _build_inner_blocks(value, "rows"),
        "settings": {label: _format_setting(value[name]) for name, label in SETTINGS.items() if name in value},
    }


def _describe_help(rule, choices):
    answers = " or ".join(f"“{describe_choice({'choices': choices}, one)}”" for one in rule["any_of"])
    entries = f" ({', '.join(rule['entries'])})" if rule["entries"] else ""
    return f"after {answers}: “{rule['text']}”{entries}"


def _build_choices(child):
    """The choices in order, those of standard scales included, because conditions refer to them."""
    if prepared := find_type(child.block_type).prepared_choices(child.value):
        return {id_: {"text": text} for id_, text in prepared.items()}
    return _build_inner_blocks(child.value, "options")


def _build_inner_blocks(value, name):
    blocks = getattr(value.get(name), "bound_blocks", ())
    return {
        one.id: {field: _format_setting(one.value[field]) for field in OF_CHOICE if field in one.value}
        for one in blocks
    }


def _format_setting(value):
    """A setting as text; "" if it is not set."""
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return "yes"
    if hasattr(value, "items"):
        return ", ".join(filter(None, (_format_setting(one) for one in value.values())))
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return f"{value.title} (number {value.pk})" if hasattr(value, "pk") else str(value)


def describe_choice(entry, choice):
    """The text of a choice or non-response answer, or else its band or id."""
    if choice in NON_RESPONSE_WORDS:
        return get_text(NON_RESPONSE_WORDS[choice])
    found = entry["choices"].get(choice, {})
    band = f"{found.get('start', '')} to {found.get('end', '')}" if "start" in found else choice
    return found.get("text") or band


def name_entry(entry):
    """“question 3” or “the part ‘You’”, for the middle of a sentence."""
    return f"question {entry['number']}" if entry["number"] else f"the part “{entry['words']['text']}”"


def capitalise_first(text):
    return text[:1].upper() + text[1:]


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


def estimate_seconds(entry, children=True):
    texts = [entry["words"].get(name, "") for name in READ]
    texts += [one.get("text", "") for one in (*entry["choices"].values(), *entry["lines"].values())]
    read = sum(len(WORD.findall(text)) for text in texts) / WORDS_A_SECOND[children]
    return read + (type_of(entry) or QuestionType()).estimate_seconds(len(entry["lines"]))


def round_up_minutes(total):
    """Seconds in whole minutes, rounded up, at least 1."""
    return max(1, math.ceil(total / 60))


def estimate_minutes(page):
    return round_up_minutes(sum(estimate_seconds(entry, page.audience == CHILDREN) for entry in build_outline(page)))

"""Who did what to whom: questions that ask for an event of a life, found by the grammar in `event_grammar.txt`.

A sentence asks for one if an experience stands in it (something done to the person who answers, or to somebody of
theirs) and nothing in front makes it a supposition (“would”, “should”), a question of knowledge (“what to do if”)
or an instruction not to tell. Agreeing with “Nobody has ever hit me” tells as much as saying that somebody has, so a
negation inside the experience changes nothing.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from consultation.surveys.validation.event_words import mark_roles
from consultation.surveys.validation.phrases import split_sentences

GRAMMAR = Path(__file__).with_suffix(".txt")
SOME_WORDS = re.compile(r"~(\d+)(\??)")
NAME = re.compile(r"<(\w+)>")

TO_TELL = "Ask instead: “Is there an adult you could tell if somebody hurt you?” or “What would help you to tell?”."
TO_HELP = "Ask instead: “What help should there be for someone your age?” or “How safe or unsafe do you feel there?”."
TO_KNOW = "Ask instead: “Would you know what to do if somebody asked for something that felt wrong?”."
HURT = f"It asks a child to say that somebody hurt them, or who did it. {TO_TELL}"
MADE = f"It asks a child to say what somebody did with them, made them do, gave them or wanted. {TO_KNOW}"
SAYS = {
    "hurt": HURT,
    "done": HURT,
    "lived": f"It asks a child to say that they lived through harm, or saw it. {TO_HELP}",
    "made": MADE,
    "sexual": MADE,
    "afraid": f"It asks a child to say which person they are afraid of. {TO_HELP}",
    "told": f"It asks a child to tell of an event. {TO_HELP}",
    "anything": f"It asks a child to say what somebody did to them. {TO_TELL}",
}


class EventQuestion(NamedTuple):
    """The words that ask for an event; why that is no question of a survey, and what to ask instead."""

    found: str
    fix: str


class Grammar(NamedTuple):
    names: dict[str, re.Pattern[str]]
    parts: dict[str, list[re.Pattern[str]]]


@cache
def read_grammar() -> Grammar:
    """The names and parts of the file, compiled once."""
    known: dict[str, str] = {}
    parts: dict[str, list[re.Pattern[str]]] = {}
    for line in _read_lines():
        if line.startswith("["):
            parts[line[1 : line.index("]")]] = []
        elif parts:
            parts[list(parts)[-1]].append(re.compile(rf"(?<!\S)(?:{_expand_names(line, known)})"))
        else:
            name, _, pattern = line.partition(" = ")
            known[name] = _expand_names(pattern, known)
    return Grammar({name: re.compile(pattern) for name, pattern in known.items()}, parts)


def _read_lines() -> list[str]:
    """Its lines without remarks, each with the indented lines that go on with it."""
    lines: list[str] = []
    for line in GRAMMAR.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            lines[-1] += line[4:]
        elif line and not line.startswith("#"):
            lines.append(line)
    return lines


def _expand_names(pattern: str, known: dict[str, str]) -> str:
    words = SOME_WORDS.sub(r"(?:\\S+ ){0,\1}\2", pattern)
    return NAME.sub(lambda name: known[name[1]], words)


def find_event_question(text: str, *, only_if_it_asks: bool = False) -> EventQuestion | None:
    """The first event that a text asks for. `only_if_it_asks`: leave out sentences that only inform."""
    for sentence in split_sentences(text):
        if only_if_it_asks and not read_grammar().names["ASKING"].search(sentence.lower()):
            continue
        if found := _find_event(*mark_roles(sentence)):
            return found
    return None


def find_event_in_choice(choice: str, question: str) -> EventQuestion | None:
    """An event that this choice would tell: “Being punched” below “Which of these have you experienced?”."""
    names = read_grammar().names
    asked, _ = mark_roles(question)
    if names["SUPPOSED"].search(names["POLITE"].sub("", asked)) or names["KNOWN"].search(asked):
        return None
    if found := find_event_question(choice):
        return found
    roles, _ = mark_roles(choice)
    if names["LIST_OF_EVENTS"].search(asked) and names["HARM_IN_A_LIST"].search(roles):
        return EventQuestion(choice, HURT)
    return None


def _find_event(roles: str, words: list[str]) -> EventQuestion | None:
    names, parts = read_grammar()
    is_everyday = names["EVERYDAY"].search(" ".join(words))
    for part, patterns in parts.items():
        if part == "anything" and is_everyday:
            continue
        for match in (match for pattern in patterns for match in pattern.finditer(roles)):
            if part == "anything" and names["NOT_DONE_TO_ME"].search(match[0]):
                continue
            if not _is_shielded(roles, match):
                return EventQuestion(_find_words(roles, words, match), SAYS[part])
    return None


def _find_words(roles: str, words: list[str], match: re.Match[str]) -> str:
    """The words that stand at the places of the matched roles."""
    start = roles[: match.start()].count(" ")
    return " ".join(words[start : start + match[0].strip().count(" ") + 1])


def _is_shielded(roles: str, match: re.Match[str]) -> bool:
    """Whether what stands around the match makes it no question about an event of this person's life."""
    names = read_grammar().names
    asked = names["POLITE"].sub("", roles)
    cut = len(roles) - len(asked)
    before = asked[: max(0, match.start() - cut)]
    clause = names["CLAUSE"].split(before)[-1]
    if before.endswith("when ") and re.match("an? ADULT", match[0]):  # “Adults here act when a child is hurt.”
        return True
    untold = names["UNTOLD"].search(clause + match[0])
    if untold and untold.start() < len(clause):
        return True
    if names["SUPPOSED"].search(before) or names["KNOWN"].search(before) or names["CONSENT"].search(roles):
        return True
    if "SEX" in match[0] and names["LESSONS"].search(roles):
        return True
    condition = names["CONDITION"].search(before)
    if condition and not cut and not names["MAIN_CLAUSE"].search(before[condition.end() :]):
        rest = before[: condition.start()] + asked[max(0, match.end() - cut) :]
        return bool(names["MAY_BE_HELPED"].search(rest))
    return bool(names["WHEN"].search(before) and names["SUPPOSED"].search(asked))

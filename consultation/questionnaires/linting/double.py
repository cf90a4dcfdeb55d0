"""Two questions in one: nobody can answer "yes" to one and "no" to the other.

"and" joins many things that are one ("mum and dad", "bus stops and stations"), so only what surely asks twice is found:
a second question word, two places or times each with its own preposition, two things each with its own article, two
judgements, two deeds.
"""

import re
from collections.abc import Iterator

from consultation.questionnaires.linting.draft import Draft
from consultation.questionnaires.linting.linter import Spot, linter
from consultation.questionnaires.linting.phrases import any_of, plain, unquoted

ASKS, AUX = (
    r"(?:how|what|why|when|where|which|who)",
    r"(?:do|does|did|are|is|was|were|have|has|would|can|could|will|should)",
)
YOU = r"(?:you|we|they|it|he|she|the|your|there|people)"
PREP = r"(?:at|in|on|by|near|around|inside|outside|during|before|after|with|from|about|through)"
ART = r"(?:the|your|our|their|this|these|those|that)"
WORD = r"(?!(?:and|or)\b)[\w'-]+"
JUDGED = (
    r"(?:safe|unsafe|happy|sad|welcome|heard|respected|calm|clean|easy|clear|friendly|kind|helpful|useful|warm|"
    r"fair|quick|fast|"
    r"cheap|comfortable|confident|supported|included|valued|interesting|fun|polite|honest|reliable|tidy|quiet|"
    r"private|worried|"
    r"lonely|angry|scared|anxious|stressed|trusted|believed|free|open|near|big|bright|dirty|noisy|slow|late|"
    r"rude|boring|"
    r"expensive|healthy|proud|hopeful|involved|informed|understood|affordable|accessible|good|bad)"
)
VERBS = (
    r"(?:listen|help|explain|know|understand|respect|care|talk|ask|tell|act|work|play|learn|read|write|like|use|"
    r"enjoy|trust|"
    r"need|want|believe|support|visit|answer|reply|plan|choose|feel|see|walk|cycle|eat|sleep|live|drive|swim|study|answered|"
    r"listened|helped|"
    r"explained|understood|respected|listens|helps|explains|knows|understands|respects|cares)"
)
# Said together so often that they are one thing.
ONE_THING = re.compile(
    r"\b(?:mums?|moms?|mothers?|dads?|fathers?|parents?|carers?|guardians?|brothers?|sisters?|famil(?:y|ies)|friends?|"
    r"aunts?|uncles?|nan|gran\w*|children|young people|boys?|girls?|men|women|stops?|stations?|towns?|cit(?:y|ies)|"
    r"trains?|buses|block|report|rules?|rights?|views?|ideas?|names?|numbers?|dates?|times?|days?|nights?|pros|"
    r"cons)\b",
    re.IGNORECASE,
)
IDIOMS = re.compile(
    r"\b(?:safe and (?:sound|well)|well and good|loud and clear|clear and easy to|free and easy|nice and \w+|"
    r"free and open|"
    r"out and about|now and then|read and write|read and understand|listen and learn|ask and answer|"
    r"eat and drink|more and more|(?:up|back|to|from) and (?:down|forth|from|to)|in and out|on and off|over and over|"
    r"before and after|by day and by night|yes and no|between .+ and)\b",
    re.IGNORECASE,
)  # fmt: skip

# "where you live and who you live with" is one thing that somebody has a say in; "and who do you live with" asks again.
TWO_ASKED = any_of(
    rf"\w,? and (?:also |if so,? )?(?:{ASKS} (?:\w+ )?{AUX}|how (?:much|many|often|long|good|bad|easy|safe)|"
    rf"{AUX} {YOU})\b"
)
TWICE_PLACED = any_of(rf"\b{PREP} (?:{WORD} ){{1,4}}?and (?:also )?{PREP} {WORD}(?: {WORD})?")
TWO_THINGS = any_of(rf"\b{ART} ((?:{WORD} ){{1,3}}?)and {ART} ({WORD}(?: {WORD})?)")
TWO_JUDGED = any_of(rf"\b{JUDGED},? and (?:also )?(?:not |very |really |as )?(?:{JUDGED}|listened to|looked after)\b")
TWO_DEEDS = any_of(rf"\b{VERBS}(?: to you| you| it| them)?,? and (?:also )?{VERBS}\b")
TWO_SIDES = any_of(rf"\b{ART} ({WORD} )and ({WORD}) of {ART}\b")
THEN_ANOTHER = any_of(
    rf"^(?:do|does|did) {YOU} .+(?<!\bgo)(?<!\bcome)(?<!\btry),? and (?:have|feel|know|get|think|want|enjoy|like)\b"
)
JOINED = any_of(r"\bas well as\b(?! you)", r"\band/or\b", r"\band also\b", r"\bboth \S+ (?:\S+ )?and\b")
ALIKE = re.compile(r"\b(?:same|difference|between|choose between|compare|together)\b", re.IGNORECASE)
FIX = "Ask about one of the two, and the other in a question of its own, or make a grid with a row for each."


def two_in_one(text: str) -> str:
    """The words that ask twice; empty where a text asks once."""
    said = unquoted(plain(text))
    if said.count("?") > 1:
        return said.strip()
    if ALIKE.search(said):
        return ""
    said = IDIOMS.sub(lambda found: "_" * len(found[0]), said)
    for pattern in (TWO_ASKED, TWICE_PLACED, TWO_JUDGED, TWO_DEEDS, THEN_ANOTHER, JOINED):
        if (match := pattern.search(said)) and not _one_pair(match[0]):
            return match[0].strip()
    match = TWO_THINGS.search(said) or TWO_SIDES.search(said)
    return match[0].strip() if match and not _one_thing(match) else ""


def _one_pair(words: str) -> bool:
    """ "at home with your mum and with your dad" """
    first, _, second = words.rpartition(" and ")
    return bool(
        re.search(r"\b(?:mum|mother|dad|father)\b", first) and re.search(r"\b(?:mum|mother|dad|father)\b", second)
    )


def _one_thing(match: re.Match[str]) -> bool:
    return bool(ONE_THING.search(match[1]) and ONE_THING.search(match[2]))


@linter(
    "double",
    title="Two questions in one",
    reason="Someone who would say yes to one and no to the other cannot answer, and we cannot tell what an answer meant.",
    fix=FIX,
    blocks=True,
)
def double_questions(draft: Draft) -> Iterator[Spot]:
    for _, words in draft.questions():
        if found := two_in_one(words.text):
            yield words.spot(found)

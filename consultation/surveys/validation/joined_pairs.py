"""Judges whether two things joined by "and" are one, two, or perhaps two.

It uses word lists because they are easy to correct: add the word of a false alarm here, and its question to the tests.
"""

import re
from enum import Enum

# Separate settings: what is true in one need not be true in another. Two words of one setting count as one.
SETTINGS = {
    "transport": "bus buses stop stops train trains station stations tram trams platform platforms taxi taxis way journey "
    "journeys minibus",
    "home": "home homes house flat bedroom kitchen family hostel",
    "school": "school schools college class classes lesson lessons classroom classrooms corridor corridors playground "
    "assembly assemblies",
    "outdoors": "park parks street streets town field fields playground pitch square path paths estate",
    "online": "online phone phones app apps game games internet",
    "club": "club clubs library libraries gym pool centre",
    "staff": "teacher teachers tutor tutors staff worker workers",
    "built": "building buildings room rooms toilet toilets light lights bench benches",
    "order": "police council court courts",
    "health": "doctor doctors nurse nurses dentist hospital clinic",
}
TIMES = frozenset(
    "morning mornings afternoon afternoons evening evenings night nights day days break lunch dinner breakfast week weekend "
    "weekends term holiday holidays summer winter".split()
)
# Words so often joined that they count as one thing.
ONE_THING = re.compile(
    r"\b(?:mums?|moms?|mothers?|dads?|fathers?|parents?|carers?|guardians?|brothers?|sisters?|famil(?:y|ies)|friends?|"
    r"aunts?|uncles?|nan|gran\w*|children|young people|boys?|girls?|men|women|stops?|stations?|towns?|cit(?:y|ies)|"
    r"trains?|buses|block|report|rules?|rights?|views?|ideas?|names?|numbers?|dates?|times?|days?|nights?|pros|"
    r"cons)\b",
    re.IGNORECASE,
)
IDIOMS = re.compile(
    r"\b(?:safe and (?:sound|well)|well and good|loud and clear|clear and easy to|nice and \w+|free and open|"
    r"out and about|now and then|read and write|read and understand|listen and learn|ask and answer|rest and relax|"
    r"eat and drink|more and more|(?:up|back|to|from|in) and (?:down|forth|from|to|around)|in and out|on and off|"
    r"over and over|before and after|when and where|by day and by night|yes and no|terms and conditions|"
    r"between .+ and)\b",
    re.IGNORECASE,
)
# Measurable adjectives: a second question when joined with an opinion.
MEASURED = (
    frozenset({"cheap", "expensive", "affordable", "free"}),
    frozenset({"near", "close"}),
    frozenset({"fast", "quick", "slow", "late"}),
    frozenset({"big", "small"}),
)
# Near-synonyms.
NEARLY_ONE = (
    frozenset({"safe", "secure", "welcome", "comfortable", "calm", "relaxed", "quiet", "dry", "warm", "included"}),
    frozenset({"heard", "listened to", "respected", "valued", "believed", "understood"}),
    frozenset({"kind", "friendly", "polite", "warm"}),
    frozenset({"clear", "easy"}),
    frozenset({"worried", "anxious", "scared", "stressed"}),
)
JUDGED = (
    r"(?:safe|unsafe|secure|happy|sad|welcome|heard|respected|calm|relaxed|clean|dry|easy|clear|friendly|kind|helpful|"
    r"useful|warm|fair|quick|fast|cheap|comfortable|confident|supported|included|valued|interesting|fun|polite|honest|"
    r"reliable|tidy|quiet|private|worried|lonely|angry|scared|anxious|stressed|trusted|believed|free|open|near|close|"
    r"big|small|bright|light|dirty|noisy|slow|late|rude|boring|expensive|healthy|proud|hopeful|involved|informed|"
    r"understood|affordable|accessible|good|bad|short)"
)
QUALITIES = frozenset("price cost quality speed length size look looks taste design timing amount".split())


class PairVerdict(Enum):
    ONE = "one"
    PERHAPS = "perhaps"
    TWO = "two"


def judge_places(first: str, second: str) -> PairVerdict:
    """ "at school", "on the bus": TWO if both settings are known and different."""
    one, two = _split_words(first), _split_words(second)
    if (one & two) - {"the", "your", "my", "in", "on", "at", "with", "about"} or (one & TIMES and two & TIMES):
        return PairVerdict.ONE
    if ONE_THING.search(first) and ONE_THING.search(second) and not (_find_settings(one) or _find_settings(two)):
        return PairVerdict.ONE
    return _judge_settings(one, two, together=PairVerdict.ONE)


def judge_things(first: str, second: str) -> PairVerdict:
    """ "the staff", "the building" """
    if ONE_THING.search(first) and ONE_THING.search(second):
        return PairVerdict.ONE
    return _judge_settings(_split_words(first), _split_words(second), together=PairVerdict.PERHAPS)


def judge_sides(first: str, second: str) -> PairVerdict:
    """ "the price" and "quality" of one thing"""
    if ONE_THING.search(first) and ONE_THING.search(second):
        return PairVerdict.ONE
    return PairVerdict.TWO if {first.lower(), second.lower()} <= QUALITIES else PairVerdict.PERHAPS


def judge_adjectives(first: str, second: str) -> PairVerdict:
    both = {first.lower(), second.lower()}
    if any(both <= group for group in (*NEARLY_ONE, *MEASURED)):
        return PairVerdict.ONE
    return PairVerdict.TWO if any(both & group for group in MEASURED) else PairVerdict.PERHAPS


def _judge_settings(one: set[str], two: set[str], *, together: PairVerdict) -> PairVerdict:
    here, there = _find_settings(one), _find_settings(two)
    if here and there:
        return together if here & there else PairVerdict.TWO
    return PairVerdict.PERHAPS


def _find_settings(words: set[str]) -> set[str]:
    return {name for name, nouns in SETTINGS.items() if words & set(nouns.split())}


def _split_words(text: str) -> set[str]:
    return set(re.findall(r"[\w'-]+", text.lower()))

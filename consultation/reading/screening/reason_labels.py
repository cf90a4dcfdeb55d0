"""Reasons for a flag as sentences, as a reader would say them: what the words say, never a verdict."""

import re
from collections.abc import Iterable

from consultation.reading.screening.indicator_rules import RuleMatch, load_indicator_rules

TOGETHER = {
    "harmer-body": "Speaks of a person and of being touched",
    "body-fear": "Is touched or watched, and afraid",
    "harmer-injury": "Speaks of a person and of an injury",
    "injury-child": "Speaks of an injury to a child",
    "death-first-person": "Speaks of dying, or of not being here",
    "run-harmer": "Is away from home, and with someone older",
    "run-first": "Is away from home, and afraid",
    "gives-harmer-place": "Speaks of gifts, of a person and of a place",
    "gives-fear": "Speaks of gifts or debts, and is afraid",
    "harmer-secret": "Speaks of a person and of a secret",
    "crime-fear": "Carries things, owes or has weapons, and is afraid",
    "crime-gives": "Carries or keeps things, and is paid or owes",
    "crime-harmer": "Says that someone has a young person carry or keep things",
    "image-harmer": "Speaks of pictures, and of who has them",
    "contact-harmer-secret": "Speaks of messages that are a secret",
    "contact-harmer-child": "Says that someone writes to a child",
    "help": "Does not know whom to tell",
    "marry": "Speaks of a marriage or a journey, and is afraid",
    "neglect": "Says that a child is left without care",
    "fear-home": "Is afraid of someone",
    "strong-harmer-child": "Speaks of someone older and of a child",
    "child-place-harmer": "Speaks of a person, of a child and of a place",
}
FOUND_OUT = "Is afraid that someone finds out"
AFRAID_OF_BEING_FOUND_OUT = range(23, 29)  # help-request phrases such as "nobody knows", "don't tell my mum"
# Category, words of the phrase, and what they say more plainly than the category does. The first that fits counts.
SAID_MORE_PLAINLY = [
    ("sexual-abuse", r"room|bed", "Says that an adult comes into a bedroom"),
    ("sexual-abuse", r"contraception|morning after|pregnancy", "Speaks of pregnancy, or of the fear of it"),
    ("sexual-abuse", r"secret", "Is told to keep a secret"),
    ("current-danger", r"home", "Is afraid at home, or of going home"),
    ("criminal-exploitation", r"owe|debt", "Owes someone, or works off a debt"),
    ("weapons", r"knife|knives|blade|shank|machete|stab|stabbed", "Speaks of a knife"),
    ("missing", r"nowhere|surfing|rough|out of home|kicked|thrown|chucked", "Has nowhere to sleep, or was thrown out"),
    ("online-grooming", r"meet|meeting", "Is asked to meet someone from the internet"),
    ("image-abuse", r"threat\w*|blackmail\w*|leak\w*|money|pay", "Is threatened with pictures"),
    ("emotional-abuse-neglect", r"food|fed|hungry|heating|freezing|alone|on my own", "Is left without food, warmth or care"),
]  # fmt: skip


def label_for_match(hit: RuleMatch, words: Iterable[str]) -> str:
    """The sentence for a rule that matched these words."""
    category, _, number = hit.rule.rpartition("-")
    if category == "help-request" and number.isdigit() and int(number) in AFRAID_OF_BEING_FOUND_OUT:
        return FOUND_OUT
    if hit.rule in TOGETHER:
        return TOGETHER[hit.rule]
    said = " ".join(words)
    for kind, pattern, sentence in SAID_MORE_PLAINLY:
        if kind == hit.category and re.search(rf"\b(?:{pattern})\b", said):
            return sentence
    return load_indicator_rules().labels.get(hit.category, hit.category)

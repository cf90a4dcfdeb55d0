"""Double-barrelled questions: two questions in one, of which nobody can answer only the first with "yes".

"and" also joins things that are one ("mum and dad", "safe and welcome", "on the bus and at the stop"). Certain cases
block: a second question, two separate places, a price beside another quality. Possible cases are advice: two actions,
two adjectives, two things each with its own article. Pairs that belong together (see joined_pairs) are ignored,
because officers stop reading a linter with false alarms.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from consultation.questionnaires.linting import pairs
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
VERBS = (
    r"(?:listen|help|explain|know|understand|respect|care|talk|ask|tell|act|work|play|learn|read|write|like|use|"
    r"enjoy|trust|need|want|believe|support|visit|answer|reply|plan|choose|feel|see|walk|cycle|eat|sleep|live|drive|"
    r"swim|study|answered|listened|helped|explained|understood|respected|listens|helps|explains|knows|understands|"
    r"respects|cares)"
)
# "where you live and who you live with" names one subject; "and who do you live with" is a second question.
TWO_ASKED = any_of(
    rf"\w,? and (?:also )?(?:if so,? )?(?:{ASKS} (?:\w+ )?{AUX}|how (?:much|many|often|long|good|bad|easy|safe)|"
    rf"{AUX} {YOU})\b"
)
TWICE_PLACED = any_of(
    rf"\b(?P<first>{PREP} (?:{WORD} ){{1,4}}?)and (?:also )?(?P<second>{PREP} {WORD}(?: {WORD}){{0,2}}|online\b)"
)
TWO_THINGS = any_of(rf"\b{ART} (?P<first>(?:{WORD} ){{1,3}}?)and {ART} (?P<second>{WORD}(?: {WORD})?)")
TWO_SIDES = any_of(rf"\b{ART} (?P<first>{WORD} )and (?P<second>{WORD}) of {ART}\b")
TWO_JUDGED = any_of(
    rf"\b(?P<first>{pairs.JUDGED}),? and (?:also )?(?:not |very |really |as )?"
    rf"(?P<second>{pairs.JUDGED}|listened to|looked after)\b"
)
PERHAPS = (
    any_of(rf"\b{VERBS}(?: to)?(?: you| it| them| things)?,? and (?:also )?{VERBS}\b"),
    any_of(
        rf"^(?:do|does|did) {YOU} .+(?<!\bgo)(?<!\bcome)(?<!\btry),? and "
        r"(?:have|feel|know|get|think|want|enjoy|like)\b"
    ),
    any_of(r"\bas well as\b(?! you)", r"\band/or\b", r"\band also\b", r"\bboth \S+ (?:\S+ )?and\b"),
)
ALIKE = re.compile(r"\b(?:same|difference|between|choose between|compare|together)\b", re.IGNORECASE)
FIX = "Ask about one of the two, and the other in a question of its own, or make a grid with a row for each."
WHETHER = "If someone could say yes to one and no to the other, ask them apart. If not, leave it as it is."


class Twice(NamedTuple):
    words: str
    sure: bool


def twice(text: str) -> Twice | None:
    """The double question in a text, certain ones before possible ones; None if there is none."""
    found = list(_all(unquoted(plain(text))))
    return next((one for one in found if one.sure), found[0] if found else None)


def _all(said: str) -> Iterator[Twice]:
    if said.count("?") > 1:
        yield Twice(said.strip(), True)
    if ALIKE.search(said):
        return
    said = pairs.IDIOMS.sub(lambda found: "_" * len(found[0]), said)
    if match := TWO_ASKED.search(said):
        yield Twice(match[0].strip(), True)
    for pattern, weigh in WEIGHED.items():
        for match in pattern.finditer(said):
            verdict = weigh(match["first"].strip(), match["second"].strip())
            if verdict is not pairs.Verdict.ONE:
                yield Twice(match[0].strip(), verdict is pairs.Verdict.TWO)
    for pattern in PERHAPS:
        if match := pattern.search(said):
            yield Twice(match[0].strip(), False)


WEIGHED = {
    TWICE_PLACED: pairs.places,
    TWO_THINGS: pairs.things,
    TWO_SIDES: pairs.sides,
    TWO_JUDGED: pairs.judgements,
}


@linter(
    "double",
    title="Two questions in one",
    reason="Someone who would say yes to one and no to the other cannot answer, and we cannot tell what an answer meant.",
    fix=FIX,
    blocks=True,
)
def double_questions(draft: Draft) -> Iterator[Spot]:
    yield from _spots(draft, sure=True)


@linter(
    "double-perhaps",
    title="This may be two questions in one",
    reason="Two things joined by “and” are often answered as one, and nobody knows which.",
    fix=WHETHER,
)
def perhaps_double(draft: Draft) -> Iterator[Spot]:
    yield from _spots(draft, sure=False)


def _spots(draft: Draft, *, sure: bool) -> Iterator[Spot]:
    for _, words in draft.questions():
        found = twice(words.text)
        if found and found.sure is sure:
            yield words.spot(found.words)

"""Double-barrelled questions: two questions in one, of which nobody can answer only the first with "yes".

"and" also joins things that are one ("mum and dad", "safe and welcome", "on the bus and at the stop"). Certain cases
block: a second question, two separate places, a price beside another quality. Possible cases are advice: two actions,
two adjectives, two things each with its own article. Pairs that belong together (see joined_pairs) are ignored,
because officers stop reading a linter with false alarms.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from consultation.surveys.validation import joined_pairs
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import FindingSpot, register_linter
from consultation.surveys.validation.phrases import blank_quotations, compile_any, unify_apostrophes

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
TWO_ASKED = compile_any(
    rf"\w,? and (?:also )?(?:if so,? )?(?:{ASKS} (?:\w+ )?{AUX}|how (?:much|many|often|long|good|bad|easy|safe)|"
    rf"{AUX} {YOU})\b"
)
TWICE_PLACED = compile_any(
    rf"\b(?P<first>{PREP} (?:{WORD} ){{1,4}}?)and (?:also )?(?P<second>{PREP} {WORD}(?: {WORD}){{0,2}}|online\b)"
)
TWO_THINGS = compile_any(rf"\b{ART} (?P<first>(?:{WORD} ){{1,3}}?)and {ART} (?P<second>{WORD}(?: {WORD})?)")
TWO_SIDES = compile_any(rf"\b{ART} (?P<first>{WORD} )and (?P<second>{WORD}) of {ART}\b")
TWO_JUDGED = compile_any(
    rf"\b(?P<first>{joined_pairs.JUDGED}),? and (?:also )?(?:not |very |really |as )?"
    rf"(?P<second>{joined_pairs.JUDGED}|listened to|looked after)\b"
)
PERHAPS = (
    compile_any(rf"\b{VERBS}(?: to)?(?: you| it| them| things)?,? and (?:also )?{VERBS}\b"),
    compile_any(
        rf"^(?:do|does|did) {YOU} .+(?<!\bgo)(?<!\bcome)(?<!\btry),? and "
        r"(?:have|feel|know|get|think|want|enjoy|like)\b"
    ),
    compile_any(r"\bas well as\b(?! you)", r"\band/or\b", r"\band also\b", r"\bboth \S+ (?:\S+ )?and\b"),
)
ALIKE = re.compile(r"\b(?:same|difference|between|choose between|compare|together)\b", re.IGNORECASE)
FIX = "Ask about one of the two, and the other in a question of its own, or make a grid with a row for each."
WHETHER = "If someone could say yes to one and no to the other, ask them apart. If not, leave it as it is."


class DoubleQuestion(NamedTuple):
    words: str
    sure: bool


def find_double_question(text: str) -> DoubleQuestion | None:
    """The double question in a text, certain ones before possible ones; None if there is none."""
    found = list(_list_double_questions(blank_quotations(unify_apostrophes(text))))
    return next((one for one in found if one.sure), found[0] if found else None)


def _list_double_questions(said: str) -> Iterator[DoubleQuestion]:
    if said.count("?") > 1:
        yield DoubleQuestion(said.strip(), True)
    if ALIKE.search(said):
        return
    said = joined_pairs.IDIOMS.sub(lambda found: "_" * len(found[0]), said)
    if match := TWO_ASKED.search(said):
        yield DoubleQuestion(match[0].strip(), True)
    for pattern, weigh in WEIGHED.items():
        for match in pattern.finditer(said):
            verdict = weigh(match["first"].strip(), match["second"].strip())
            if verdict is not joined_pairs.PairVerdict.ONE:
                yield DoubleQuestion(match[0].strip(), verdict is joined_pairs.PairVerdict.TWO)
    for pattern in PERHAPS:
        if match := pattern.search(said):
            yield DoubleQuestion(match[0].strip(), False)


WEIGHED = {
    TWICE_PLACED: joined_pairs.judge_places,
    TWO_THINGS: joined_pairs.judge_things,
    TWO_SIDES: joined_pairs.judge_sides,
    TWO_JUDGED: joined_pairs.judge_adjectives,
}


@register_linter(
    "double",
    title="Two questions in one",
    reason="Someone who would say yes to one and no to the other cannot answer, and we cannot tell what an answer meant.",
    fix=FIX,
    blocks=True,
)
def lint_double_questions(draft: LintedDraft) -> Iterator[FindingSpot]:
    yield from _list_spots(draft, sure=True)


@register_linter(
    "double-perhaps",
    title="This may be two questions in one",
    reason="Two things joined by “and” are often answered as one, and nobody knows which.",
    fix=WHETHER,
)
def lint_possible_doubles(draft: LintedDraft) -> Iterator[FindingSpot]:
    yield from _list_spots(draft, sure=False)


def _list_spots(draft: LintedDraft, *, sure: bool) -> Iterator[FindingSpot]:
    for _, words in draft.questions():
        found = find_double_question(words.text)
        if found and found.sure is sure:
            yield words.spot(found.words)

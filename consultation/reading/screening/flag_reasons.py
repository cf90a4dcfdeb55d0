"""Reasons for a flag: the rules that matched and the words that raised the learned score, with their offsets."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import sqrt

from consultation.reading.screening.indicator_rules import RuleMatch, load_indicator_rules
from consultation.reading.screening.learned_score import LearnedScore
from consultation.reading.screening.score_features import WEIGHTS, stem_words
from consultation.reading.screening.text_normalisation import NormalisedText

MOST_REASONS = 8
RUN = 5  # words in one reason
UNSURE = 0.35
ALWAYS = frozenset({"suicide", "self-harm", "current-danger", "sexual-abuse"})
PATTERNS_ALWAYS = frozenset({"suicide", "self-harm"})
LIKE = "Is written like answers in which someone told of harm"
A_LITTLE_LIKE = "Is a little like answers in which someone told of harm"
MEANS_LIKE = "Means much the same as answers in which someone told of harm"
SOUNDS_URGENT = "Is written like answers that could not wait"
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


@dataclass(frozen=True, slots=True)
class FlagReason:
    """One reason for a flag. Offsets are code points of the original text, None for the whole text."""

    rule: str
    category: str
    label: str
    start: int | None
    end: int | None


@dataclass(frozen=True)
class ScreenedPassage:
    """A passage of an answer with its rule matches and score."""

    text: NormalisedText
    hits: list[RuleMatch]
    places: dict[str, list[int]]
    total: float
    score: float
    before: float | None = None  # the score before the meaning score was added, if it was

    @cached_property
    def words(self) -> list[str]:
        return [token.word for token in self.text.tokens]


def _is_phrase(hit: RuleMatch) -> bool:
    """Whether the words match a phrase or a pattern; False where they only stand together."""
    return hit.rule.rsplit("-", 1)[-1].isdigit()


def is_plain_match(hit: RuleMatch) -> bool:
    """Whether a match flags the answer whatever its score: grave categories, urgent phrases of other languages."""
    if not _is_phrase(hit):
        return False
    if "-pattern-" in hit.rule:
        return hit.category in PATTERNS_ALWAYS
    return hit.category in ALWAYS or not hit.rule.startswith(hit.category)


def reasons_from_rules(pieces: Iterable[ScreenedPassage]) -> list[FlagReason]:
    """Rule matches, the plainest and gravest first; each label once before any label repeats for other words. Words that
    stand together are no reason where a phrase of the same category says more."""
    ranked = sorted(((p, h) for p in pieces for h in p.hits), key=lambda pair: _match_rank(pair[1]))
    told = {hit.category for _, hit in ranked if _is_phrase(hit)}
    ranked = [(piece, hit) for piece, hit in ranked if _is_phrase(hit) or hit.category not in told]
    found: dict[tuple[str, int, int], FlagReason] = {}
    for piece, hit in ranked:
        start, end = piece.text.tokens[hit.first].start, piece.text.tokens[hit.last - 1].end
        words = [token.word for token in piece.text.tokens[hit.first : hit.last]]
        label = label_for_match(hit, words)
        found.setdefault((label, start, end), FlagReason(hit.rule, hit.category, label, start, end))
    first = {reason.label: reason for reason in reversed(found.values())}
    return sorted(found.values(), key=lambda reason: first[reason.label] is not reason)


def _match_rank(hit: RuleMatch) -> tuple[bool, bool, int]:
    """Sort key: plain phrases, then patterns, then co-occurrences; within these the graver first."""
    return not is_plain_match(hit), hit.last - hit.first > 8, int(hit.priority[1])


def reasons_from_score(piece: ScreenedPassage, known: LearnedScore) -> list[FlagReason]:
    """The two runs of words that raised the learned score most."""
    label = LIKE if piece.score >= UNSURE else A_LITTLE_LIKE
    runs = strongest_runs(word_weights(piece.words, known))
    tokens = piece.text.tokens
    return [
        FlagReason("learned", "learned", label, tokens[first].start, tokens[last - 1].end) for first, last in runs
    ] or [FlagReason("learned", "learned", label, None, None)]


def word_weights(words: list[str], known: LearnedScore) -> list[float]:
    """The contribution of each word to the score: itself, its parts, and half of each pair with it."""
    stems = stem_words(words)
    speaks = known.blocks["word"].speaks
    found = [speaks(root) for root in stems]
    for at, pair in enumerate(pairwise(stems)):
        half = speaks(" ".join(pair)) / 2
        found[at] += half
        found[at + 1] += half
    scale = WEIGHTS["word"] / sqrt(max(len(words), 1))
    parts = [known.of_word(word) for word in words]
    fine = WEIGHTS["char"] / sqrt(max(sum(one.imag for one in parts), 1))
    return [scale * whole + fine * one.real for whole, one in zip(found, parts, strict=True)]


def strongest_runs(moved: list[float], most: int = 2) -> list[tuple[int, int]]:
    """(first, last) of the runs of at most RUN words with the greatest sums, without overlaps, trimmed to words with a
    positive contribution."""
    free, found = list(moved), list[tuple[int, int]]()
    while len(found) < most and free and max(free) > 0:
        first = max(range(len(free)), key=lambda at: sum(free[at : at + RUN]))
        run = range(first, min(first + RUN, len(free)))
        speaking = [at for at in run if free[at] > 0]
        if not speaking:
            break
        found.append((speaking[0], speaking[-1] + 1))
        for at in run:
            free[at] = -1e9
    return found


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

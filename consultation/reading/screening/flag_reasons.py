"""Reasons for a flag: the rules that matched and the words that raised the learned score, with their offsets."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import sqrt

from consultation.reading.screening.indicator_rules import RuleMatch
from consultation.reading.screening.learned_score import LearnedScore
from consultation.reading.screening.reason_labels import label_for_match
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

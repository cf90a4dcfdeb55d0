"""Why an answer is flagged: the rules that matched, and the words that moved the learned score, where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import sqrt

from consultation.reading.screening.features import WEIGHTS, stems_of
from consultation.reading.screening.labels import label_of
from consultation.reading.screening.model import Model
from consultation.reading.screening.normalise import Normalised
from consultation.reading.screening.rules import Hit

MOST_REASONS = 8
RUN = 5  # words that are shown together
UNSURE = 0.35
ALWAYS = frozenset({"suicide", "self-harm", "current-danger", "sexual-abuse"})
PATTERNS_ALWAYS = frozenset({"suicide", "self-harm"})
LIKE = "Written like answers that told of harm"
A_LITTLE_LIKE = "Some likeness to answers that told of harm"
MEANS_LIKE = "Its meaning is like answers that told of harm"
AND_THESE = "These words spoke for a flag as well"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is flagged, in the reader's words; code points of the original text, or None for all of it."""

    rule: str
    category: str
    label: str
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Piece:
    """A stretch of an answer with what the screen found in it."""

    text: Normalised
    hits: list[Hit]
    places: dict[str, list[int]]
    total: float
    score: float
    before: float | None = None  # the score before the second look, where there was one

    @cached_property
    def words(self) -> list[str]:
        return [token.word for token in self.text.tokens]


def says_plainly(hit: Hit) -> bool:
    """Words that are flagged whatever the score: the gravest categories, and urgent phrases of other languages."""
    if not hit.rule.rsplit("-", 1)[-1].isdigit():
        return False  # words that only stand together
    if "-pattern-" in hit.rule:
        return hit.category in PATTERNS_ALWAYS
    return hit.category in ALWAYS or not hit.rule.startswith(hit.category)


def by_rules(pieces: Iterable[Piece]) -> list[Reason]:
    """What the rules matched, the plainest and gravest first; each thing said once before any is said of other words."""
    ranked = sorted(((p, h) for p in pieces for h in p.hits), key=lambda pair: _rank(pair[1]))
    found: dict[tuple[str, int, int], Reason] = {}
    for piece, hit in ranked:
        start, end = piece.text.tokens[hit.first].start, piece.text.tokens[hit.last - 1].end
        label = label_of(hit)
        found.setdefault((label, start, end), Reason(hit.rule, hit.category, label, start, end))
    first = {reason.label: reason for reason in reversed(found.values())}
    return sorted(found.values(), key=lambda reason: first[reason.label] is not reason)


def _rank(hit: Hit) -> tuple[bool, bool, int]:
    """Plain phrases first, then patterns, then words that stand together; the graver first."""
    return not says_plainly(hit), hit.last - hit.first > 8, int(hit.priority[1])


def by_score(piece: Piece, known: Model) -> list[Reason]:
    """The two runs of words that spoke most for a flag."""
    label = LIKE if piece.score >= UNSURE else A_LITTLE_LIKE
    runs = strongest(weights(piece.words, known))
    tokens = piece.text.tokens
    return [
        Reason("learned", "learned", text, tokens[first].start, tokens[last - 1].end)
        for text, (first, last) in zip((label, AND_THESE), runs, strict=False)
    ] or [Reason("learned", "learned", label, None, None)]


def weights(words: list[str], known: Model) -> list[float]:
    """How much each word moved the score: itself, its parts, and half of each pair that it stands in."""
    stems = stems_of(words)
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


def strongest(moved: list[float], most: int = 2) -> list[tuple[int, int]]:
    """Runs of at most five words with the greatest sums, not overlapping, cut to the words that spoke for a flag."""
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

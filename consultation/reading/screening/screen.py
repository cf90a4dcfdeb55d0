"""The screen: it orders the reading and starts clocks. It only adds flags; an answer without a flag is not "safe"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from consultation.reading.screening import meaning
from consultation.reading.screening.features import Seen
from consultation.reading.screening.languages import UNKNOWN, detect, readable
from consultation.reading.screening.model import Model, model
from consultation.reading.screening.normalise import Normalised
from consultation.reading.screening.reasons import (
    MEANS_LIKE,
    MOST_REASONS,
    UNSURE,
    Piece,
    Reason,
    by_rules,
    by_score,
    says_plainly,
)
from consultation.reading.screening.rules import Hit, rules

AT_ONCE = 512  # answers in memory at a time
LONGEST = 120  # tokens: a longer answer is screened in overlapping passages, so that padding hides nothing
STEP = 80
LIMIT = 20_000  # characters: text behind them is not screened, which is a reason for a flag
SURE = 0.9
WEAKER = ("cue:hypothetical", "cue:service_talk", "cue:resolved")


@dataclass(frozen=True, slots=True)
class Screening:
    """The result for one answer. `flagged` False says nothing about safety."""

    flagged: bool
    priority: str | None
    score: float
    language: str
    readable: bool
    reasons: tuple[Reason, ...]


def engine() -> str:
    """The version of the screen, stored with each result."""
    return f"screen-{model().version}"


@dataclass(frozen=True)
class Looked:
    """An answer after the first stage."""

    text: str
    language: str
    reads: bool
    plain: bool
    pieces: list[Piece]

    def worst(self) -> Piece:
        return max(self.pieces, key=lambda piece: piece.score)


def screen(text: str, *, language: str | None = None) -> Screening:
    """Screen one answer. `language` of the form is a hint: people answer in the language they like."""
    return screen_many([text], languages=[language])[0]


def screen_many(texts: Sequence[str], *, languages: Sequence[str | None] | None = None) -> list[Screening]:
    """Screen each answer; many at once, since embeddings cost less in batches."""
    known, found = model(), list[Screening]()
    hints = languages or [None] * len(texts)
    for at in range(0, len(texts), AT_ONCE):
        looked = _look(texts[at : at + AT_ONCE], hints[at : at + AT_ONCE], known)
        found += [_judged(one, known) for one in _again(looked, known)]
    return found


def _look(texts: Sequence[str], hints: Sequence[str | None], known: Model) -> list[Looked]:
    """The first stage: rules and learned score. Each step runs for all answers before the next, which keeps its data
    in the processor's cache and halves the time."""
    normalised = [known.normaliser(text[:LIMIT]) for text in texts]
    spoken = [
        detect(one, text[:LIMIT], known.vocabularies, hint)
        for one, text, hint in zip(normalised, texts, hints, strict=True)
    ]
    stretches = [_pieces(one) for one in normalised]
    pieces = iter(_screened([one for several in stretches for one in several], known))
    looked = []
    for text, language, whole, several in zip(texts, spoken, normalised, stretches, strict=True):
        own = list(islice(pieces, len(several)))
        plain = any(says_plainly(hit) for piece in own for hit in piece.hits)
        looked.append(Looked(text, language, readable(language, whole), plain, own))
    return looked


def _again(looked: list[Looked], known: Model) -> list[Looked]:
    """The second stage: add the meaning score to English answers near the threshold, in one batch."""
    second = known.second
    if second is None:
        return looked
    close = [
        (at, nth)
        for at, one in enumerate(looked)
        if one.language == "en" and second.wanted(max(piece.total for piece in one.pieces), plain=one.plain)
        for nth, piece in enumerate(one.pieces)
        if piece.total >= second.low
    ]
    if not close or meaning.shipped().version != second.version:
        return looked
    scores = meaning.shipped().score([_words(looked[at], nth) for at, nth in close])
    for (at, nth), meant in zip(close, scores.tolist(), strict=True):
        piece = looked[at].pieces[nth]
        chance = known.chance(piece.total + second.weight * meant)
        looked[at].pieces[nth] = replace(piece, score=chance, before=piece.score)
    return looked


def _words(one: Looked, nth: int) -> str:
    if len(one.pieces) == 1:
        return one.text
    tokens = one.pieces[nth].text.tokens
    return one.text[tokens[0].start : tokens[-1].end]


def _judged(one: Looked, known: Model) -> Screening:
    worst = one.worst()
    threshold = known.thresholds["en" if one.language in ("en", UNKNOWN) else "other"]
    flagged = one.plain or worst.score >= threshold or not one.reads or len(one.text) > LIMIT
    reasons = _reasons(one, worst, known, threshold) if flagged else ()
    priority = _priority(worst, [hit for piece in one.pieces for hit in piece.hits]) if flagged else None
    return Screening(flagged, priority, round(worst.score, 4), one.language, one.reads, reasons)


def _pieces(text: Normalised) -> list[Normalised]:
    if len(text.tokens) <= LONGEST:
        return [text]
    found = []
    for first in range(0, len(text.tokens) - LONGEST + STEP, STEP):
        tokens = text.tokens[first : first + LONGEST]
        starts, at = [], 0
        for token in tokens:
            starts.append(at)
            at += len(token.word) + 1
        found.append(Normalised(tokens, " ".join(token.word for token in tokens), starts))
    return found


def _screened(texts: list[Normalised], known: Model) -> list[Piece]:
    matched = [rules().match(text) for text in texts]
    seen = [Seen.of(text, *found) for text, found in zip(texts, matched, strict=True)]
    totals = known.totals(seen)
    return [
        Piece(text, hits, places, total, known.chance(total))
        for text, (hits, places), total in zip(texts, matched, totals, strict=True)
    ]


def _priority(worst: Piece, hits: list[Hit]) -> str:
    """T1 to T3: the priority of the gravest match, one step up for 'now' or a high score, one down for doubt."""
    step = min((int(hit.priority[1]) for hit in hits), default=2)
    if any(cue in worst.places for cue in WEAKER) or worst.score < UNSURE:
        step += 1
    if "cue:now" in worst.places and hits or worst.score >= SURE:
        step -= 1
    return f"T{max(1, min(3, step))}"


def _reasons(one: Looked, worst: Piece, known: Model, threshold: float) -> tuple[Reason, ...]:
    found = [] if one.reads else [Reason("language", "unreadable", "The screen cannot read this language", None, None)]
    if len(one.text) > LIMIT:
        found.append(
            Reason("length", "unreadable", "Too long for the screen to read to the end", LIMIT, len(one.text))
        )
    learned = by_score(worst, known) if worst.score >= UNSURE or not found else []
    if worst.before is not None and worst.before < threshold <= worst.score:
        learned.insert(0, Reason("meaning", "learned", MEANS_LIKE, None, None))
    found += by_rules(one.pieces)[: MOST_REASONS - len(learned) - len(found)]
    return tuple(found + learned)

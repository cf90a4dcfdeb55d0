"""The screen: it orders the reading and starts clocks. It adds flags, it never clears, and no flag is not "safe"."""

from dataclasses import dataclass

from consultation.reading.screening import languages
from consultation.reading.screening.features import extract
from consultation.reading.screening.model import Model, model
from consultation.reading.screening.normalise import Normalised
from consultation.reading.screening.reasons import (
    MOST_REASONS,
    UNSURE,
    Piece,
    Reason,
    by_rules,
    by_score,
    says_plainly,
)
from consultation.reading.screening.rules import Hit, rules

LONGEST = 120  # tokens: a longer answer is screened in overlapping pieces, so that padding hides nothing
STEP = 80
LIMIT = 20_000  # characters: what lies behind is not screened, and that is a flag
SURE = 0.9
WEAKER = ("cue:hypothetical", "cue:service_talk", "cue:resolved")


@dataclass(frozen=True, slots=True)
class Screening:
    """A proposal for the order of reading. `flagged` False says nothing about safety."""

    flagged: bool
    priority: str | None
    score: float
    language: str
    readable: bool
    reasons: tuple[Reason, ...]


def engine() -> str:
    """Which screen gave a result: its version is kept beside each."""
    return f"screen-{model().version}"


def screen(text: str, *, language: str | None = None) -> Screening:
    """Screen one answer. `language` is what the form was in: a hint, for people answer in the language they like."""
    known = model()
    normalised = known.normaliser(text[:LIMIT])
    found = languages.detect(normalised, text[:LIMIT], known.vocabularies, language)
    reads = languages.readable(found, normalised)
    pieces = [_screened(piece, known) for piece in _pieces(normalised)]
    worst = max(pieces, key=lambda piece: piece.score)
    hits = [(piece, hit) for piece in pieces for hit in piece.hits]
    plain = [hit for _, hit in hits if says_plainly(hit)]
    threshold = known.thresholds["en" if found in ("en", languages.UNKNOWN) else "other"]
    flagged = bool(plain) or worst.score >= threshold or not reads or len(text) > LIMIT
    reasons = _reasons(text, pieces, worst, known, reads=reads) if flagged else ()
    priority = _priority(worst, [hit for _, hit in hits]) if flagged else None
    return Screening(flagged, priority, round(worst.score, 4), found, reads, reasons)


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


def _screened(text: Normalised, known: Model) -> Piece:
    hits, places = rules().match(text)
    return Piece(text, hits, places, known.score(extract(text, hits, places, known.parts)))


def _priority(worst: Piece, hits: list[Hit]) -> str:
    """T1 to T3: what the gravest rule says, one step up for 'now', one down for doubt; a person decides."""
    step = min((int(hit.priority[1]) for hit in hits), default=2)
    if any(cue in worst.places for cue in WEAKER) or worst.score < UNSURE:
        step += 1
    if "cue:now" in worst.places and hits or worst.score >= SURE:
        step -= 1
    return f"T{max(1, min(3, step))}"


def _reasons(text: str, pieces: list[Piece], worst: Piece, known: Model, *, reads: bool) -> tuple[Reason, ...]:
    found = [] if reads else [Reason("language", "unreadable", "The screen cannot read this language", None, None)]
    if len(text) > LIMIT:
        found.append(Reason("length", "unreadable", "Too long for the screen to read to the end", LIMIT, len(text)))
    learned = by_score(worst, known) if worst.score >= UNSURE or not found else []
    found += by_rules(pieces)[: MOST_REASONS - len(learned) - len(found)]
    return tuple(found + learned)

"""The screen: it orders the reading and starts clocks. It only adds flags; an answer without a flag is not "safe"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from consultation.reading.screening import meaning_score
from consultation.reading.screening.flag_reasons import (
    MEANS_LIKE,
    MOST_REASONS,
    SOUNDS_URGENT,
    UNSURE,
    FlagReason,
    ScreenedPassage,
    is_plain_match,
    reasons_from_rules,
    reasons_from_score,
)
from consultation.reading.screening.indicator_rules import RuleMatch, load_indicator_rules
from consultation.reading.screening.language_detection import UNKNOWN, detect_language, is_readable
from consultation.reading.screening.learned_score import LearnedScore, score_in_use, shipped_urgency
from consultation.reading.screening.score_features import FeatureInput
from consultation.reading.screening.text_normalisation import NormalisedText

AT_ONCE = 512  # answers in memory at a time
LONGEST = 120  # tokens: a longer answer is screened in overlapping passages, so that padding hides nothing
STEP = 80
LIMIT = 20_000  # characters: text behind them is not screened, which is a reason for a flag
SURE = 0.9
ENGLISH = ("en", UNKNOWN)
WEAKER = ("cue:hypothetical", "cue:service_talk", "cue:resolved")


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """The result for one answer. `flagged` False says nothing about safety."""

    flagged: bool
    priority: str | None
    score: float
    language: str
    readable: bool
    reasons: tuple[FlagReason, ...]


def engine_version() -> str:
    """The version of the screen, stored with each result."""
    return f"screen-{score_in_use().version}"


@dataclass(frozen=True)
class ScreenedAnswer:
    """An answer after the first stage."""

    text: str
    language: str
    reads: bool
    plain: bool
    pieces: list[ScreenedPassage]


def screen_text(text: str, *, language: str | None = None) -> ScreeningResult:
    """Screen one answer. `language` of the form is a hint: people answer in the language they like."""
    return screen_texts([text], languages=[language])[0]


def screen_texts(texts: Sequence[str], *, languages: Sequence[str | None] | None = None) -> list[ScreeningResult]:
    """Screen each answer; many at once, since embeddings cost less in batches."""
    known, found = score_in_use(), list[ScreeningResult]()
    hints = languages or [None] * len(texts)
    for at in range(0, len(texts), AT_ONCE):
        looked = _run_first_stage(texts[at : at + AT_ONCE], hints[at : at + AT_ONCE], known)
        found += [_judge_answer(one, known) for one in _run_meaning_stage(looked, known)]
    return found


def sounds_urgent(text: str) -> bool:
    """Whether a rule of the gravest priority matches. Five times as fast as the screen, which knows more."""
    found, _ = load_indicator_rules().match(score_in_use().text_normaliser(text[:LIMIT]))
    return any(hit.priority == "T1" for hit in found)


def _run_first_stage(texts: Sequence[str], hints: Sequence[str | None], known: LearnedScore) -> list[ScreenedAnswer]:
    """The first stage: rules and learned score. Each step runs for all answers before the next, which keeps its data
    in the processor's cache and halves the time."""
    normalised = [known.text_normaliser(text[:LIMIT]) for text in texts]
    spoken = [
        detect_language(one, text[:LIMIT], known.vocabularies, hint)
        for one, text, hint in zip(normalised, texts, hints, strict=True)
    ]
    stretches = [_split_long_answer(one) for one in normalised]
    pieces = iter(_score_passages([one for several in stretches for one in several], known))
    looked = []
    for text, language, whole, several in zip(texts, spoken, normalised, stretches, strict=True):
        own = list(islice(pieces, len(several)))
        plain = any(is_plain_match(hit) for piece in own for hit in piece.hits)
        looked.append(ScreenedAnswer(text, language, is_readable(language, whole), plain, own))
    return looked


def _run_meaning_stage(looked: list[ScreenedAnswer], known: LearnedScore) -> list[ScreenedAnswer]:
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
    if not close or meaning_score.shipped_meaning().version != second.version:
        return looked
    scores = meaning_score.shipped_meaning().score([_passage_text(looked[at], nth) for at, nth in close])
    for (at, nth), meant in zip(close, scores.tolist(), strict=True):
        piece = looked[at].pieces[nth]
        chance = known.chance(piece.total + second.weight * meant)
        looked[at].pieces[nth] = replace(piece, score=chance, before=piece.score)
    return looked


def _passage_text(one: ScreenedAnswer, nth: int) -> str:
    if len(one.pieces) == 1:
        return one.text
    tokens = one.pieces[nth].text.tokens
    return one.text[tokens[0].start : tokens[-1].end]


def _judge_answer(one: ScreenedAnswer, known: LearnedScore) -> ScreeningResult:
    worst = max(one.pieces, key=lambda piece: piece.score)
    threshold = known.thresholds["en" if one.language in ENGLISH else "other"]
    flagged = one.plain or worst.score >= threshold or not one.reads or len(one.text) > LIMIT
    reasons = _list_reasons(one, worst, known, threshold) if flagged else ()
    priority = _reading_priority(worst, [hit for piece in one.pieces for hit in piece.hits]) if flagged else None
    if priority not in (None, "T1") and one.reads and _is_urgent(one):
        priority, reasons = "T1", (*reasons, FlagReason("urgency", "learned", SOUNDS_URGENT, None, None))
    return ScreeningResult(flagged, priority, round(worst.score, 4), one.language, one.reads, reasons)


def _split_long_answer(text: NormalisedText) -> list[NormalisedText]:
    if len(text.tokens) <= LONGEST:
        return [text]
    firsts = range(0, len(text.tokens) - LONGEST + STEP, STEP)
    return [NormalisedText.build_from_tokens(text.tokens[first : first + LONGEST]) for first in firsts]


def _score_passages(texts: list[NormalisedText], known: LearnedScore) -> list[ScreenedPassage]:
    matched = [load_indicator_rules().match(text) for text in texts]
    seen = [FeatureInput.of(text, *found) for text, found in zip(texts, matched, strict=True)]
    totals = known.totals(seen)
    return [
        ScreenedPassage(text, hits, places, total, known.chance(total))
        for text, (hits, places), total in zip(texts, matched, totals, strict=True)
    ]


def _reading_priority(worst: ScreenedPassage, hits: list[RuleMatch]) -> str:
    """T1 to T3: the priority of the gravest match, one step up for 'now' or a high score, one down for doubt."""
    step = min((int(hit.priority[1]) for hit in hits), default=2)
    if any(cue in worst.places for cue in WEAKER) or worst.score < UNSURE:
        step += 1
    if "cue:now" in worst.places and hits or worst.score >= SURE:
        step -= 1
    return f"T{max(1, min(3, step))}"


def _is_urgent(one: ScreenedAnswer) -> bool:
    """Whether the score of urgency finds a passage that cannot wait, with or without a rule that matched. It says nothing
    of languages that it cannot read."""
    known = shipped_urgency()
    totals = known.totals([FeatureInput.of(piece.text, piece.hits, piece.places) for piece in one.pieces])
    return max(totals) >= known.thresholds["en" if one.language in ENGLISH else "other"]


def _list_reasons(
    one: ScreenedAnswer, worst: ScreenedPassage, known: LearnedScore, threshold: float
) -> tuple[FlagReason, ...]:
    found = []
    if not one.reads:
        found.append(FlagReason("language", "unreadable", "Is in a language that the screen cannot read", None, None))
    if len(one.text) > LIMIT:
        too_long = "Is too long for the screen to read to the end"
        found.append(FlagReason("length", "unreadable", too_long, LIMIT, len(one.text)))
    learned = reasons_from_score(worst, known) if worst.score >= UNSURE or not found else []
    if worst.before is not None and worst.before < threshold <= worst.score:
        learned.insert(0, FlagReason("meaning", "learned", MEANS_LIKE, None, None))
    found += reasons_from_rules(one.pieces)[: MOST_REASONS - len(learned) - len(found)]
    return tuple(found + learned)

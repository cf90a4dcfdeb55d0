"""Proposes spans of personal data in an answer. A reader confirms each of them (R3)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from consultation.reading.redaction import people, people_small, places, places_small, scripts, tagger
from consultation.reading.redaction.answer import Answer
from consultation.reading.redaction.by_context import by_context, english_schools
from consultation.reading.redaction.clipped import clipped
from consultation.reading.redaction.folding import view, whole_letters
from consultation.reading.redaction.gazetteers import is_common, nicknames
from consultation.reading.redaction.local import NOTHING, Local
from consultation.reading.redaction.nicknames import EVERYDAY_NICKNAMES
from consultation.reading.redaction.small_voices import by_frame
from consultation.reading.redaction.spans import Span, entity, without_overlaps
from consultation.reading.redaction.structured import structured
from consultation.reading.redaction.surroundings import retyped
from consultation.reading.redaction.words import Word, is_caseless, is_english, runs, words_of

AGAIN = frozenset({"PERSON", "WORKER", "NICKNAME"})
REPEATED = frozenset({"PLACE", "SCHOOL", "ORG"})


def propose(
    text: str, *, allowed: Collection[str] = (), language: str | None = None, local: Local = NOTHING
) -> list[Span]:
    """Spans that may be personal data, sorted and without overlaps, in code points of `text`.

    `allowed`: names in the consultation's own questions ("Tash's youth club"), never proposed, in any case. A
    `language` other than English relaxes the conditions for small letters and town names. `local`: the officers'
    lists.
    """
    seen = view(text)
    found = _proposed(seen.text, language, local)
    left = _phrases(seen.text, (*allowed, *local.left_alone))
    kept = [span for span in found if not any(start <= span.start and span.end <= end for start, end in left)]
    return without_overlaps(whole_letters(text, seen.back(span)) for span in kept)


def _proposed(text: str, language: str | None, local: Local) -> list[Span]:
    words, original = words_of(text), text
    if is_caseless(words):  # shouted: treated as small letters
        text = small(text)
        words = words_of(text)
    english = (language or "en") == "en" and is_english(words)
    answer = Answer(text, english, language, local)
    found = [
        *structured(original), *places.addresses(text), *places.schools(text, english=english),
        *places.lower_headed(words), *people.initials(text), *(_small_places(text) if english else english_schools(text)),
    ]  # fmt: skip
    listed = [span for span in places.listed(words, local) if not _inside(span, found)]
    for run in runs(text, _outside(words, without_overlaps(found))):
        found += _of_run(run, answer, listed)
    found += [span for span in listed if not _inside(span, found)]
    found = places_small.with_tails(text, found) if english else found
    found += [*people_small.small(words, answer), *scripts.other_scripts(text)]
    found += [span for span in by_frame(text) if not _inside(span, found)] if english else []
    found = [retyped(text, span) for span in found] if english else found
    kept = without_overlaps([*found, *(_beside(text, words, found) if english else ())])
    kept = without_overlaps([*kept, *places.towns_of(_outside(words, kept), text, english=english)])
    kept = without_overlaps([*kept, *_again(text, kept)])
    if english:
        kept = tagger.sure(text, words, kept)
        kept = without_overlaps([*kept, *_again(text, kept)])
    return _alike(text, kept)


def _small_places(text: str) -> Iterator[Span]:
    yield from places_small.all_small(text)
    yield from by_context(text)
    yield from clipped(text)


def small(text: str) -> str:
    """In small letters, with unchanged offsets."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _outside(words: list[Word], taken: list[Span]) -> list[Word]:
    covered = {at for span in taken for at in range(span.start, span.end)}
    return [word for word in words if word.start not in covered]


def _inside(span: Span, found: list[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in found)


def _of_run(run: list[Word], answer: Answer, listed: list[Span]) -> Iterator[Span]:
    """The places in a run, each as long as possible, and the people in its other words."""
    for piece in places.pieces(run):
        place = places.named(piece, answer.text, listed) or people.the_place(piece, answer)
        if place is None:
            found = list(people.named(piece, answer))
            phrase = None if found else people.capital_phrase(piece)
            yield from [phrase] if phrase else found
            continue
        yield place
        for rest in ([w for w in piece if w.end <= place.start], [w for w in piece if w.start >= place.end]):
            if rest:
                yield from _of_run(rest, answer, listed)


BESIDE = re.compile(r"\s*(?:,|\band\b|\bn\b|&|\+)\s*(?:(?:and|n)\s+)?")
JOINED = re.compile(r"\s*(?:,|\band\b|\bn\b|&|\+|$|[.!?)])|\s+(?:all|both|got|just|went|are|were)\b")
GAP = re.compile(r"\s")


def _beside(text: str, words: list[Word], found: list[Span]) -> Iterator[Span]:
    """`shanks and deebo`, `kai summer n mo`: unknown words and names listed beside a name."""
    at = {word.start: n for n, word in enumerate(words)}
    reached = {span.start for span in found}
    for span in (span for span in found if span.type in AGAIN):
        here, stop = at.get(span.start, 0), span.end
        joined = BESIDE.match(text, stop) or GAP.match(text, stop)
        while joined and (n := at.get(joined.end())) is not None and words[n].start not in reached:
            if not _in_a_list(words[n], text, plain=len(joined.group()) < 2 and joined.group().isspace()):
                break
            kind = "PERSON" if span.type == "NICKNAME" and words[n].first_name else span.type
            yield Span(words[n].start, words[n].stop, kind, "Beside a name")
            joined = BESIDE.match(text, words[n].stop)
        before = words[here - 1] if here else None
        gap = BESIDE.fullmatch(text, before.end, span.start) if before else None
        if (
            before
            and gap
            and before.start not in reached
            and (before.nickname or before.first_name)
            and not ((before.common and (before.opens or not before.capital)) or before.excluded or before.calendar)
        ):
            kind = "PERSON" if span.type == "NICKNAME" and before.first_name else span.type
            yield Span(before.start, before.stop, kind, "Beside a name")


def _in_a_list(word: Word, text: str, *, plain: bool) -> bool:
    if word.text[0].isdigit() or len(word.plain) < 2:
        return False
    known = word.first_name or word.plain in nicknames() or word.plain in NAMED_SEASONS
    listed = known and word.plain not in EVERYDAY_NICKNAMES and bool(JOINED.match(text, word.stop))
    if plain:
        return (
            listed and not word.capital and bool(BESIDE.match(text, word.stop)) and not text.startswith(",", word.stop)
        )
    if not (word.common or word.excluded or word.calendar):
        return len(word.plain) > 2
    return listed and not word.public and (not word.calendar or word.plain in NAMED_SEASONS)


NAMED_SEASONS = frozenset({"summer", "autumn", "june", "april", "may", "august"})


def _again(text: str, found: list[Span]) -> Iterator[Span]:
    """Every other mention of a name found once."""
    names = {entity(text[span.start : span.end]): span for span in found if span.type in AGAIN | REPEATED}
    for name, span in names.items():
        words = text[span.start : span.end]
        if len(name) > 2:
            pattern = re.compile(
                rf"(?<![^\W_]){re.escape(words)}(?:['’]?s)?(?![^\W_])", 0 if is_common(name) else re.IGNORECASE
            )
            for match in pattern.finditer(text):
                yield Span(match.start(), match.start() + len(words), span.type, span.why)


def _alike(text: str, found: list[Span]) -> list[Span]:
    """Give a name one type within the answer, so that it gets one tag (R2): staff before nickname before person."""
    kinds: dict[str, str] = {}
    for span in found:
        if span.type in AGAIN:
            name = entity(text[span.start : span.end])
            kinds[name] = min(span.type, kinds.get(name, span.type), key=("WORKER", "NICKNAME", "PERSON").index)
    return [
        replace(span, type=kinds[entity(text[span.start : span.end])]) if span.type in AGAIN else span
        for span in found
    ]


def _phrases(text: str, left: Collection[str]) -> list[tuple[int, int]]:
    """(start, end) of each allowed name, in any case and spacing."""
    found = []
    for phrase in left:
        words = view(phrase).text.split()
        if words:
            joined = r"\s+".join(re.escape(word) for word in words)
            pattern = re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)
            found += [match.span() for match in pattern.finditer(text)]
    return found

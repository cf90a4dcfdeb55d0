"""Proposes spans of personal data in an answer. A reader confirms each of them (R3)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice

from consultation.reading.redaction import (
    lowercase_person_rules,
    other_script_names,
    person_rules,
    place_rules,
    tagger,
)
from consultation.reading.redaction.answer_context import AnswerContext
from consultation.reading.redaction.answer_words import Word, capital_runs, is_caseless, is_english, split_words
from consultation.reading.redaction.context_place_rules import find_english_schools, find_places_by_context
from consultation.reading.redaction.gazetteers import is_common, listed_nicknames
from consultation.reading.redaction.nickname_rules import EVERYDAY_NICKNAMES
from consultation.reading.redaction.officer_lists import NO_OFFICER_LISTS, OfficerLists
from consultation.reading.redaction.personal_data_spans import Span, drop_overlapping_spans, normalise_entity
from consultation.reading.redaction.structured_data import find_structured_data
from consultation.reading.redaction.text_folding import plain_view, widen_to_whole_letters

AGAIN = frozenset({"PERSON", "WORKER", "NICKNAME"})
REPEATED = frozenset({"PLACE", "SCHOOL", "ORG"})
MOST_NAMES, MOST_LETTERS = 100, 100_000
LONGEST, OVERLAP = 2000, 200
LONG_WORD, WORD_OVERLAP = 400, 100
UNBROKEN = re.compile(rf"\S{{{LONG_WORD + 1},}}")
ANY_SPACE = re.compile(r"\s")


def propose_spans(
    text: str, *, allowed: Collection[str] = (), language: str | None = None, local: OfficerLists = NO_OFFICER_LISTS
) -> list[Span]:
    """Spans that may be personal data, sorted and without overlaps, in code points of `text`.

    `allowed`: names in the consultation's own questions ("Tash's youth club"), never proposed, in any case. A
    `language` other than English relaxes the conditions for small letters and town names. `local`: the officers'
    lists. Of a text of more than MOST_LETTERS, which can only come by a file, the rest is proposed as a whole.
    """
    seen = plain_view(text[:MOST_LETTERS])
    found = _propose_in_windows(seen.text, language, local)
    left = _find_allowed_phrases(seen.text, (*allowed, *local.left_alone))
    kept = [span for span in found if not any(start <= span.start and span.end <= end for start, end in left)]
    rest = [Span(MOST_LETTERS, len(text), "ID", "Too long for the rules: hidden as a whole")]
    return drop_overlapping_spans([*(widen_to_whole_letters(text, seen.map_back(span)) for span in kept), *rest])


def _propose_in_windows(text: str, language: str | None, local: OfficerLists) -> list[Span]:
    """What the rules find in each window; a name of one is found in all, and has one type."""
    windows = list(iter_windows(text))
    found = [
        replace(span, start=start + span.start, end=start + span.end)
        for start, end in windows
        for span in _propose_in_view(text[start:end], language, local)
    ]
    if len(windows) < 2:
        return found
    kept = drop_overlapping_spans(found)
    return _unify_types(text, drop_overlapping_spans([*kept, *_find_repeated_names(text, kept)]))


def _propose_in_view(text: str, language: str | None, local: OfficerLists) -> list[Span]:
    words, original = split_words(text), text
    if is_caseless(words):  # shouted: treated as small letters
        text = lower_in_place(text)
        words = split_words(text)
    english = (language or "en") == "en" and is_english(words)
    answer = AnswerContext(text, english, language, local)
    found = [
        *find_structured_data(original),
        *place_rules.find_addresses(text),
        *place_rules.find_schools(text, english=english),
        *person_rules.find_initials(text),
        *(find_places_by_context(text) if english else find_english_schools(text)),
    ]
    listed = [span for span in place_rules.find_listed_places(words, local) if not _is_inside(span, found)]
    for run in capital_runs(text, _words_outside(words, drop_overlapping_spans(found))):
        found += _propose_in_run(run, answer, listed)
    found += [span for span in listed if not _is_inside(span, found)]
    found += [
        *lowercase_person_rules.find_lowercase_people(words, answer),
        *other_script_names.find_names_in_other_scripts(text),
    ]
    kept = drop_overlapping_spans([*found, *(_find_names_beside(text, words, found) if english else ())])
    kept = drop_overlapping_spans([*kept, *place_rules.find_towns(_words_outside(words, kept), text, english=english)])
    kept = drop_overlapping_spans([*kept, *_find_repeated_names(text, kept)])
    if english:
        kept = tagger.add_tagged_names(text, words, kept)
        kept = drop_overlapping_spans([*kept, *_find_repeated_names(text, kept)])
    return _unify_types(text, kept)


def lower_in_place(text: str) -> str:
    """In small letters, with unchanged offsets."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _words_outside(words: list[Word], taken: list[Span]) -> list[Word]:
    covered = {at for span in taken for at in range(span.start, span.end)}
    return [word for word in words if word.start not in covered]


def _is_inside(span: Span, found: list[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in found)


def _propose_in_run(run: list[Word], answer: AnswerContext, listed: list[Span]) -> Iterator[Span]:
    """The places in a run, each as long as possible, and the people in its other words."""
    for piece in place_rules.split_run_into_names(run):
        place = place_rules.match_place_in_run(piece, answer.text, listed) or person_rules.match_place_after_the(
            piece, answer
        )
        if place is None:
            found = list(person_rules.find_people_in_run(piece, answer))
            phrase = None if found else person_rules.match_capital_phrase(piece)
            yield from [phrase] if phrase else found
            continue
        yield place
        for rest in ([w for w in piece if w.end <= place.start], [w for w in piece if w.start >= place.end]):
            if rest:
                yield from _propose_in_run(rest, answer, listed)


BESIDE = re.compile(r"\s*(?:,|\band\b|\bn\b|&|\+)\s*(?:(?:and|n)\s+)?")
JOINED = re.compile(r"\s*(?:,|\band\b|\bn\b|&|\+|$|[.!?)])|\s+(?:all|both|got|just|went|are|were)\b")
GAP = re.compile(r"\s")


def _find_names_beside(text: str, words: list[Word], found: list[Span]) -> Iterator[Span]:
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
        if not here:
            continue
        before = words[here - 1]
        if before.start in reached or not BESIDE.fullmatch(text, before.end, span.start):
            continue
        word = before.common and (before.opens or not before.is_capitalised)
        unlike = word or before.is_excluded_name or before.calendar
        if (before.is_nickname or before.first_name) and not unlike:
            kind = "PERSON" if span.type == "NICKNAME" and before.first_name else span.type
            yield Span(before.start, before.stop, kind, "Beside a name")


def _in_a_list(word: Word, text: str, *, plain: bool) -> bool:
    if word.text[0].isdigit() or len(word.plain) < 2:
        return False
    known = word.first_name or word.plain in listed_nicknames() or word.plain in NAMED_SEASONS
    listed = known and word.plain not in EVERYDAY_NICKNAMES and bool(JOINED.match(text, word.stop))
    if plain:
        beside = bool(BESIDE.match(text, word.stop)) and not text.startswith(",", word.stop)
        return listed and beside and not word.is_capitalised
    if not (word.common or word.is_excluded_name or word.calendar):
        return len(word.plain) > 2
    return listed and not word.public and (not word.calendar or word.plain in NAMED_SEASONS)


NAMED_SEASONS = frozenset({"summer", "autumn", "june", "april", "may", "august"})


def _find_repeated_names(text: str, found: list[Span]) -> Iterator[Span]:
    """Every other mention of a name found once; of MOST_NAMES at most, as no person names so many."""
    names = {normalise_entity(text[span.start : span.end]): span for span in found if span.type in AGAIN | REPEATED}
    for name, span in islice(names.items(), MOST_NAMES):
        words = text[span.start : span.end]
        if len(name) > 2:
            pattern = rf"(?<![^\W_]){re.escape(words)}(?:['’]?s)?(?![^\W_])"
            for match in re.finditer(pattern, text, 0 if is_common(name) else re.IGNORECASE):
                yield Span(match.start(), match.start() + len(words), span.type, span.why)


def _unify_types(text: str, found: list[Span]) -> list[Span]:
    """Give a name one type within the answer, so that it gets one tag (R2): staff before nickname before person."""
    kinds: dict[str, str] = {}
    for span in found:
        if span.type in AGAIN:
            name = normalise_entity(text[span.start : span.end])
            kinds[name] = min(span.type, kinds.get(name, span.type), key=("WORKER", "NICKNAME", "PERSON").index)
    return [
        replace(span, type=kinds[normalise_entity(text[span.start : span.end])]) if span.type in AGAIN else span
        for span in found
    ]


def _find_allowed_phrases(text: str, left: Collection[str]) -> list[tuple[int, int]]:
    """(start, end) of each allowed name, in any case and spacing."""
    found = []
    for phrase in left:
        if joined := r"\s+".join(map(re.escape, plain_view(phrase).text.split())):
            found += [match.span() for match in re.finditer(rf"(?<!\w){joined}(?!\w)", text, re.IGNORECASE)]
    return found


def iter_windows(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each window, in order; one for most texts. What the rules cost grows with the text and never faster.

    Prose is cut behind white space, and windows overlap: what stands at a cut is seen whole by one of them. A word of
    more letters than anybody writes is cut into shorter windows of its own.
    """
    at = 0
    for word in UNBROKEN.finditer(text):
        yield from _cut_prose(text, at, word.start())
        yield from _cut_evenly(*word.span())
        at = word.end()
    yield from _cut_prose(text, at, len(text))


def _cut_evenly(start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONG_WORD:
        yield start, start + LONG_WORD
        start += LONG_WORD - WORD_OVERLAP
    yield start, end


def _cut_prose(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Each stretch without white space is at most LONG_WORD long here, so a cut is found near by."""
    while end - start > LONGEST:
        cut = _after_space(text, start + LONGEST - LONG_WORD - 1, end)
        yield start, cut
        start = _after_space(text, cut - OVERLAP, cut)
    if start < end:
        yield start, end


def _after_space(text: str, at: int, end: int) -> int:
    space = ANY_SPACE.search(text, at, end)
    return space.end() if space else end

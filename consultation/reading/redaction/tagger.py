"""The tagger: a conditional random field that finds names in English answers which no rule finds.

It adds likely names, changes the type of a rule's proposal where it is sure, or splits a name from the place after it.
It removes no proposal. `tagger_training` fits it; REDACTION_CARD.md has its figures. Its reason says that it is a guess.
"""

import gzip
import re
from dataclasses import replace
from functools import cache
from threading import Lock
from typing import Any

from consultation.reading.redaction.answer_words import Word
from consultation.reading.redaction.gazetteers import DATA, famous_first_names
from consultation.reading.redaction.person_vocabulary import COURTESY, IS_PET, KIN, PET, STORY, TITLES
from consultation.reading.redaction.personal_data_spans import Span
from consultation.reading.redaction.place_vocabulary import GENERIC, ORG, PLACE, SCHOOL, STREET
from consultation.reading.redaction.tagger_features import ON, extract_word_features

WHY = {
    "people": "Looks like a person’s name, from the words around it",
    "places": "Looks like the name of a place, from the words around it",
    "online": "Looks like a user name, from the words around it",
}
GROUPS = {
    **dict.fromkeys(("PERSON", "WORKER", "NICKNAME"), "people"),
    **dict.fromkeys(("ADDRESS", "PLACE", "SCHOOL", "ORG"), "places"),
    "HANDLE": "online",
}
FILE = DATA / "tagger.crf.gz"
LIKELY = 0.25  # probability of a name; low, since a reader checks each guess but may overlook a name without one
LIKELY_OF_WORDS = 0.45  # if all its words are everyday words
LIKELY_OFFLINE = 0.6  # of a handle without a platform near
SURE_OF_PETS = 0.8  # of a person's name after words for a pet or a story
SURE = 0.7  # of another type than the rules say
HEADS = SCHOOL | STREET | PLACE | ORG | GENERIC
# Words for a person that alone are no name.
NAMELESS = TITLES | COURTESY | KIN | frozenset("sir miss teacher nurse doctor social lady man boy girl".split())

JOINED = re.compile(
    r"\s*(?:[&'’+/-]\s*)?|[._]|(?<=\b\w)\. ?|(?<=\b(?:St|Mr|Ms|Dr|st|mr|ms|dr))\. |(?<=\bMrs)\. |,\s(?=\d)|(?<=\d),?\s"
)
OWNED = re.compile(r"['’]s\s$")

# For each word: {type: (probability to belong to a name of it, probability to begin one)}.
type TagProbabilities = list[dict[str, tuple[float, float]]]


@cache
def _load_tagger() -> tuple[Any, list[str], Lock, bytes]:
    """(tagger, labels, lock, weights), loaded on first use. The library keeps the current text, hence the lock, and
    refers to the weights, which must stay in memory."""
    import pycrfsuite

    model, weights = pycrfsuite.Tagger(), gzip.decompress(FILE.read_bytes())
    model.open_inmemory(weights)
    return model, model.labels(), Lock(), weights


def add_tagged_names(text: str, words: list[Word], found: list[Span]) -> list[Span]:
    """`found` with the tagger's names, and with names completed that the rules found in part."""
    taken = {at for span in found for at in range(span.start, span.end)}
    free = [word.start not in taken and word.end - 1 not in taken for word in words]
    if not words:
        return found
    likely = tag_probabilities(text, words)
    kept = [part for span in found for part in _retype_or_split(span, words, likely)]
    for span in _find_likely_names(text, words, free, likely):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept = _join_to_neighbour(text, span, kept)
    return sorted(kept)


def tag_probabilities(text: str, words: list[Word]) -> TagProbabilities:
    model, labels, lock, _ = _load_tagger()
    types = {kind: [label for label in labels if label[2:] == kind] for kind in GROUPS}
    with lock:
        model.set(extract_word_features(text, words))
        return [
            {
                kind: (sum(model.marginal(label, n) for label in own), model.marginal(f"B-{kind}", n))
                for kind, own in types.items()
            }
            for n in range(len(words))
        ]


def _find_likely_names(text: str, words: list[Word], free: list[bool], likely: TagProbabilities) -> list[Span]:
    groups = [_by_group(chance) for chance in likely]
    best = [max(group, key=lambda name: group[name]) for group in groups]
    inside = [is_free and group[name] >= LIKELY for is_free, group, name in zip(free, groups, best, strict=True)]
    found, at = [], 0
    while at < len(words):
        last = at
        while inside[at] and last + 1 < len(words) and inside[last + 1] and best[last + 1] == best[at]:
            if not JOINED.fullmatch(text, words[last].end, words[last + 1].start):
                break
            begins = sum(likely[last + 1][kind][1] for kind in GROUPS if GROUPS[kind] == best[at])
            if begins > groups[last + 1][best[at]] / 2:
                break
            last += 1
        surest = max(group[best[at]] for group in groups[at : last + 1])
        if inside[at] and _names_somebody(text, words[at : last + 1], best[at], surest):
            kinds = [kind for kind in GROUPS if GROUPS[kind] == best[at]]
            kind = max(kinds, key=lambda kind: sum(chance[kind][0] for chance in likely[at : last + 1]))
            found.append(Span(words[at].start, words[last].stop, kind, WHY[best[at]]))
        at = last + 1
    return found


def _retype_or_split(span: Span, words: list[Word], likely: TagProbabilities) -> list[Span]:
    """A rule's span, retyped or split where the tagger is sure."""
    if span.type not in GROUPS or span.type == "HANDLE":
        return [span]
    own = [(word, chance) for word, chance in zip(words, likely, strict=True) if span.start < word.end <= span.end]
    parts: list[tuple[str, list[tuple[Word, dict[str, tuple[float, float]]]]]] = []
    for word, chance in own:
        shares = _by_group(chance)
        group = max(shares, key=lambda name: shares[name])
        if parts and (shares[group] < SURE or parts[-1][0] in (group, "")):
            parts[-1] = (parts[-1][0] or (group if shares[group] >= SURE else ""), [*parts[-1][1], (word, chance)])
        else:
            parts.append((group if shares[group] >= SURE else "", [(word, chance)]))
    found = []
    for n, (group, part) in enumerate(parts):
        kinds = {
            kind: sum(chance[kind][0] for _, chance in part) / len(part) for kind in GROUPS if GROUPS[kind] == group
        }
        kind = max(kinds, key=lambda kind: kinds[kind], default=span.type)
        moved = group and (group != GROUPS[span.type] or kinds[kind] >= SURE)
        start = span.start if n == 0 else part[0][0].start
        end = span.end if n == len(parts) - 1 else part[-1][0].stop
        found.append(replace(span, start=start, end=end, type=kind if moved else span.type))
    return found or [span]


def _by_group(chance: dict[str, tuple[float, float]]) -> dict[str, float]:
    return {group: sum(chance[kind][0] for kind in GROUPS if GROUPS[kind] == group) for group in WHY}


def _names_somebody(text: str, words: list[Word], group: str, surest: float) -> bool:
    """Whether a word of it can be a name, and the words around do not mention a pet or a story."""
    first, last = words[0], words[-1]
    if group == "online":
        return surest >= LIKELY_OFFLINE or bool(ON.search(text))
    whose = group == "places" and OWNED.search(text, max(0, first.start - 3), first.start)  # `Tash's youth club`
    bearing = [word for word in words if len(word.plain) > 1 and not (word.public or word.plain in NAMELESS)]
    bearing = [word for word in bearing if not (whose and word.common and word.plain in HEADS)]
    if not bearing or (surest < LIKELY_OF_WORDS and all(word.common for word in bearing)):
        return False
    if group == "people" and surest < SURE_OF_PETS:
        if PET.search(text[max(0, first.start - 40) : first.start]) or IS_PET.match(text[last.end : last.end + 40]):
            return False
        told = STORY.search(text[max(0, first.start - 60) : last.end + 60])
        return not (first.plain in famous_first_names() and told)
    return True


def _join_to_neighbour(text: str, span: Span, kept: list[Span]) -> list[Span]:
    """Add the span; a neighbour of the same kind, one space away, is merged with it."""
    for other in kept:
        start, end = (other, span) if other.start < span.start else (span, other)
        if GROUPS.get(other.type) == GROUPS[span.type] and text[start.end : end.start] == " ":
            whole = replace(other, start=start.start, end=end.end)
            return [whole if each is other else each for each in kept]
    return [*kept, span]

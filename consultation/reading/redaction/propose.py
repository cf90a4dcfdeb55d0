"""Proposals for what a planner should not see. A person confirms every one of them (R3)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from consultation.reading.redaction import people, places
from consultation.reading.redaction.spans import Span, entity, without_overlaps
from consultation.reading.redaction.structured import structured
from consultation.reading.redaction.words import Word, is_caseless, is_english, runs, words_of

AGAIN = frozenset({"PERSON", "WORKER", "NICKNAME"})


def propose(text: str, *, allowed: Collection[str] = (), language: str | None = None) -> list[Span]:
    """Spans that may be personal data, sorted and without overlaps, in code points of `text`.

    `allowed` holds what the consultation itself asks about ("Tash's youth club"): never proposed, whatever its case.
    `language` other than English relaxes what small letters and town names need to be proposed.
    """
    words = words_of(text)
    found = [*structured(text), *places.addresses(text), *places.listed(words), *places.lower_headed(words)]
    taken = without_overlaps(found)
    caseless, english = is_caseless(words), (language or "en") == "en" and is_english(words)
    for run in runs(text, _outside(words, taken)):
        found += _of_run(run, text, caseless=caseless)
    found += places.towns_of(words, text, english=english)
    found += [*people.small(words, text, english=english), *people.other_scripts(text), *people.initials(text)]
    kept = without_overlaps(found)
    kept = _alike(text, without_overlaps([*kept, *_again(text, kept)]))
    return [span for span in kept if not _is_allowed(text, span, allowed)]


def _outside(words: list[Word], taken: list[Span]) -> list[Word]:
    covered = {at for span in taken for at in range(span.start, span.end)}
    return [word for word in words if word.start not in covered]


def _of_run(run: list[Word], text: str, *, caseless: bool) -> Iterator[Span]:
    place = None if caseless else places.named(run, text[: run[0].start])
    if place is None:
        found = list(people.named(run, text, caseless=caseless))
        phrase = None if caseless or found else people.capital_phrase(run)
        yield from [phrase] if phrase else found
        return
    yield place
    for rest in ([w for w in run if w.end <= place.start], [w for w in run if w.start >= place.end]):
        if rest:
            yield from people.named(rest, text, caseless=caseless)


def _again(text: str, found: list[Span]) -> Iterator[Span]:
    """Every other mention of a name that was found once."""
    names = {entity(text[span.start : span.end]): span for span in found if span.type in AGAIN}
    for name, span in names.items():
        words = text[span.start : span.end]
        if len(name) > 2:
            pattern = re.compile(
                rf"(?<![^\W_]){re.escape(words)}(?:['’]?s)?(?![^\W_])", re.IGNORECASE if len(name) > 4 else 0
            )
            for match in pattern.finditer(text):
                yield Span(match.start(), match.start() + len(words), span.type, span.why)


def _alike(text: str, found: list[Span]) -> list[Span]:
    """One name, one type within an answer, so that it gets one tag (R2): staff before nickname before person."""
    kinds: dict[str, str] = {}
    for span in found:
        if span.type in AGAIN:
            name = entity(text[span.start : span.end])
            kinds[name] = min(span.type, kinds.get(name, span.type), key=("WORKER", "NICKNAME", "PERSON").index)
    return [
        replace(span, type=kinds[entity(text[span.start : span.end])]) if span.type in AGAIN else span
        for span in found
    ]


def _is_allowed(text: str, span: Span, allowed: Collection[str]) -> bool:
    words = entity(text[span.start : span.end])
    return any(words == entity(name) for name in allowed)

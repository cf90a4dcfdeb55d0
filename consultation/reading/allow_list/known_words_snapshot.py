"""The officers' words as redaction takes them, loaded once for a batch of answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from consultation.reading.allow_list.models import KnownWords, KnownWordsKind
from consultation.reading.redaction import propose_spans
from consultation.reading.redaction.officer_lists import NO_OFFICER_LISTS, OfficerLists, build_officer_lists
from consultation.responses.models import Answer
from consultation.surveys.models import PublishedVersion

# People's names are never allowed automatically; an officer adds them by hand.
KINDS = frozenset({"PLACE", "SCHOOL", "ORG", "PHONE", "EMAIL", "URL", "ADDRESS", "POSTCODE"})
LONGEST = 2000


@dataclass
class KnownWordsSnapshot:
    everywhere: OfficerLists = NO_OFFICER_LISTS
    public: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by consultation id

    def list_allowed_names(self, answer: Answer) -> tuple[str, ...]:
        """Names that are not personal data in this answer's consultation."""
        version = answer.response.version
        return (*self.public.get(version.page_id, ()), *names_in_version(version))


def load_known_words() -> KnownWordsSnapshot:
    words: dict[str, list[str]] = {kind: [] for kind in KnownWordsKind.values}
    public: dict[int, tuple[str, ...]] = {}
    for kind, text, page in KnownWords.objects.values_list("kind", "words", "consultation_id"):
        if page is None:
            words[kind].append(text)
        else:
            public[page] = (*public.get(page, ()), text)
    everywhere = build_officer_lists(
        places=words[KnownWordsKind.PLACE], titles=words[KnownWordsKind.TITLE], left_alone=words[KnownWordsKind.PUBLIC]
    )
    return KnownWordsSnapshot(everywhere, public)


def names_in_version(version: PublishedVersion) -> tuple[str, ...]:
    """Names that its questions ask about: not personal data there. Cached, since a published version never changes."""
    return _cached_names(version.pk, version.published_at)


@lru_cache(maxsize=64)
def _cached_names(pk: int, published_at: datetime) -> tuple[str, ...]:
    content = PublishedVersion.objects.values_list("content", flat=True).get(pk=pk, published_at=published_at)
    found = ((text, span) for text in set(_walk_texts(content)) for span in propose_spans(text))
    return tuple(sorted({text[span.start : span.end] for text, span in found if span.type in KINDS}))


def _walk_texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content[:LONGEST]
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from _walk_texts(value)

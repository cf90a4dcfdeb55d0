"""Names in a consultation's own questions. A place that the questions ask about is not personal data there."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from consultation.questionnaires.models import PublishedVersion
from consultation.reading.redaction import propose

# People's names are never allowed automatically; an officer adds them by hand.
KINDS = frozenset({"PLACE", "SCHOOL", "ORG", "PHONE", "EMAIL", "URL", "ADDRESS", "POSTCODE"})
LONGEST = 2000


def of_version(version: PublishedVersion) -> tuple[str, ...]:
    """Names to leave alone. Cached, since a published version never changes."""
    return _of(version.pk, version.published_at)


@lru_cache(maxsize=64)
def _of(pk: int, published_at: datetime) -> tuple[str, ...]:
    content = PublishedVersion.objects.values_list("content", flat=True).get(pk=pk, published_at=published_at)
    return tuple(sorted({name for text in _texts(content) for name in _names(text)}))


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content[:LONGEST]
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)


def _names(text: str) -> Iterator[str]:
    for span in propose(text):
        if span.type in KINDS:
            yield text[span.start : span.end]

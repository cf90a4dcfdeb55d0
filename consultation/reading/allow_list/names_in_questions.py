"""Names in a consultation's own questions. A place that the questions ask about is not personal data there."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from consultation.reading.redaction import propose_spans
from consultation.surveys.models import PublishedVersion

# People's names are never allowed automatically; an officer adds them by hand.
KINDS = frozenset({"PLACE", "SCHOOL", "ORG", "PHONE", "EMAIL", "URL", "ADDRESS", "POSTCODE"})
LONGEST = 2000


def names_in_version(version: PublishedVersion) -> tuple[str, ...]:
    """Names to leave alone. Cached, since a published version never changes."""
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

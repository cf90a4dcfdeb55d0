"""One quote for each theme of a report, where the reader may see one; one query."""

from collections.abc import Iterable
from typing import Any

from insights.releases.models import Quote, Release


def pick_theme_quotes(release: Release, reader: Any, shown_already: Iterable[Quote | None] = ()) -> dict[int, Quote]:
    """{theme id: quote}: of those that the report features, or that everyone may read; nobody is quoted under two themes.
    What the page shows already stands again only where a theme has no other."""
    quotes = Quote.objects.seen_by(reader).filter(release=release, erased=False).select_related("source_text")
    if Quote.objects.sees_all(reader):
        quotes = quotes.filter(featured=True)
    shown = {quote.pk for quote in shown_already if quote}
    found: dict[int, Quote] = {}
    told: set[Any] = set()
    for quote in sorted(quotes, key=lambda one: (one.pk in shown, not one.featured, one.place, one.pk)):
        speaker = quote.source_text.respondent if quote.source_text else quote.text
        if quote.theme_id not in found and speaker not in told:
            told.add(speaker)
            found[quote.theme_id] = quote
    return found

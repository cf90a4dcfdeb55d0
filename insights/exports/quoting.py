"""Which words of a release may go with it (C3): of themes whose number is shown, three a theme at most, one a person."""

from collections import defaultdict
from typing import Any

from insights.reports.models import Quote, Release

MOST_A_THEME = 3


def quotes_of(release: Release, *, for_all: bool) -> dict[int, list[Quote]]:
    """{theme id: quotes}. `for_all`: only what two people approved for everyone; else what the report features."""
    if release.people is None:
        return {}
    quotes = Quote.objects.filter(release=release, erased=False).select_related("source_text", "theme")
    found = quotes.for_the_public() if for_all else quotes.filter(featured=True)
    return _one_a_person(found.filter(theme__in=release.shown_themes()).order_by("-featured", "pk"))


def _one_a_person(quotes: Any) -> dict[int, list[Quote]]:
    """In this publication nobody speaks twice, under whatever theme, and no words stand twice."""
    chosen: dict[int, list[Quote]] = defaultdict(list)
    spoke = set()
    for quote in quotes:
        speaker = quote.source_text.respondent if quote.source_text else quote.text
        if len(chosen[quote.theme_id]) < MOST_A_THEME and speaker not in spoke:
            spoke.add(speaker)
            chosen[quote.theme_id].append(quote)
    return {theme: said for theme, said in chosen.items() if said}

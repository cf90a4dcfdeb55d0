"""The quotes of a report or an export (C3): themes with a shown number, three a theme at most, one a person."""

from collections import defaultdict
from typing import Any

from insights.releases.models import Quote, Release
from insights.releases.partner_sharing import is_partner

MOST_A_THEME = 3


def sees_public_quotes_only(user: Any) -> bool:
    """Partners, and coders who may have to code a featured quote blind, get public quotes only; no blind sample holds
    one of those."""
    if is_partner(user) or not Quote.objects.sees_all(user):
        return True
    featured = Quote.objects.filter(featured=True, erased=False)
    blind = featured.exclude(pk__in=featured.seen_by(user).values("pk"))
    return bool(user.has_perm("insights.code_themes")) and blind.exists()


def select_quotes(release: Release, *, for_all: bool) -> dict[int, list[Quote]]:
    """{theme id: quotes}. `for_all`: only those that two people approved for the public; else those of the report.
    Nobody is quoted twice, under whatever theme, and nothing is said twice, not even nearly."""
    if release.people is None:
        return {}
    quotes = Quote.objects.filter(release=release, erased=False).select_related("source_text", "theme")
    found = quotes.for_the_public() if for_all else quotes.filter(featured=True)
    chosen: dict[int, list[Quote]] = defaultdict(list)
    spoke: set[Any] = set()
    for quote in found.filter(theme__in=release.shown_themes()).order_by("-featured", "place", "pk"):
        speaker = quote.source_text.respondent if quote.source_text else quote.text
        said = {speaker} if quote.fold is None else {speaker, (quote.theme_id, quote.fold)}
        if len(chosen[quote.theme_id]) < MOST_A_THEME and not said & spoke:
            spoke |= said
            chosen[quote.theme_id].append(quote)
    return {theme: said for theme, said in chosen.items() if said}

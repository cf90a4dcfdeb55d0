"""The quotes of a report or an export (C3): themes with a shown number, three a theme at most, one a person."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

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


def drop_near_repeats[Row: Any](quotes: Iterable[Row]) -> list[Row]:
    """Of quotes that say nearly the same, the first of these, in the order of a theme's page. `quotes`: or rows of theirs
    with release_id, theme_id, fold, place and pk. The database would compare each with each."""
    firsts: dict[Any, Row] = {}
    for quote in sorted(quotes, key=lambda one: (one.place, one.pk)):
        firsts.setdefault(quote.pk if quote.fold is None else (quote.release_id, quote.theme_id, quote.fold), quote)
    return list(firsts.values())


def list_report_quotes(release: Release, reader: Any) -> list[Quote]:
    """Quotes that a report may show to this reader: featured ones, or those that everyone may read."""
    quotes = Quote.objects.seen_by(reader).filter(release=release, erased=False).select_related("source_text")
    return list(quotes.filter(featured=True) if Quote.objects.sees_all(reader) else quotes)


def quotes_of_paper(release: Release, *, for_all: bool) -> QuerySet[Quote]:
    """`for_all`: only those that two people approved for the public; else those of the report."""
    quotes = Quote.objects.filter(release=release, erased=False).select_related("source_text", "theme")
    return quotes.for_the_public() if for_all else quotes.filter(featured=True)


def select_quotes(release: Release, *, for_all: bool) -> dict[int, list[Quote]]:
    """{theme id: quotes of a paper}. Nobody is quoted twice, under whatever theme, and nothing is said twice, not even
    nearly."""
    if release.people is None:
        return {}
    found = quotes_of_paper(release, for_all=for_all).filter(theme__in=release.shown_themes())
    chosen: dict[int, list[Quote]] = defaultdict(list)
    spoke: set[Any] = set()
    for quote in found.order_by("-featured", "place", "pk"):
        speaker = quote.source_text.respondent if quote.source_text else quote.text
        said = {speaker} if quote.fold is None else {speaker, (quote.theme_id, quote.fold)}
        if len(chosen[quote.theme_id]) < MOST_A_THEME and not said & spoke:
            spoke |= said
            chosen[quote.theme_id].append(quote)
    return {theme: said for theme, said in chosen.items() if said}

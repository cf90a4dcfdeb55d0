"""Arranges the quotes of a release: which stand first on a theme's page, which say nearly the same, which disagree.

It changes nothing of what is quoted (released_quotes.py). The encoder reads before the transaction, so submissions wait
for no lock; an interrupted run leaves random order behind, and the sweep arranges the draft.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef

from consultation import handover
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.models import Code, Stance, ThemeEntry
from insights.coding.theme_hierarchy import map_sub_themes
from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.disclosure.record_keys import make_release_noise
from insights.releases.chosen_quotes.near_repeats import ComparedQuote, fold_near_repeats
from insights.releases.chosen_quotes.quote_choice import FIRST, choose_quotes
from insights.releases.chosen_quotes.quote_meanings import embed_quotes, select_english_part
from insights.releases.minority_views.policies import SERIOUS
from insights.releases.models import CHOSEN, Quote, Release, ReleaseStatus
from insights.releases.released_quotes import limit_share_of_one_place

MOST_READ = 200  # quotes of a theme that the encoder reads; of the others only the same words are found


@dataclass(frozen=True)
class ArrangedTheme:
    quotes: list[Quote]
    chosen: list[int]  # places in `quotes`
    groups: list[list[int]]


def arrange_waiting_quotes() -> None:
    """Arrange the quotes of drafts that have none arranged, and of releases that were published before theirs were. An
    older release, whose featured quotes were frozen with it, stays as it was published."""
    fresh = Quote.objects.filter(release=OuterRef("pk"), place=0)
    waiting = Release.objects.exclude(status=ReleaseStatus.PUBLISHED, quotes__featured=True)
    for release in waiting.filter(Exists(fresh)):
        arrange_quotes(release)


def arrange_quotes(release: Release) -> None:
    found: dict[int, list[Quote]] = defaultdict(list)
    quotes = Quote.objects.filter(release=release, erased=False, source_text__isnull=False)
    quotes = quotes.exclude(audience__in=[*handover.MEDIATED.values()])  # last, and hidden until two people approve
    for quote in quotes.select_related("source_text").order_by("text", "source_text"):
        found[quote.theme_id].append(quote)
    stances = _find_stances(release)
    ideas = _find_sub_ideas(release)
    meanings = _embed_first_quotes(found.values())
    arranged = {
        theme: _arrange_theme(own, stances, ideas, meanings)
        for theme, own in ((theme, found[theme]) for theme in release.people_by_theme() if theme in found)
    }
    _store_places(release, _place_quotes(release, arranged))


def _find_stances(release: Release) -> dict[tuple[int, UUID | None], str]:
    """{(theme, text): its stance}, where the coders who gave one to it or its sub-themes gave the same."""
    above = map_sub_themes(release.codebook_version)
    codes = Code.objects.by_people().filter(text__version__page=release.consultation, text__status__isnull=False)
    taken: dict[Any, set[str]] = defaultdict(set)
    for theme, text, stance in codes.exclude(stance="").values_list("theme_id", "text_id", "stance"):
        for one in (theme, above.get(theme, theme)):
            taken[one, text].add(stance)
    return {place: next(iter(stances)) for place, stances in taken.items() if len(stances) == 1}


def _find_sub_ideas(release: Release) -> dict[tuple[int, UUID | None], str]:
    """{(theme, text): a sub-theme of the theme that was found in the text}."""
    above = map_sub_themes(release.codebook_version)
    if not above:
        return {}
    codes = current_codes_by_theme(release.consultation)
    return {(above[theme], text): str(theme) for theme in sorted(above) for text in codes.get(theme, {})}


def _embed_first_quotes(themes: Iterable[list[Quote]]) -> dict[UUID | None, np.ndarray]:
    """{text id: its embedding}, of at most MOST_READ quotes a theme, in their random order."""
    read: dict[Any, tuple[str, str]] = {}
    for quotes in themes:
        for quote in sorted(quotes, key=lambda quote: quote.pk)[:MOST_READ]:
            read[quote.source_text_id] = (quote.text, quote.language)
    return dict(zip(read, embed_quotes(list(read.values())), strict=True)) if read else {}


def _arrange_theme(
    quotes: list[Quote],
    stances: dict[tuple[int, UUID | None], str],
    ideas: dict[tuple[int, UUID | None], str],
    meanings: dict[UUID | None, np.ndarray],
) -> ArrangedTheme:
    width = next(iter(meanings.values())).size
    rows = np.stack([meanings.get(quote.source_text_id, np.zeros(width, np.float32)) for quote in quotes])
    _mark_opposites(quotes, stances)
    seen = [
        ComparedQuote(one.pk, one.text, one.disagrees, ideas.get((one.theme_id, one.source_text_id), ""))
        for one in quotes
    ]
    groups = fold_near_repeats(seen, select_english_part(rows))
    return ArrangedTheme(quotes, choose_quotes(seen, groups, rows), groups)


def _mark_opposites(quotes: list[Quote], stances: dict[tuple[int, UUID | None], str]) -> None:
    """Mark those that disagree with the theme; where most do, as with a theme that names a wrong, those that agree."""
    taken = [stances.get((quote.theme_id, quote.source_text_id), "") for quote in quotes]
    opposite = Stance.DISAGREES if 2 * taken.count(Stance.DISAGREES) <= len(quotes) else Stance.AGREES
    for quote, stance in zip(quotes, taken, strict=True):
        quote.disagrees = stance == opposite


def _place_quotes(release: Release, arranged: dict[int, ArrangedTheme]) -> list[Quote]:
    """The quotes with their place, fold and feature. `arranged` has the theme with most people first: a report quotes
    nobody twice, under whatever theme."""
    chosen = {theme: [found.quotes[at] for at in found.chosen] for theme, found in arranged.items()}
    people = {_speaker(quote) for first in chosen.values() for quote in first}
    places, told = handover.map_printed_link_places(release.consultation, people), set()
    for theme, first in chosen.items():
        _number_groups(release, arranged[theme])
        wanted = (_speaker(quote) for quote in first if _speaker(quote) not in told)
        featured = set(limit_share_of_one_place(wanted, places, FIRST))
        told |= featured
        for place, quote in enumerate(first, start=1):
            quote.place, quote.featured = place, _speaker(quote) in featured
    return [quote for found in arranged.values() for quote in found.quotes]


@transaction.atomic
def _store_places(release: Release, placed: list[Quote]) -> None:
    """Words that were taken back meanwhile stay as they are, and one who is left alone stands for nobody."""
    quotes = Quote.objects.filter(release=release)
    quotes.update(place=CHOSEN + 1)
    there = set(quotes.filter(erased=False).select_for_update().values_list("pk", flat=True))
    left = Counter((one.theme_id, one.fold) for one in placed if one.pk in there)
    for alone in (one for one in placed if one.fold and left[one.theme_id, one.fold] == 1):
        alone.place, alone.fold, alone.alike = min(alone.place, CHOSEN + 1), None, None
    special = [one for one in placed if one.place != CHOSEN + 1 or one.fold or one.disagrees]
    fields = ["place", "disagrees", "fold", "alike", "featured"]
    Quote.objects.bulk_update([quote for quote in special if quote.pk in there], fields, batch_size=500)


def _speaker(quote: Quote) -> UUID:
    assert quote.source_text is not None
    return quote.source_text.respondent


def _number_groups(release: Release, theme: ArrangedTheme) -> None:
    """Number the folds of a theme, with how many others are in each as disclosure control shows it, or None."""
    for quote in theme.quotes:
        quote.place = CHOSEN + 1
    entry = ThemeEntry.objects.filter(version=release.codebook_version_id, theme=theme.quotes[0].theme_id).first()
    sensitive = entry is not None and entry.gravity >= SERIOUS
    for number, group in enumerate((group for group in theme.groups if len(group) > 1), start=1):
        shown = _show_number(release, [_speaker(theme.quotes[at]) for at in group[1:]], sensitive)
        for at in group:
            theme.quotes[at].fold, theme.quotes[at].alike = number, shown
        for at in group[1:]:
            theme.quotes[at].place = CHOSEN + 2


def _show_number(release: Release, people: list[UUID], sensitive: bool) -> int | None:
    rules = parse_stored_rules(release.rules)
    if rules.perturb:
        draw = release.verification.get("draw", 0)
        noise = make_release_noise(release.consultation_id, release.number, people, draw)
        shown = noise.perturb_people(np.arange(len(people)))
    else:
        shown = rules.round_figure(len(people))
    return shown if shown >= rules.least_shown(sensitive) else None

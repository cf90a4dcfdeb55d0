"""Quotes of a release (C3): cleared, quotable, of themes with ten or more people, one a person. They are stored in
random order, and chosen_quotes says which stand first.

The number of quotes discloses neither how many people allowed quoting nor more of a theme's number than is shown: it
comes in steps (3, 10, 20, ...) and is never larger than the fewest people for whom the shown number can stand; the
person at whom a step is reached is drawn. Quotes of an earlier release stay, so new ones come only with a step. No one
place (a printed link: a school, a club) is behind more than half of a theme's quotes. Words that a helper wrote down are
marked as that, so they are quoted only where the release shows that ten or more people answered in that way.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from consultation import handover
from insights.coding.counted_codes import codes_of_people_by_theme
from insights.corpus.models import Text
from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.disclosure.disclosure_rules import DisclosureRules
from insights.disclosure.record_secret import draw_number
from insights.releases.models import Quote, Release

FEATURED = 3
WIDTH = 5  # number of people at whom a step may be reached
QUOTED_FROM = 10  # people of a theme, whatever the convention (C3)


def freeze_quotes(release: Release, people_by_theme: Mapping[int, int]) -> None:
    """Quotes are texts in which a person found the theme: the machine's guesses are never quoted."""
    codes, rules = codes_of_people_by_theme(release.consultation), parse_stored_rules(release.rules)
    people = {person for texts in codes.values() for person in texts.values()}
    places = handover.map_printed_link_places(release.consultation, people)
    for theme, shown in people_by_theme.items():
        if shown >= QUOTED_FROM:
            texts = _choose_texts(release, theme, codes.get(theme, {}), places, shown, rules)
            _freeze_theme_quotes(release, theme, [*texts, *_list_group_texts(codes.get(theme, {}))])


def quotable_count(quotable: int, shown: int, rules: DisclosureRules) -> int:
    """How many quotes a theme gets, of `quotable` people, where its figure is `shown`."""
    fewest, most = rules.count_bounds(shown)
    room = min(quotable, fewest if rules.perturb else most - QUOTED_FROM + 1)
    if (shown if rules.perturb else fewest) < QUOTED_FROM or room < FEATURED:
        return 0
    return max(room // QUOTED_FROM * QUOTED_FROM, FEATURED)


def limit_share_of_one_place(people: Iterable[Any], places: Mapping[Any, str], number: int) -> list[Any]:
    """Up to `number` of `people` in their order, at most half of `number` from any one place."""
    found: list[Any] = []
    of: Counter[str] = Counter()
    for person in people:
        place = places.get(person, "")
        if len(found) < number and (not place or of[place] < number // 2):
            found.append(person)
            of[place] += 1
    return found


def _choose_texts(
    release: Release,
    theme: int,
    texts: Mapping[Any, Any],
    places: Mapping[Any, str],
    shown: int,
    rules: DisclosureRules,
) -> list[Text]:
    own = Text.objects.filter(pk__in=list(texts), quotable=True).exclude(audience=handover.GROUP)
    if not release.coding.get("helped"):
        own = own.exclude(audience=handover.HELPED)
    shuffled = _shuffle_texts(own)
    before = Quote.objects.filter(release__consultation=release.consultation, theme=theme, source_text__isnull=False)
    known = set(before.values_list("source_text", flat=True))
    of: dict[Any, Text] = {}
    for text in sorted(shuffled, key=lambda text: text.pk not in known):
        of.setdefault(text.respondent, text)
    drawn = draw_number("words", release.consultation_id, theme, below=WIDTH)
    number = quotable_count(len(of) - drawn, shown, rules)
    while number and len(people := limit_share_of_one_place(of, places, number)) < number:
        number = quotable_count(len(people), shown, rules)
    return _shuffle_texts(of[person] for person in people) if number else []


def _list_group_texts(texts: Mapping[Any, Any]) -> list[Text]:
    """A group's words, where each speaker said yes, apart from the steps above: they stand for no person, so their number
    tells nothing of a figure. Two people approve them before a planner sees them."""
    return _shuffle_texts(Text.objects.filter(pk__in=list(texts), quotable=True, audience=handover.GROUP))


def _shuffle_texts(texts: Iterable[Text]) -> list[Text]:
    found = list(texts)
    secrets.SystemRandom().shuffle(found)
    return found


def _freeze_theme_quotes(release: Release, theme: int, texts: list[Text]) -> None:
    """In random order; chosen_quotes arranges them."""
    Quote.objects.bulk_create(
        Quote(
            release=release,
            theme_id=theme,
            source_text=text,
            question=text.question,
            version_id=text.version_id,
            audience=text.audience,
            language=text.language,
            text=text.text,
            confirmed=True,
        )
        for text in texts
    )


def why_not_public(quote: Quote) -> str:
    """Why a quote may not be public: more than half of the public ones would be from one place. "" where it may."""
    rows = Quote.objects.filter(release=quote.release_id).for_the_public().filter(source_text__isnull=False)
    people = set(rows.values_list("source_text__respondent", flat=True))
    if quote.source_text is None or quote.source_text.respondent in people:
        return ""
    places = handover.map_printed_link_places(quote.release.consultation, {*people, quote.source_text.respondent})
    here = places.get(quote.source_text.respondent)
    alike = sum(here is not None and places.get(person) == here for person in people)
    if not alike or 2 * (alike + 1) <= len(people) + 1:
        return ""
    return (
        "More than half of the words that everyone sees of this report would come from one place, so people could guess "
        "who wrote them. Approve words from elsewhere first."
    )

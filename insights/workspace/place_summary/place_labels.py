"""The words of the place summary, all of them the product's own: no label of a questionnaire or a codebook is printed, so
that no named premises can stand in it, whoever wrote them there."""

import re
from collections.abc import Iterable
from functools import cache

import yaml

from consultation.domain.place_types import PLACE_TYPES
from consultation.domain.strategy_points import TAXONOMY

SPOKE_OF = "Spoke of it"
# By which a row of a question is known as a type of place: "Lister Park" is shown as "Park or open space".
TYPE_PHRASES = {
    "park": "park, parks, playing field, playing fields, playground, playgrounds, open space, open spaces",
    "street": "street, streets, path, paths, road, roads, pavement, underpass, alley, on the way home, "
    "on the way to school, on the way to or from school, way home, way to school",
    "bus-stop": "bus stop, bus stops",
    "bus": "bus, buses",
    "station": "station, stations, bus station, train station, railway station, interchange, bus interchange",
    "train": "train, trains, tram, trams",
    "taxi": "taxi, taxis, taxi rank, taxi ranks, cab, cabs",
    "town-centre": "town, town centre, city centre, town or city centre",
    "shop": "shop, shops, shopping centre, shopping centres, shopping mall, supermarket, supermarkets",
    "food-place": "takeaway, takeaways, café, cafés, cafe, cafes, restaurant, restaurants, food place, food places, eat, "
    "food shop, coffee shop, chip shop",
    "night-venue": "bar, bars, pub, pubs, nightclub, nightclubs, night club, club at night, clubs at night, bar or club",
    "hotel": "hotel, hotels, rented room, rented rooms",
    "car-park": "car park, car parks",
    "school": "school, schools, college, colleges",
    "youth-club": "youth club, youth clubs, youth centre, sports club, sports clubs, sports centre, leisure centre, gym",
    "worship": "mosque, church, temple, gurdwara, place of worship, places of worship, community centre",
    "health-place": "surgery, clinic, hospital, health centre, medical centre",
    "care-home": "children's home, children's homes, care home, hostel, hostels",
    "home": "home, at home",
    "online": "online, internet, app, apps, social media",
    "other": "",
}
JOINED = re.compile(r"\b(and|or)\b|[/,&+]")
SAFETY = re.compile(r"(very |a bit |a little |quite |fairly )?unsafe", re.IGNORECASE)


@cache
def _list_phrases() -> list[tuple[int, str, re.Pattern[str]]]:
    """(words of the phrase, id of the type, the phrase), those of most words first."""
    told = [(kind, phrase) for kind, phrases in TYPE_PHRASES.items() for phrase in phrases.split(", ") if phrase]
    found = [(len(phrase.split()), kind, re.compile(rf"\b{re.escape(phrase)}\b")) for kind, phrase in told]
    return sorted(found, key=lambda one: -one[0])


def read_place_type(label: str, asked_about: Iterable[str]) -> str:
    """The one type of place that a row of a question speaks of, among those that the question asks about, by its most
    specific words; "" where it speaks of none of them, or of several."""
    found, rest = _find_types(label.lower().replace("’", "'"))
    if len(found) > 1 and JOINED.search(rest):
        return ""
    allowed = {kind: words for kind, words in found.items() if kind in set(asked_about)}
    best = [kind for kind, words in allowed.items() if words == max(allowed.values())]
    return PLACE_TYPES[best[0]] if len(best) == 1 else ""


def _find_types(label: str) -> tuple[dict[str, int], str]:
    """({type: words of its longest phrase}, the rest of the label). Words of a longer phrase are in no shorter one: the home
    of “children's home” is no home."""
    found: dict[str, int] = {}
    for words, kind, phrase in _list_phrases():
        if phrase.search(label):
            found.setdefault(kind, words)
            label = phrase.sub("…", label)
    return found, label


def read_unsafe_answer(label: str) -> str:
    """The answer in the product's words where it says that a place is unsafe; else ""."""
    return label.strip().capitalize() if SAFETY.fullmatch(label.strip()) else ""


@cache
def _label_by_theme() -> dict[str, str]:
    """{permanent id: label} of the product's own themes."""
    return {theme["id"]: theme["label"] for theme in yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))["themes"]}


def read_theme_words(slug: str) -> str:
    """What people said, as the product's own theme has it; of another theme, that they spoke of the place."""
    return _label_by_theme().get(slug, SPOKE_OF)

"""The words of the place summary, all of them the product's own: no label of a questionnaire or a codebook is printed, so
that no named premises can stand in it, whoever wrote them there."""

import re
from collections.abc import Iterable
from functools import cache

import yaml

from consultation.domain.place_types import PLACE_TYPES, name_place_types
from consultation.domain.strategy_points import TAXONOMY

PLACES = "places"  # the family of themes
# Words by which a row of a question is known as a type of place: "Lister Park" is shown as "Park or open space".
TYPE_WORDS = {
    "park": "park parks field fields playground playgrounds",
    "street": "street streets path paths road roads pavement underpass way",
    "bus-stop": "stop stops",
    "bus": "bus buses",
    "station": "station stations interchange",
    "train": "train trains tram trams",
    "taxi": "taxi taxis cab cabs",
    "town-centre": "town city centre",
    "shop": "shop shops shopping mall supermarket",
    "food-place": "food takeaway takeaways café cafés cafe cafes restaurant restaurants eat",
    "night-venue": "bar bars pub pubs nightclub",
    "hotel": "hotel hotels",
    "car-park": "car-park",
    "school": "school schools college colleges",
    "youth-club": "club clubs youth sports gym",
    "worship": "mosque church temple gurdwara worship community",
    "health-place": "surgery clinic hospital doctor",
    "care-home": "hostel hostels",
    "home": "home",
    "online": "online apps app games",
    "other": "",
}
FIRST = ("car-park", "bus-stop", "station", "youth-club", "shop", "school", "town-centre", "street")
SAFETY = re.compile(r"(very |a bit |a little |quite |fairly )?unsafe", re.IGNORECASE)


def read_place_type(label: str) -> str:
    """The name of the type of place that a row of a question speaks of; "" where it is none of the list."""
    words = set(re.findall(r"[\w-]+", label.lower().replace("car park", "car-park")))
    order = (*FIRST, *(one for one in PLACE_TYPES if one not in FIRST))
    found = next((one for one in order if words & set(TYPE_WORDS[one].split())), "")
    return PLACE_TYPES.get(found, "")


def read_unsafe_answer(label: str) -> str:
    """The answer in the product's words where it says that a place is unsafe; else ""."""
    return label.strip().capitalize() if SAFETY.fullmatch(label.strip()) else ""


@cache
def _label_by_theme() -> dict[str, str]:
    """{permanent id: label} of the product's own themes about places."""
    themes = yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))["themes"]
    return {theme["id"]: theme["label"] for theme in themes if theme["family"] == PLACES}


def read_place_theme(slug: str, place_types: Iterable[str]) -> str:
    """The label of a theme about places: the product's own, or of another theme its types of place; else ""."""
    return _label_by_theme().get(slug) or "; ".join(name_place_types(place_types))

"""The types of place that questions and themes may speak of. A closed list, for planners: a named place is redacted, and no
page asks a device where it is. The ids never change."""

from collections.abc import Iterable

PLACE_TYPES = {
    "park": "Park or open space",
    "street": "Street or path",
    "bus-stop": "Bus stop",
    "bus": "Bus",
    "station": "Station",
    "train": "Train or tram",
    "taxi": "Taxi",
    "town-centre": "Town centre",
    "shop": "Shop or shopping centre",
    "food-place": "Takeaway or café",
    "night-venue": "Bar or club open at night",
    "hotel": "Hotel or rented room",
    "car-park": "Car park",
    "school": "School or college",
    "youth-club": "Youth club or sports place",
    "worship": "Place of worship or community centre",
    "health-place": "Surgery, clinic or hospital",
    "care-home": "Children’s home or hostel",
    "home": "Home",
    "online": "Online",
    "other": "Another place",
}


def sort_place_types(chosen: Iterable[str]) -> list[str]:
    """Those of them that are on the list, each once, in its order."""
    wanted = set(chosen)
    return [one for one in PLACE_TYPES if one in wanted]


def name_place_types(chosen: Iterable[str]) -> list[str]:
    return [PLACE_TYPES[one] for one in sort_place_types(chosen)]

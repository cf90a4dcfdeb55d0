"""A consultation with 70 answers outside its themes: three new subjects, and one that its codebook has."""

import uuid

import pytest

from insights.corpus.models import Text

OPENINGS = [
    "I think {}",
    "{} and nobody cares",
    "please know that {}",
    "{}",
    "honestly {}",
    "my mum says {}",
    "{} too",
]
SAID = {
    "buses": ["the 620 bus is always late", "bus drivers should wait for us", "buses home stop at nine"],
    "food": ["the school lunch is horrid and cold", "school lunch costs too much", "we want bigger lunch portions"],
    "toilets": ["the toilets have no locks", "toilets are locked all day", "toilets smell and have no soap"],
}


def words(subject, number):
    return OPENINGS[number % len(OPENINGS)].format(SAID[subject][number // len(OPENINGS) % 3])


def write(version, *said, **fields):
    """Cleared texts, each of another person."""
    own = {"version": version, "question": "q-c", "language": "en", "audience": "children-young-people", **fields}
    texts = [Text(**{"respondent": uuid.uuid4(), "text": one, **own}) for one in said]
    return Text.objects.bulk_create(texts)


@pytest.fixture
def missed(parks, codebook):
    """(page, version) of parks with 63 answers on buses, food and toilets."""
    if Text.objects.exists():
        return parks
    for subject in SAID:
        write(parks[1], *(words(subject, number) for number in range(21)))
    return parks


@pytest.fixture
def looked(missed, officer):
    """A discovery run over the texts has ended."""
    from insights.coding.discovery.actions import ask_for_discovery
    from insights.coding.discovery.models import DiscoveryRun
    from tests.insights.coding.divided_sweeps import run_discovery_sweep

    if DiscoveryRun.objects.exists():
        return missed
    ask_for_discovery(consultation=missed[0], by=officer)
    run_discovery_sweep()
    return missed


@pytest.fixture
def suggestions(missed):
    """Three open suggestions made by hand, no engine: buses, food, toilets, with their answers."""
    import array

    from insights.coding.discovery.models import Placement, Suggestion

    found = []
    for at, subject in enumerate(SAID):
        centre = array.array("f", [1.0 if place == at else 0.0 for place in range(512)]).tobytes()
        one = Suggestion.objects.create(
            consultation=missed[0], name=[subject], phrases=[f"{subject} now"], centre=centre, reach=0.5
        )
        texts = Text.objects.filter(text__in=[words(subject, number) for number in range(21)])
        Placement.objects.bulk_create(
            Placement(text=text, suggestion=one, near=0.5 + nth / 100) for nth, text in enumerate(texts)
        )
        found.append(one)
    return found

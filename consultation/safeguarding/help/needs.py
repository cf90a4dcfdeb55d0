"""Kinds of help that a service offers. A new one also needs an interface text `need.…`."""

import re
from pathlib import Path

CHILDRENS_WORDS = Path(__file__).with_name("data") / "childrens_words.yaml"
# {band: an age in it}
AGE_BANDS = {"8-10": 10, "11-13": 13, "14-15": 15, "16-17": 17, "18+": 18}
UNDER = re.compile(r"\bunder (\d+)\b", re.IGNORECASE)
HARMED_AS_A_CHILD = "past"  # of adults: leads see these places beside a non-recent case
NEEDS = {
    "danger": "Danger right now",
    "talk": "Someone to talk to",
    "hurt": "Being hurt",
    "low": "Feeling very low",
    "online": "Something online",
    "away": "Not at home, or thinking of leaving",
    "crime": "To tell about a crime",
    "adult": "Adults who worry about a child",
    HARMED_AS_A_CHILD: "Harmed as a child, and now grown up",
}


def is_for_age(for_whom: str, age: int) -> bool:
    """Whether a service is for people of this age, by its own words: "Under 19". Other words exclude nobody."""
    found = UNDER.search(for_whom)
    return found is None or age < int(found[1])

"""Kinds of help that a service offers. A new one also needs an interface text `need.…`."""

from pathlib import Path

CHILDRENS_WORDS = Path(__file__).with_name("data") / "childrens_words.yaml"
NEEDS = {
    "danger": "Danger right now",
    "talk": "Someone to talk to",
    "hurt": "Being hurt",
    "low": "Feeling very low",
    "online": "Something online",
    "away": "Not at home, or thinking of leaving",
    "crime": "To tell about a crime",
    "adult": "Adults who worry about a child",
}

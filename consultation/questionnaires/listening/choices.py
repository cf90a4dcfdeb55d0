"""Channels to answer by and access formats of a survey: labels for officers, interface text keys for the public."""

from typing import NamedTuple


class Choice(NamedTuple):
    key: str
    label: str
    word: str
    on_screen: bool = False


WAYS = (
    Choice("own", "On a phone or computer of one’s own", "listen.own", on_screen=True),
    Choice("tablet", "On a shared tablet", "listen.tablet", on_screen=True),
    Choice("paper", "On paper", "paper.title"),
    Choice("group", "In a group, with someone who writes down what is said", "listen.group"),
    Choice("phone", "By phone, with someone who writes it down", "listen.call"),
)
FORMATS = (
    Choice("standard", "All the words", "easy.off"),
    Choice("easy", "Easy words and pictures", "easy.on"),
    Choice("large", "Large print", "paper.large"),
    Choice("aloud", "Read out loud", "listen.aloud"),
    Choice("signed", "In British Sign Language", "listen.signed"),
)


def chosen(choices: tuple[Choice, ...], keys: list[str]) -> list[Choice]:
    return [choice for choice in choices if choice.key in keys]


def options(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    """(key, label) choices of a form field."""
    return [(choice.key, choice.label) for choice in choices]

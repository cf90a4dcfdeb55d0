"""Channels to answer by and access formats of a survey: labels for officers, interface text keys for the public."""

from typing import NamedTuple


class ChannelChoice(NamedTuple):
    key: str
    label: str
    word: str
    on_screen: bool = False


CHANNELS = (
    ChannelChoice("own", "On a phone or computer of one’s own", "listen.own", on_screen=True),
    ChannelChoice("tablet", "On a shared tablet", "listen.tablet", on_screen=True),
    ChannelChoice("paper", "On paper", "paper.title"),
    ChannelChoice("group", "In a group, with someone who writes down what is said", "listen.group"),
    ChannelChoice("phone", "By phone, with someone who writes it down", "listen.call"),
)
FORMATS = (
    ChannelChoice("standard", "All the words", "easy.off"),
    ChannelChoice("easy", "Easy words and pictures", "easy.on"),
    ChannelChoice("large", "Large print", "paper.large"),
    ChannelChoice("aloud", "Read out loud", "listen.aloud"),
    ChannelChoice("signed", "In British Sign Language", "listen.signed"),
)


def select_choices(choices: tuple[ChannelChoice, ...], keys: list[str]) -> list[ChannelChoice]:
    return [choice for choice in choices if choice.key in keys]


def build_form_choices(choices: tuple[ChannelChoice, ...]) -> list[tuple[str, str]]:
    """(key, label) choices of a form field."""
    return [(choice.key, choice.label) for choice in choices]

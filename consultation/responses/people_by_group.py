"""Countable people by group: exact, so only for disclosure control."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from consultation.responses.models import Response

LINK_PREFIX = "link-"  # prefix of a channel id that stands for printed links of one outlet


def list_outlets(consultation: Any) -> dict[str, str]:
    """{name of a printed link: the channel id of its outlet}"""
    rows = consultation.printed_links.values_list("name", "channel")
    return {name: f"{LINK_PREFIX}{outlet}" for name, outlet in rows}


def group_people_by_language(consultation: Any) -> dict[str, list[UUID]]:
    return _group_people(consultation, lambda language: language, "language")


def group_people_by_channel(consultation: Any) -> dict[str, list[UUID]]:
    """By channel id, a printed link's outlet counting as a channel."""
    outlets = list_outlets(consultation)

    def name_channel(channel: str, link: str) -> str:
        return outlets.get(link, channel)

    return _group_people(consultation, name_channel, "channel", "link")


def group_people_by_link(consultation: Any) -> dict[str, list[UUID]]:
    """By the name of each printed link, "" for no link. Empty without links."""
    names = list(consultation.printed_links.values_list("name", flat=True))
    found = _group_people(consultation, lambda link: link if link in names else "", "link") if names else {}
    return {name: [] for name in names} | found


def _group_people(consultation: Any, name_group: Callable[..., str], *columns: str) -> dict[str, list[UUID]]:
    """{group: its people}; `name_group` takes the values of the columns."""
    found: dict[str, list[UUID]] = {}
    for person, *values in Response.objects.of(consultation).countable().order_by().values_list("pk", *columns):
        found.setdefault(name_group(*values), []).append(person)
    return found

"""The launch items that people check by hand, and the headings of the DPIA, from checklist.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "checklist.yaml"


@dataclass(frozen=True)
class Item:
    key: str
    title: str
    help: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[Item, ...]
    help: str = ""


@cache
def groups() -> tuple[Group, ...]:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    made = [
        Group(group["title"], tuple(Item(key, **fields) for key, fields in group["items"].items()))
        for group in data["groups"]
    ]
    dpia = data["dpia"]
    headings = tuple(Item(key, title) for key, title in dpia["items"].items())
    return (*made, Group(dpia["title"], headings, dpia["help"]))


def all_keys() -> set[str]:
    return {item.key for group in groups() for item in group.items}

"""The launch items that people check by hand, and the headings of the DPIA, from checklist.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "checklist.yaml"


@dataclass(frozen=True)
class LaunchItem:
    key: str
    title: str
    help: str = ""


@dataclass(frozen=True)
class LaunchGroup:
    title: str
    items: tuple[LaunchItem, ...]
    help: str = ""


@cache
def list_launch_groups() -> tuple[LaunchGroup, ...]:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    made = [
        LaunchGroup(group["title"], tuple(LaunchItem(key, **fields) for key, fields in group["items"].items()))
        for group in data["groups"]
    ]
    dpia = data["dpia"]
    headings = tuple(LaunchItem(key, title) for key, title in dpia["items"].items())
    return (*made, LaunchGroup(dpia["title"], headings, dpia["help"]))


def list_item_keys() -> set[str]:
    return {item.key for group in list_launch_groups() for item in group.items}

"""Known weaknesses of the locked packages, by a copy of the Python advisory database (OSV files in YAML:
https://github.com/pypa/advisory-database), without a network."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

from cms.operations.security.locked_packages import LockedPackage


@dataclass(frozen=True)
class Advisory:
    package: LockedPackage
    key: str
    aliases: tuple[str, ...]
    fixed: tuple[str, ...]

    def __str__(self) -> str:
        mended = f"mended in {', '.join(self.fixed)}" if self.fixed else "not mended yet"
        return f"{self.package.name} {self.package.version}: {self.key} ({', '.join(self.aliases)}), {mended}"


def find_advisories(packages: list[LockedPackage], database: Path) -> Iterator[Advisory]:
    for package in packages:
        for file in sorted((database / "vulns" / package.name).glob("*.yaml")):
            told = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  each value as text
            found = [one for one in told.get("affected", ()) if one["package"]["name"].lower() == package.name]
            if not told.get("withdrawn") and any(_is_affected(package.version, one) for one in found):
                events = [event for one in found for part in one.get("ranges", ()) for event in part["events"]]
                fixed = tuple(event["fixed"] for event in events if "fixed" in event)
                yield Advisory(package, told["id"], tuple(told.get("aliases", ())), fixed)


def _is_affected(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", ()):
        return True
    ranges = (part["events"] for part in affected.get("ranges", ()) if part["type"] == "ECOSYSTEM")
    return any(_is_in_range(Version(version), events) for events in ranges)


def _is_in_range(version: Version, events: list[dict[str, str]]) -> bool:
    """Whether the last event that this version reached lets the weakness in."""
    inside = False
    marks = [(_parse_version(mark), kind) for event in events for kind, mark in event.items()]
    for mark, kind in sorted(marks, key=lambda each: each[0]):
        if kind == "last_affected":
            inside = inside and version <= mark
        elif version >= mark:
            inside = kind == "introduced"
    return inside


def _parse_version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")

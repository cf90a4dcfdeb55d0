"""The packages that an installed site has: versions and hashes from requirements.lock, licences and needs from what
the installed packages say of themselves, or from licences.yaml where they do not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = "requirements.lock"
LICENCES = Path(__file__).with_name("licences.yaml")
ENTRY = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class LockedPackage:
    name: str
    version: str
    hashes: tuple[str, ...]  # SHA-256 of each file that may be installed

    @property
    def licence(self) -> str:
        """A licence expression, or "" if none is known."""
        return find_licence(self.name)

    @property
    def may_be_installed(self) -> bool:
        return bool(self.licence) and is_licence_allowed(self.licence)


@cache
def load_licence_table() -> dict[str, Any]:
    return dict(yaml.safe_load(LICENCES.read_text(encoding="utf-8")))


def list_locked_packages() -> list[LockedPackage]:
    text = (settings.BASE_DIR / LOCK).read_text(encoding="utf-8")
    return [
        LockedPackage(canonicalize_name(entry["name"]), entry["version"], tuple(HASH.findall(entry["rest"])))
        for entry in ENTRY.finditer(text)
    ]


def find_licence(name: str) -> str:
    table = load_licence_table()
    if name in table["packages"]:
        return str(table["packages"][name]["licence"])
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if expression := told.get("License-Expression"):
        return str(expression)
    words = {line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License ::")}
    own = told.get("License") or ""
    said = {own} if own and "\n" not in own else words
    return " AND ".join(sorted({table["words"].get(word, word) for word in said}))


def is_licence_allowed(expression: str) -> bool:
    """Whether one of the choices (OR) has only allowed parts (AND)."""
    allowed = set(load_licence_table()["allowed"])
    return any(set(choice.split(" AND ")) <= allowed for choice in expression.split(" OR "))


def list_needed_packages(name: str) -> Iterator[str]:
    """Names of the packages that an installed one needs on this machine, in no order; nothing of its extras."""
    try:
        needs = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for need in map(Requirement, needs):
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            yield canonicalize_name(need.name)
            yield from _list_needs_of_extras(need)


def _list_needs_of_extras(need: Requirement) -> Iterator[str]:
    for each in map(Requirement, metadata.requires(need.name) or [] if need.extras else []):
        if each.marker and any(each.marker.evaluate({"extra": extra}) for extra in need.extras):
            yield canonicalize_name(each.name)

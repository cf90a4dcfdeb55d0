"""The guides of the roles: short parts, each with a picture of the page that it is about. Staff find help here alone."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import reverse

from cms.accounts.models import User
from cms.accounts.roles import ROLES, roles_of

GUIDES_FILE = Path(__file__).parent / "guides.yaml"
# Pages of one consultation, which a picture shows and a link cannot name: it leads to the list instead.
OF_ONE = {"promotion:consultation": "consultations:list", "tablets:consultation": "group:list"}


@dataclass(frozen=True)
class GuidePart:
    role: str
    slug: str
    title: str
    at: str
    pages: tuple[str, ...]
    says: tuple[str, ...]

    @property
    def picture(self) -> str:
        """The static file, which `tests.gallery.guide_pictures` takes."""
        return f"staff/guides/{self.role}-{self.slug}.webp"

    @property
    def url(self) -> str:
        return reverse(OF_ONE.get(self.at, self.at))


@dataclass(frozen=True)
class Guide:
    role: str
    title: str
    who: str
    lead: str
    parts: tuple[GuidePart, ...]

    @property
    def label(self) -> str:
        return ROLES[self.role].label


@cache
def list_guides() -> tuple[Guide, ...]:
    found: dict[str, Any] = yaml.safe_load(GUIDES_FILE.read_text(encoding="utf-8"))
    return tuple(
        Guide(role, one["title"], one["who"], one["lead"], tuple(_build_part(role, part) for part in one["parts"]))
        for role, one in found.items()
    )


def _build_part(role: str, part: dict[str, Any]) -> GuidePart:
    return GuidePart(role, part["slug"], part["title"], part["at"], tuple(part["pages"]), tuple(part["says"]))


def list_own_guides(user: User) -> list[Guide]:
    """Of the person's roles, in the order of the table of roles."""
    by_role = {guide.role: guide for guide in list_guides()}
    return [by_role[role.name] for role in roles_of(user)]


def find_part(user: User, page: str) -> GuidePart | None:
    """The part of the person's guides that is about this page: of the longest address; None if no part is."""
    parts = [part for guide in list_own_guides(user) for part in guide.parts]

    def measure_fit(part: GuidePart) -> int:
        return max((len(start) for start in part.pages if page.startswith(start)), default=0)

    best = max(parts, key=measure_fit, default=None)
    return best if best and measure_fit(best) else None

"""All findings of one consultation: blocking ones, advice, and overridden ones."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consultation.questionnaires import gates
from consultation.questionnaires.linting import blaming, double, leading, persons, reading, seeing, shape  # noqa: F401
from consultation.questionnaires.linting.draft import Draft
from consultation.questionnaires.linting.linter import LINTERS, Finding
from consultation.questionnaires.linting.models import LetThrough
from consultation.questionnaires.listening import gate  # noqa: F401


@dataclass(frozen=True)
class Found:
    """A finding with its position and its override, if any."""

    finding: Finding
    place: int  # the position of its block from 1; 0 for the page itself
    asked: str  # the question's text
    through: LetThrough | None = None

    @property
    def stops(self) -> bool:
        return self.finding.linter.blocks and self.through is None


AFTER = 10_000  # sorts the page's own fields after all questions


class Report:
    def __init__(self, page: Any, filled: dict[str, Any] | None = None):
        self.draft = Draft(page, filled)
        self.page = page

    @cached_property
    def all(self) -> list[Found]:
        """Blocking linters first; questions in order, then the page's own fields."""
        if not self.draft.is_source:
            return []
        through = LetThrough.objects.by_digest(self.page) if self.page.pk else {}
        asked = {one.id: (place, one.text) for place, one in enumerate(self.draft.asked, start=1)}
        found = [
            Found(finding, *asked.get(finding.spot.block, (0, "")), through.get(finding.digest))
            for linter in LINTERS.values()
            for finding in linter.findings(self.draft)
        ]
        return sorted(_once(found), key=lambda one: (not one.finding.linter.blocks, one.place or AFTER))

    @property
    def stopping(self) -> list[Found]:
        return [one for one in self.all if one.stops]

    @property
    def advice(self) -> list[Found]:
        return [one for one in self.all if not one.finding.linter.blocks]

    @property
    def let_through(self) -> list[Found]:
        return [one for one in self.all if one.through]

    @cached_property
    def gates(self) -> list[gates.Shut]:
        """Failed publication conditions, such as days without a reader. Nobody can override these."""
        return gates.shut(self.page) if self.draft.is_source else []

    def get(self, digest: str) -> Found | None:
        return next((one for one in self.all if one.finding.digest == digest), None)


def _once(found: list[Found]) -> list[Found]:
    """Findings with equal digests count once."""
    return list({one.finding.digest: one for one in found}.values())


def report(page: Any) -> Report:
    """The report on the newest draft, loaded anew because the page in memory may be older than the last save."""
    return Report(type(page).objects.get(pk=page.pk).get_latest_revision_as_object())


def drawn(draft: Any) -> Report:
    """The report on a draft in memory, built once and shared by all panels of a page."""
    found: Report = draft.__dict__.setdefault("drawn_report", Report(draft))
    return found

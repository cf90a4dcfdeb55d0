"""The registry of linters, each with its reason, its fix, and whether it blocks publication.

    @register_linter("double", title="Two questions in one", reason="...", fix="...", blocks=True)
    def lint_double_questions(draft):
        for _, words in draft.questions():
            if found := find_double_question(words.text):
                yield words.spot(found)

Higher rooms answer `linters_asked` with linters of their own (safeguarding has one for help entries).
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from consultation.domain.signal_values import collect_return_values
from consultation.surveys.signals import linters_asked


class OverridePermission(StrEnum):
    """The permission to override a blocking finding, with a reason."""

    OFFICER = "consultation.edit_consultation"
    LEAD = "consultation.safety_check"
    NOBODY = ""


@dataclass(frozen=True)
class FindingSpot:
    """The place of a finding: a field of a block, or of the page if `block` is empty."""

    block: str = ""
    field: str = ""
    text: str = ""  # the whole text
    found: str = ""  # the words in it, or what is missing
    fix: str = ""  # replaces the linter's own fix
    url: str = ""  # the page to fix it on, if not the editor
    about: str = ""  # what else it depends on, such as the answers below the text
    missing: bool = False  # nobody has written it yet, so nothing about it is wrong


@dataclass(frozen=True)
class Linter:
    key: str
    title: str
    reason: str
    fix: str
    look: Callable[..., Iterable[FindingSpot]]
    blocks: bool = False
    overriding: OverridePermission = OverridePermission.OFFICER
    verb: str = "check overridden"  # the audit event of an override

    def findings(self, draft) -> "list[Finding]":
        return [Finding(self, spot) for spot in self.look(draft)]


@dataclass(frozen=True)
class Finding:
    linter: Linter
    spot: FindingSpot

    @property
    def digest(self) -> str:
        """Identifies the text and its answers: an override holds for these alone."""
        spot = self.spot
        about = "\0".join((self.linter.key, spot.block, spot.field, spot.text, spot.found, spot.about))
        return hashlib.sha256(about.encode()).hexdigest()

    @property
    def fix(self) -> str:
        return self.spot.fix or self.linter.fix


LINTERS: dict[str, Linter] = {}


def list_linters() -> dict[str, Linter]:
    """{key: linter}: those of surveys, then those of higher rooms."""
    return LINTERS | {linter.key: linter for linter in collect_return_values(linters_asked)}


def register_linter(key: str, **about) -> Callable:
    def keep(look: Callable[..., Iterable[FindingSpot]]) -> Callable[..., Iterable[FindingSpot]]:
        LINTERS[key] = Linter(key, look=look, **about)
        return look

    return keep

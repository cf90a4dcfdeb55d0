"""One linter is one small object: what it looks for, why, what to do about it, and how far it goes.

    @linter("double", title="Two questions in one", reason="...", fix="...", blocks=True)
    def two_in_one(draft):
        for words in draft.questions():
            if found := pairs(words.text):
                yield words.spot(found)

Rooms above this one have linters of their own (the help entries' is in safeguarding): they register when the app starts.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Overriding(StrEnum):
    """Who may let a finding that blocks through, with a reason."""

    OFFICER = "consultation.edit_consultation"
    LEAD = "consultation.safety_check"
    NOBODY = ""


@dataclass(frozen=True)
class Spot:
    """Where a linter found something: a field of a block, or of the page where `block` is empty."""

    block: str = ""
    field: str = ""
    text: str = ""  # the whole text that it is about
    found: str = ""  # the words in it, or what is missing
    fix: str = ""  # where it differs from the linter's own
    url: str = ""  # where it is mended, when not in the editor
    about: str = ""  # what else it rests on, such as the answers that stand below the text


@dataclass(frozen=True)
class Linter:
    key: str
    title: str
    reason: str
    fix: str
    look: Callable[..., Iterable[Spot]]
    blocks: bool = False
    overriding: Overriding = Overriding.OFFICER
    verb: str = "check overridden"  # under which an override stands in the audit log

    def findings(self, draft) -> "list[Finding]":
        return [Finding(self, spot) for spot in self.look(draft)]


@dataclass(frozen=True)
class Finding:
    linter: Linter
    spot: Spot

    @property
    def digest(self) -> str:
        """Of the text that it is about, and the answers to it: an override holds for these alone."""
        spot = self.spot
        about = "\0".join((self.linter.key, spot.block, spot.field, spot.text, spot.found, spot.about))
        return hashlib.sha256(about.encode()).hexdigest()

    @property
    def fix(self) -> str:
        return self.spot.fix or self.linter.fix


LINTERS: dict[str, Linter] = {}


def linter(key: str, **about) -> Callable:
    def keep(look: Callable[..., Iterable[Spot]]) -> Callable[..., Iterable[Spot]]:
        LINTERS[key] = Linter(key, look=look, **about)
        return look

    return keep

"""Provisions: what the product provides for a point of the strategy. Each room declares its own, in its
`strategy_provisions.py`.

    @provides_for("lead-multi-agency-training", "pledges", "A leader’s pledge is public", start="insights:pledges")
    def find_pledges():
        return [Proof(one, one.title, one.get_absolute_url()) for one in Pledge.objects.published()]

A provision holds while rows of it are in the database, and a point while all its provisions do. The page of a point
lists them, with a link to start one that is missing; `manage.py strategy` prints them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Model
from django.dispatch import Signal
from django.urls import reverse

from consultation.domain.signal_answers import collect_answers

MOST_PROOFS = 20  # of a provision; further rows are not looked up

provisions_asked = Signal()  # -> a Provision


@dataclass(frozen=True)
class Proof:
    """A row by which a provision holds, and the page on which it is seen."""

    row: Model
    label: str
    url: str


@dataclass(frozen=True)
class Provision:
    """`start`: name of the address at which such a row is begun, with the permission `may_start`. `seen_with`: the
    permission without which no page says whether there are rows, such as cases of a safeguarding lead (D8)."""

    point: str
    key: str
    title: str
    find: Callable[[], Iterable[Proof]]
    start: str = ""
    may_start: str = ""
    seen_with: str = ""

    @cached_property
    def proofs(self) -> list[Proof]:
        return list(islice(self.find(), MOST_PROOFS))

    @property
    def holds(self) -> bool:
        return bool(self.proofs)

    @property
    def start_url(self) -> str:
        return reverse(self.start) if self.start else ""


type Finder = Callable[[], Iterable[Proof]]


def provides_for(
    point: str, key: str, title: str, *, start: str = "", may_start: str = "", seen_with: str = ""
) -> Callable[[Finder], Finder]:
    """Connects a receiver that answers with the provision. The app's receivers import the module."""

    def connect(find: Finder) -> Finder:
        def answer(sender: Any, **kwargs: Any) -> Provision:
            return Provision(point, key, title, find, start, may_start, seen_with)

        provisions_asked.connect(answer, weak=False, dispatch_uid=f"{point} {key}")
        return find

    return connect


def list_provisions() -> list[Provision]:
    """All that rooms declare; rows are looked up when first asked for."""
    return collect_answers(provisions_asked)

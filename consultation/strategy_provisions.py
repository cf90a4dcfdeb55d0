"""Provisions: what the product provides for a point of the strategy. Each room declares its own, in its
`strategy_provisions.py`.

    @provides_for("lead-multi-agency-training", "pledges", "A leader’s pledge is public", start="insights:pledges")
    def find_pledges():
        return [Proof(one, one.title, one.get_absolute_url()) for one in Pledge.objects.published()]

A provision holds while rows of it are in the database, and a point while all its provisions do. The page of a point
lists them, with a link to start one that is missing; `manage.py strategy` prints them. `over`: a function whose answer
the finder takes; provisions that are listed together call it once between them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice
from typing import Any

from django.db.models import Model
from django.dispatch import Signal
from django.urls import reverse

from consultation.access import Permission, has_permission
from consultation.domain.signal_values import collect_return_values

MOST_PROOFS = 20  # of a provision; a finder that need not look into rows asks for no more
START_A_SURVEY: dict[str, Any] = {"start": "start:start", "may_start": "consultation.edit_consultation"}

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
    permission without which no page says whether there are rows, such as cases of a safeguarding lead (D8).
    `opens_with`: the permission that the pages of its rows ask."""

    point: str
    key: str
    title: str
    find: Callable[[], Iterable[Proof]]
    start: str = ""
    may_start: Permission = ""
    seen_with: Permission = ""
    opens_with: Permission = ""
    is_linked: bool = True

    @cached_property
    def proofs(self) -> list[Proof]:
        return list(islice(self.find(), MOST_PROOFS))

    @property
    def holds(self) -> bool:
        return bool(self.proofs)

    @property
    def start_url(self) -> str:
        return reverse(self.start) if self.start else ""

    def is_seen_by(self, user: Any) -> bool:
        return _may(user, self.seen_with)

    def as_seen_by(self, user: Any) -> "Provision":
        """Without links to what this user may not start or open."""
        start = self.start if _may(user, self.may_start) else ""
        return replace(self, start=start, is_linked=_may(user, self.opens_with))


def _may(user: Any, permission: Permission) -> bool:
    return not permission or has_permission(user, permission)


type Finder = Callable[..., Iterable[Proof]]


def provides_for(
    point: str, key: str, title: str, *, over: Callable[[], Any] | None = None, **more: Any
) -> Callable[[Finder], Finder]:
    """Connects a receiver that answers with the provision; `more`: its other fields. The app's receivers import the
    module."""

    def connect(find: Finder) -> Finder:
        def answer(sender: Any, load: Callable[[Callable[[], Any]], Any], **kwargs: Any) -> Provision:
            return Provision(point, key, title, (lambda: find(load(over))) if over else find, **more)

        provisions_asked.connect(answer, weak=False, dispatch_uid=f"{point} {key}")
        return find

    return connect


def list_provisions() -> list[Provision]:
    """All that rooms declare; rows are looked up when first asked for."""
    return collect_return_values(provisions_asked, load=cache(lambda over: over()))

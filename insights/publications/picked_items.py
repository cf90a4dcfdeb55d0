"""Figures, themes and quotes that officers show beside their words on a results page.

A pick is stored as a reference ("answer/ID/ROW", "theme/ID", "quote/ID"), so a page shows the number that the release holds,
and a quote that was taken back is gone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from insights.polls.public_figures import DisplayText, PublicFigure
from insights.releases.models import Quote

QUOTE = "quote/"


@dataclass(frozen=True)
class PickableItem:
    reference: str
    title: DisplayText  # the question as asked, or the theme
    label: DisplayText = DisplayText()  # the answer
    people: int | None = None
    nearly_all: bool = False
    quote: Quote | None = None


def list_pickable_items(
    questions: Iterable[PublicFigure], themes: Iterable[Any], quotes: Iterable[Quote]
) -> Iterator[PickableItem]:
    """Everything with a number, or with nearly everyone in it, and every quote that two people approved for the public."""
    for one in questions:
        for row in one.rows:
            if not row.hidden:
                yield PickableItem(f"answer/{one.id}/{row.id}", one.title, row.label, row.people, row.nearly_all)
    names = {theme.id: theme.label for theme in themes}
    yield from (
        PickableItem(f"theme/{theme.id}", theme.label, people=theme.people, nearly_all=theme.nearly_all)
        for theme in themes
    )
    yield from (PickableItem(f"{QUOTE}{quote.pk}", names[quote.theme_id], quote=quote) for quote in quotes)


def find_picked_items(items: Iterable[PickableItem], references: Iterable[str]) -> Iterator[PickableItem]:
    """The items behind the references that the release still shows; the same words once (C3)."""
    by_reference, said = {item.reference: item for item in items}, set()
    for item in (by_reference[one] for one in references if one in by_reference):
        if item.quote is None or item.quote.text not in said:
            yield item
        said.add(item.quote.text if item.quote else None)


def list_lasting_picks(references: Iterable[str]) -> list[str]:
    """The picks that a next edition begins with: its own release has other quotes, and numbers of its own."""
    return [one for one in references if not one.startswith(QUOTE)]

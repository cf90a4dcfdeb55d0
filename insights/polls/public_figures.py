"""A question or a poll with its figures, as public pages show it."""

from dataclasses import dataclass
from typing import Any

from insights.releases.share_statistics import SLACK
from insights.releases.stored_figures import is_nearly_all, is_no_answer


@dataclass(frozen=True)
class DisplayText:
    """A text, and whether it is English on a page of another language; or the `key` of an interface text."""

    text: str = ""
    in_english: bool = False
    key: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.key)


@dataclass(frozen=True)
class ChoiceFigure:
    label: DisplayText
    people: int | None
    tenths: int | None
    width: str = ""
    id: str = ""
    nearly_all: bool = False  # nearly everyone is in it, and so it has no number

    @property
    def hidden(self) -> bool:
        return self.people is None and not self.nearly_all


@dataclass(frozen=True)
class PublicFigure:
    """One question with its figures in asking order."""

    id: str
    title: DisplayText
    rows: tuple[ChoiceFigure, ...] = ()
    base: int | None = None
    several: bool = False

    @property
    def most(self) -> ChoiceFigure | None:
        """The answer that the page puts in words: it came first by more than random changes."""
        found = [row for row in self.rows if (row.tenths or row.nearly_all) and not is_no_answer({"id": row.id})]
        first = max(found, key=lambda row: (row.nearly_all, row.people or 0), default=None)
        second = max((row.people or 0 for row in found if row is not first), default=0)
        return first if first and (first.nearly_all or (first.people or 0) - second > SLACK) else None

    @property
    def refused(self) -> bool:
        return all(row.hidden for row in self.rows)


HEARD_LABEL_KEYS = {"yes": "outcome.yes", "partly": "heard.partly", "no": "outcome.no", "dk": "q.dontknow"}


def build_poll_figure(picture: Any) -> PublicFigure | None:
    """The figure of a heard-back picture; None until a number may be shown."""
    if picture is None:
        return None
    rows = picture.table.get("rows", [])
    base = picture.table.get("base") or 0
    most = max((drawn_people(row, base) for row in rows), default=0)
    shown = PublicFigure(
        id="heard",
        title=DisplayText(key="heard.title"),
        rows=tuple(
            ChoiceFigure(
                DisplayText(key=HEARD_LABEL_KEYS[row["id"]]),
                row["value"],
                tenths_of_people(row),
                bar_width(drawn_people(row, base), most),
                nearly_all=is_nearly_all(row),
            )
            for row in rows
        ),
        base=picture.table.get("base"),
    )
    return None if shown.refused else shown


def tenths_of_people(row: dict[str, Any]) -> int | None:
    percent = row.get("percent")
    return round(percent / 10) if percent is not None else None


def drawn_people(row: dict[str, Any], base: int) -> int:
    """How long the bar of an answer is, beside others: as the number beside it says, all who answered (`base`) where nearly
    all are in it, and none where too few were asked."""
    if is_nearly_all(row):
        return base
    return row["value"] or 0 if row.get("percent") is not None else 0


def bar_width(value: int | None, most: int) -> str:
    """Percent of the longest bar, as a string: a decimal comma must not reach an SVG attribute."""
    return f"{100 * value / most:.1f}%" if value and most else ""

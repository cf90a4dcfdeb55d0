"""The answers of a release as a sheet: its frozen figures, after disclosure control, and nothing finer (C4).

No row is a person, and no word anybody wrote is in it. What a page hides, the sheet hides.
"""

from collections.abc import Iterator
from typing import Any

from insights.reports.models import Release

COLUMNS = (
    "About", "Id", "Question or theme", "Answer id", "Answer", "By", "People", "Of", "Percent", "Percent from", "Percent to",
)  # fmt: skip


def rows(release: Release) -> Iterator[list[Any]]:
    """One for each figure; a hidden number is its sign, and everything else is rounded as on the page."""
    for figure in release.figures.all():
        named = [figure.kind, figure.key, figure.title]
        if refused := figure.table.get("refused"):
            yield [*named, "", refused, *[""] * 6]
        for row in figure.table["rows"]:
            told = [row["id"], row["label"]]
            yield [*named, *told, "", _number(row), figure.table["base"], row["percent"], row["low"], row["high"]]
            for column, cell in zip(figure.table["columns"], row.get("cells", ()), strict=False):
                yield [*named, *told, column["label"], _number(cell), "", cell.get("percent"), "", ""]


def _number(cell: dict[str, Any]) -> Any:
    return cell["symbol"] or cell["value"]

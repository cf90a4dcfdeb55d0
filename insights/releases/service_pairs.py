"""Whether services joined up, as a matrix of the pairs that a release froze."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from insights.releases.crossed_questions import YES
from insights.releases.models import Figure
from insights.releases.stored_figures import AND

KIND = "service-pairs"


@dataclass(frozen=True)
class PairCell:
    """Of the people who had both services (`both`), those who said yes. What is hidden has a `symbol`."""

    value: int | None
    symbol: str
    percent: int | None
    both: int | None


@dataclass(frozen=True)
class PairMatrix:
    """`rows` are (service, a cell for each service, None for itself)."""

    title: str
    refused: str
    question: str  # id of the question about the services
    services: list[str]
    rows: list[tuple[str, list[PairCell | None]]]


def list_pair_matrices(figures: Iterable[Figure]) -> list[PairMatrix]:
    return [_build_matrix(figure) for figure in figures if figure.kind == KIND]


def _build_matrix(figure: Figure) -> PairMatrix:
    cells = _list_cells(figure.table)
    services = list(dict.fromkeys(name for pair in cells for name in pair))
    rows = [(one, [cells.get((one, other)) or cells.get((other, one)) for other in services]) for one in services]
    return PairMatrix(figure.title, figure.table.get("refused", ""), figure.key.partition("|")[0], services, rows)


def _list_cells(table: dict[str, Any]) -> dict[tuple[str, str], PairCell]:
    said_yes = next((row for row in table["rows"] if row["id"] == YES), None)
    if said_yes is None:
        return {}
    return {
        tuple(column["label"].split(AND, 1)): PairCell(
            cell["value"], cell["symbol"] or total["symbol"], cell["percent"], total["value"]
        )
        for column, cell, total in zip(table["columns"], said_yes["cells"], table["column_totals"], strict=True)
    }

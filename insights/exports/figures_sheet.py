"""A release's frozen figures as a sheet, after disclosure control and nothing finer (C4): no row is a person, no
respondent's words are in it, and what a page hides, the sheet hides."""

from collections.abc import Iterator
from typing import Any

from insights.releases.disclosure_log import iterate_log_rows, log_release
from insights.releases.models import Figure, Release

COLUMNS = (
    "About", "Id", "Question or theme", "Answer id", "Parent", "Answer", "By", "People", "Of", "Percent",
    "Percent from", "Percent to", "How coded", "Read by a person", "Codebook", "Shared with",
)  # fmt: skip

ESTIMATE, MACHINE_CODED = "estimate", "machine-coded"
ROWS_ARE_THEMES = frozenset({"themes", "themes-by", "themes-by-answer", "themes-with", "sentiment"})
OF_THEMES = ROWS_ARE_THEMES | {"stance"}


def iterate_figure_rows(release: Release, mark: str = "") -> Iterator[list[Any]]:
    """One row for each figure, as COLUMNS; what is no number has its sign. `mark` is a partner's sharing mark: it stands on
    every row with the codebook, so that rows copied elsewhere keep both."""
    for row in _iterate_numbers(release):
        yield [*row, str(release.codebook_version), mark]


def iterate_release_log(release: Release, mark: str = "") -> Iterator[list[Any]]:
    at, ends = ("About", "Id", "Question or theme", "Answer"), (str(release.codebook_version), mark)
    yield from iterate_log_rows(log_release(release), COLUMNS, at, dict(zip(COLUMNS[-2:], ends, strict=True)))


def _iterate_numbers(release: Release) -> Iterator[list[Any]]:
    themes = release.codebook_version.entries.values_list("theme_id", "theme__slug", "parent")
    slugs, parents = {str(theme): slug for theme, slug, _ in themes}, {slug: parent for _, slug, parent in themes}
    for figure in release.figures.all():
        table, named = figure.table, [figure.kind, figure_code_of(figure, slugs), figure.title]
        if refused := table.get("refused"):
            yield [*named, "", "", refused, *[""] * 8]
        for row in table["rows"]:
            code = answer_code_of(figure, row["id"], slugs)
            told = [*named, code, parents.get(code, "") if figure.kind in ROWS_ARE_THEMES else "", row["label"]]
            share = [table["base"], row["percent"], row["low"], row["high"]]
            yield [*told, "", _number_or_sign(row), *share, ESTIMATE if "coded" in row else "", row.get("read")]
            coded = MACHINE_CODED if "coded" in row else ""
            groups = zip(table["columns"], table["column_totals"], row.get("cells", ()), strict=False)
            for column, total, cell in groups:
                numbers = [_number_or_sign(cell), _number_or_sign(total), cell.get("percent")]
                yield [*told, column["label"], *numbers, "", "", coded, ""]


def theme_slugs(release: Release) -> dict[str, str]:
    """{theme id, as figures store it: slug}."""
    entries = release.codebook_version.entries.values_list("theme_id", "theme__slug")
    return {str(theme): slug for theme, slug in entries}


def answer_code_of(figure: Figure, id_: str, slugs: dict[str, str]) -> str:
    """The permanent code of a row: the theme's slug, or the id of the answer in its question."""
    return slugs.get(id_, id_) if figure.kind in ROWS_ARE_THEMES else id_


def figure_code_of(figure: Figure, slugs: dict[str, str]) -> str:
    """The permanent code of a figure: its question's, or for a stance figure its theme's."""
    return slugs.get(figure.key, figure.key) if figure.kind == "stance" else figure.key


def _number_or_sign(cell: dict[str, Any]) -> Any:
    return cell["symbol"] or cell["value"]

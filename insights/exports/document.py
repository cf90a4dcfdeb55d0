"""A release as one JSON document, for the file and the read-only API alike."""

from typing import Any

from insights.exports.figures import code_of, key_of, theme_slugs
from insights.exports.quoting import quotes_of
from insights.reports.disclosure.wording import wording_of
from insights.reports.models import Figure, Release


def document_of(release: Release, *, mark: str = "") -> dict[str, Any]:
    """Summary, figures, themes and public quotes of a release. `mark` is a partner's sharing mark."""
    return {
        **summary_of(release),
        "shared_with": mark,
        "figures": figures_of(release),
        "themes": themes_of(release),
        "quotes": public_quotes_of(release),
    }


def summary_of(release: Release) -> dict[str, Any]:
    page, version = release.consultation, release.codebook_version
    return {
        "id": release.pk,
        "number": release.number,
        "consultation": {"code": page.slug, "title": page.title, "audience": page.audience},
        "people": release.people,
        "frozen_on": release.made_on.isoformat(),
        "published_on": release.published_on.isoformat() if release.published_on else None,
        "codebook": {"code": version.codebook.slug, "version": version.label or str(version.number)},
        "rules": release.rules,
        "hidden": wording_of(release.rules).meaning,
    }


def figures_of(release: Release) -> list[dict[str, Any]]:
    slugs = theme_slugs(release)
    return [_figure(figure, slugs) for figure in release.figures.all()]


def _figure(figure: Figure, slugs: dict[str, str]) -> dict[str, Any]:
    table = figure.table
    columns = table["columns"]
    return {
        "kind": figure.kind,
        "code": key_of(figure, slugs),
        "title": figure.title,
        "base": table["base"],
        "several": table.get("several", False),
        "refused": table.get("refused", ""),
        "columns": [
            {"code": column["id"], "label": column["label"], **_cell(total)}
            for column, total in zip(columns, table["column_totals"], strict=False)
        ],
        "rows": [_row(row, code_of(figure, row["id"], slugs), columns) for row in table["rows"]],
    }


def _row(row: dict[str, Any], code: str, columns: list[dict[str, Any]]) -> dict[str, Any]:
    cells = [
        {"column": column["id"], **_cell(cell), "percent": cell.get("percent")}
        for column, cell in zip(columns, row.get("cells", ()), strict=False)
    ]
    return {"code": code, "label": row["label"], **_cell(row), **_share(row), "cells": cells}


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    return {"people": cell["value"], "hidden": cell["value"] is None}


def _share(row: dict[str, Any]) -> dict[str, Any]:
    return {"percent": row["percent"], "percent_from": row["low"], "percent_to": row["high"]}


def themes_of(release: Release) -> list[dict[str, Any]]:
    """Each theme of the release with its definition, sub-points and figure."""
    figure = release.figures.filter(kind="themes", key="all").first()
    rows = {row["id"]: row for row in figure.table["rows"]} if figure else {}
    entries = release.codebook_version.entries.select_related("theme").order_by("family", "place", "label")
    return [_theme(entry, rows[str(entry.theme_id)]) for entry in entries if str(entry.theme_id) in rows]


def _theme(entry: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": entry.theme.slug,
        "label": entry.label,
        "family": entry.family,
        "definition": entry.definition,
        "gravity": entry.gravity,
        "online": entry.online,
        "sub_points": [link["sub_point"] for link in entry.links],
        **_cell(row),
        **_share(row),
    }


def public_quotes_of(release: Release) -> list[dict[str, Any]]:
    """Quotes that two people approved for the public; of the speaker only the audience is given."""
    return [
        {"id": quote.pk, "theme": quote.theme.slug, "audience": quote.audience, "language": quote.language}
        | {"words": quote.text}
        for said in quotes_of(release, for_all=True).values()
        for quote in said
    ]

"""A release as one JSON document, for the file and the read-only API alike."""

from typing import Any

from insights.disclosure.rules_wording import wording_of
from insights.exports.figures_sheet import answer_code_of, figure_code_of, theme_slugs
from insights.releases.disclosure_log import log_release
from insights.releases.models import Release
from insights.releases.quote_selection import select_quotes


def build_release_document(release: Release, *, mark: str = "") -> dict[str, Any]:
    """Summary, figures, themes and public quotes of a release. `mark` is a partner's sharing mark."""
    return {
        **build_release_summary(release),
        "disclosure_log": build_log_document(release),
        "shared_with": mark,
        "figures": build_figure_documents(release),
        "themes": build_theme_documents(release),
        "quotes": build_public_quotes(release),
    }


def build_release_summary(release: Release) -> dict[str, Any]:
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


def build_log_document(release: Release) -> list[dict[str, Any]]:
    """What the numbers are, the summary says once."""
    return [{"rule": line.rule, "what": line.effect, "numbers": line.numbers} for line in log_release(release)]


def build_figure_documents(release: Release) -> list[dict[str, Any]]:
    slugs = theme_slugs(release)
    return [
        {
            "kind": figure.kind,
            "code": figure_code_of(figure, slugs),
            "title": figure.title,
            "base": figure.table["base"],
            "several": figure.table.get("several", False),
            "refused": figure.table.get("refused", ""),
            "columns": [
                {"code": column["id"], "label": column["label"], **_build_cell(total)}
                for column, total in zip(figure.table["columns"], figure.table["column_totals"], strict=False)
            ],
            "rows": [
                _build_row(row, answer_code_of(figure, row["id"], slugs), figure.table["columns"])
                for row in figure.table["rows"]
            ],
        }
        for figure in release.figures.all()
    ]


def _build_row(row: dict[str, Any], code: str, columns: list[dict[str, Any]]) -> dict[str, Any]:
    coded_by = {"coded_by": "machine"} if "coded" in row else {}  # where no person has read an answer
    cells = [
        {"column": column["id"], **_build_cell(cell), "percent": cell.get("percent"), **coded_by}
        for column, cell in zip(columns, row.get("cells", ()), strict=False)
    ]
    return {
        "code": code,
        "label": row["label"],
        **_build_cell(row),
        **_build_share(row),
        **_build_coding(row),
        "cells": cells,
    }


def _build_cell(cell: dict[str, Any]) -> dict[str, Any]:
    return {"people": cell["value"], "hidden": cell["value"] is None, "instead": cell["symbol"]}


def _build_share(row: dict[str, Any]) -> dict[str, Any]:
    return {"percent": row["percent"], "percent_from": row["low"], "percent_to": row["high"]}


def _build_coding(row: dict[str, Any]) -> dict[str, Any]:
    """Of a theme: whether its number is an estimate, and people in whom a person found it."""
    return {"estimate": "coded" in row, "read": row.get("read")} if {"coded", "read"} & row.keys() else {}


def build_theme_documents(release: Release) -> list[dict[str, Any]]:
    """Each theme of the release with its definition, sub-points and figure."""
    rows = {row["id"]: row for row in release.theme_rows()}
    entries = release.codebook_version.entries.select_related("theme").order_by("family", "place", "label")
    return [
        {
            "code": entry.theme.slug,
            "label": entry.label,
            "family": entry.family,
            "parent": entry.parent,
            "definition": entry.definition,
            "gravity": entry.gravity,
            "online": entry.online,
            "sub_points": [link["sub_point"] for link in entry.links],
            **_build_cell(row),
            **_build_share(row),
            **_build_coding(row),
        }
        for entry in entries
        if (row := rows.get(str(entry.theme_id)))
    ]


def build_public_quotes(release: Release) -> list[dict[str, Any]]:
    """Quotes that two people approved for the public; of the speaker only the audience is given."""
    return [
        {"id": quote.pk, "theme": quote.theme.slug, "audience": quote.audience, "language": quote.language}
        | {"words": quote.text}
        for said in select_quotes(release, for_all=True).values()
        for quote in said
    ]

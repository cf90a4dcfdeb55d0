"""The stored form of a protected table, which pages, charts, exports and the API use. It holds no hidden value."""

from collections.abc import Iterable, Mapping
from math import ceil, hypot
from typing import Any

from consultation.domain.confidence_intervals import wilson_interval
from insights.coding.confirmation.sample_size import LEAST_CONFIRMED
from insights.disclosure.disclosure_rules import HIDDEN, NEARLY_ALL

NO_ANSWER = "not-given"  # "I don't know", "I don't want to say" and a question left out, counted together
NO_ANSWER_LABEL = "No answer given"
NO_GROUP = "In no group, as they gave no answer"
NO_ANSWER_KEYS = ("dk", "na")  # as responses store the first two
OWN_CELL = "–"
AND = " + "  # between two services
IN_PERIOD = "in-period"  # the kind of a figure of one closed quarter
WAITING = "not confirmed yet"  # too few answers were read by people to give a theme a number
NO_STANCE = "not-said"
STANCES = {"disagrees": "Against", "mixed": "Both", "agrees": "For", NO_STANCE: "Neither"}
UNREAD = "unread"
SENTIMENTS = {
    "negative": "Sounds negative",
    "mixed": "Both",
    "neutral": "Sounds neutral",
    "positive": "Sounds positive",
    UNREAD: "Not read by the machine",
}


def is_no_answer(place: Mapping[str, Any]) -> bool:
    """Whether a row or column is of those who gave no answer."""
    return str(place["id"]).removeprefix("apart-") == NO_ANSWER


def freeze_table(protected, labels, columns, doubt=None):
    """The JSON of Figure.table (see models.Figure) from a ProtectedTable; `labels` and `columns` are {id: label}. `doubt`
    {row id: standard deviation, in people, of an estimate} makes the intervals of those rows wider."""
    released = protected.released()
    two_way = bool(released.columns)
    base = released.total.value
    rows = [
        _build_row(released, index, row_id, labels, two_way, (doubt or {}).get(row_id, 0.0))
        for index, row_id in enumerate(released.rows)
    ]
    return {
        "base": base,
        "several": released.multi,
        "rows": rows,
        "columns": [{"id": column, "label": columns.get(column, column)} for column in released.columns],
        "column_totals": [_build_cell(cell) for cell in released.column_totals] if two_way else [],
    }


def blank_own_cells(table):
    """Blank the cells of themes by themes in which a theme meets itself: they say nothing, and are no figure."""
    for row in table["rows"]:
        for column, cell in zip(table["columns"], row["cells"], strict=True):
            if row["id"] == column["id"]:
                cell |= {"value": None, "symbol": OWN_CELL, "percent": None}


def freeze_refusal(words):
    return {"base": None, "refused": words, "rows": [], "columns": [], "column_totals": []}


def _build_cell(cell):
    return {"value": cell.value, "symbol": cell.symbol}


def blank_waiting_themes(table, waiting):
    """Blank every number of these themes (row or column ids): people have read too few answers to give them any."""
    hidden = {"value": None, "symbol": WAITING}
    for column, total in zip(table["columns"], table["column_totals"], strict=True):
        if column["id"] in waiting:
            total |= hidden
    for row in table["rows"]:
        if row["id"] in waiting:
            row |= hidden | {"percent": None, "low": None, "high": None}
        for column, cell in zip(table["columns"], row.get("cells", ()), strict=False):
            if (row["id"] in waiting or column["id"] in waiting) and cell["symbol"] != OWN_CELL:
                cell |= hidden | {"percent": None}


def blank_unconfirmed_cells(table, *, is_mirrored):
    """Blank the numbers of groups of a theme whose own number, corrected by what people read, is too small to show: they are
    machine-coded, and what people read says otherwise. `is_mirrored`: the columns are themes, too."""
    small = {row["id"] for row in table["rows"] if row["value"] is None}
    for row in table["rows"]:
        for column, cell in zip(table["columns"], row.get("cells", ()), strict=False):
            if cell["value"] is not None and (row["id"] in small or (is_mirrored and column["id"] in small)):
                cell |= {"value": None, "symbol": WAITING, "percent": None}


def raise_low_ends(table, confirmed):
    """No interval begins below the number of people that each shown theme has for certain, {theme: people}."""
    for row in table["rows"]:
        if row["low"] is not None:
            row["low"] = max(row["low"], min(row["percent"], ceil(100 * confirmed[row["id"]] / table["base"])))


def count_interval(row: Mapping[str, Any], base: int | None) -> dict[str, int | None]:
    """{least, most}: the interval of a theme's share, in people. It holds the number, and begins no lower than the people
    in whom a person found the theme, as every shown estimate ("coded" in its row) has that many."""
    if not base or row["value"] is None or row.get("low") is None:
        return {"least": None, "most": None}
    least, most = (round(row[end] * base / 100) for end in ("low", "high"))
    least = max(least, LEAST_CONFIRMED) if "coded" in row else least
    return {"least": min(least, row["value"]), "most": max(most, row["value"])}


def _build_row(released, index, row_id, labels, two_way, doubt):
    total = released.row_totals[index]
    row = {"id": row_id, "label": labels.get(row_id, row_id), **_build_cell(total)}
    row |= _share_with_interval(total.value, released.total.value, released.rules, doubt)
    if two_way:
        row["cells"] = [
            {**_build_cell(cell), "percent": released.percent(index, at)}
            for at, cell in enumerate(released.cells[index])
        ]
    return row


def _share_with_interval(value, base, rules, doubt=0.0):
    """The interval includes the noise of the number, and `doubt`: the standard deviation of an estimate, in people."""
    if value is None or not base or base < rules.min_base or value > base:
        return {"percent": None, "low": None, "high": None}
    low, high = wilson_interval(value, base, noise=hypot(rules.noise, doubt)).percent()
    return {"percent": round(100 * value / base), "low": low, "high": high}


def is_nearly_all(row: Mapping[str, Any]) -> bool:
    """Whether nearly everyone is in a row: it has no number, because that would tell of the few others."""
    return bool(row.get("symbol") == NEARLY_ALL)


def is_reported(row: Mapping[str, Any]) -> bool:
    """Whether a row has a number, or nearly everyone in it; else few or nobody are, or people have read too little."""
    return row["value"] is not None or is_nearly_all(row)


def weigh_row(row: Mapping[str, Any], base: int | None) -> int:
    """The people of a row, by which it is put in order: everyone where nearly all are in it, 0 where it is not reported."""
    return (base if is_nearly_all(row) else row["value"]) or 0


def describe_hidden_themes(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Their labels by name, each with what stands for its number, "Gifts (fewer than 10)": grave themes begin at another
    number than the rest. Of several releases, what holds in all of them."""
    symbols = {row["label"]: row["symbol"] for row in sorted(rows, key=lambda row: len(row["symbol"]))}
    return [label if one in ("", HIDDEN) else f"{label} ({one})" for label, one in sorted(symbols.items())]


def is_machine_coded(table: Mapping[str, Any]) -> bool:
    """Whether cells of the table count what a machine found in answers that no person has read."""
    return any("coded" in row for row in table["rows"])


def is_estimated(table: Mapping[str, Any]) -> bool:
    """Whether the numbers of a theme table rest on what people read; older ones count what a machine proposed too."""
    return "sample" in table


def fold_table(table: Mapping[str, Any]) -> dict[str, Any]:
    """A two-way table as it is read: without the groups and rows of which no number by group is told, and with those who
    gave no answer beside it. `few`: labels of such groups, and of such rows as are told as a whole; `rest`: whether other
    rows are left out; `silent`: [{label, value, symbol}] of those who gave no answer."""
    columns = list(zip(table["columns"], table.get("column_totals") or table["columns"], strict=True))
    asked = [row for row in table["rows"] if not is_no_answer(row)]
    groups = [at for at, (column, _) in enumerate(columns) if not is_no_answer(column)]
    kept = [at for at in groups if any(_is_cell_reported(row["cells"][at]) for row in asked)]
    rows = [row for row in asked if any(_is_cell_reported(row["cells"][at]) for at in kept)]
    left = [row for row in asked if row not in rows]
    few = [columns[at][0] for at in groups if at not in kept] + [row for row in left if is_reported(row)]
    silent = [{**total, "label": NO_GROUP} for column, total in columns if is_no_answer(column)]
    return {
        **table,
        "columns": [columns[at][0] for at in kept],
        "column_totals": [columns[at][1] for at in kept],
        "rows": [{**row, "cells": [row["cells"][at] for at in kept]} for row in rows],
        "few": list(dict.fromkeys(one["label"] for one in few)),
        "rest": not all(map(is_reported, left)),
        "silent": [*table.get("silent", ()), *(row for row in table["rows"] if is_no_answer(row)), *silent],
    }


def _is_cell_reported(cell: Mapping[str, Any]) -> bool:
    return cell["value"] is not None or cell["symbol"].startswith(NEARLY_ALL)

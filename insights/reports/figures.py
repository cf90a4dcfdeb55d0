"""The stored form of a protected table: what pages, charts, exports and the API read. No hidden value is in it."""

from insights.reports.intervals import wilson


def freeze_table(protected, labels, columns):
    """The JSON of Figure.table (see models.Figure) from a ProtectedTable; `labels` and `columns` name the ids."""
    released = protected.released()
    two_way = bool(released.columns)
    base = released.total.value
    rows = [_row(released, index, row_id, labels, two_way) for index, row_id in enumerate(released.rows)]
    return {
        "base": base,
        "several": released.multi,
        "rows": rows,
        "columns": [{"id": column, "label": columns.get(column, column)} for column in released.columns],
        "column_totals": [_cell(cell) for cell in released.column_totals] if two_way else [],
    }


def freeze_refused(words):
    return {"base": None, "refused": words, "rows": [], "columns": [], "column_totals": []}


def _cell(cell):
    return {"value": cell.value, "symbol": cell.symbol}


def _row(released, index, row_id, labels, two_way):
    total = released.row_totals[index]
    base = released.total.value
    row = {
        "id": row_id,
        "label": labels.get(row_id, row_id),
        **_cell(total),
        "percent": None,
        "low": None,
        "high": None,
    }
    if total.value is not None and base and base >= released.rules.min_base and total.value <= base:
        low, high = wilson(total.value, base).percent()
        row |= {"percent": round(100 * total.value / base), "low": low, "high": high}
    if two_way:
        row["cells"] = [
            {**_cell(cell), "percent": released.percent(index, at)} for at, cell in enumerate(released.cells[index])
        ]
    return row

"""CSV and Excel exports: no cell can act as a formula (A10), and each export is audited with row count and file hash."""

import csv
import hashlib
import io
import re
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.http import FileResponse

from consultation.audit.audit_log import record_before_handing_out
from consultation.audit.models import canonical_json

FORMULA_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")
# What XML, and so a spreadsheet, cannot hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MEMORY_BYTES = 2_000_000  # bytes; longer files go to the disk until they are sent
NARROWEST, WIDEST = 8, 60  # letters of a column
LOOKED_AT = 500  # rows whose words set the widths
LONGEST_CELL = 32_000  # letters: what a spreadsheet takes


def escape_cell(value: Any) -> str:
    """The cell's text, with a quote before any words that a spreadsheet would run as a formula; a number is none.

    Leading spaces, zero-width marks and direction marks do not hide a formula.
    """
    if isinstance(value, (int, float)):
        return str(value)
    text = canonical_json(value) if isinstance(value, (dict, list)) else "" if value is None else str(value)
    text = UNPRINTABLE.sub("", text)
    for letter in text:
        if letter in FORMULA_STARTS:
            return f"'{text}"
        if unicodedata.category(letter) not in ("Zs", "Zl", "Zp", "Cf", "Cc", "Mn", "Me"):
            break
    return text


def write_csv(file: Any, columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> int:
    """Write UTF-8 CSV with every field quoted. Returns the number of rows."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([escape_cell(column) for column in columns])
    written = sum(bool(writer.writerow([escape_cell(cell) for cell in row])) for row in rows)
    text.detach()
    return written


def write_xlsx(file: Any, columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> int:
    """Write one sheet. Returns the number of rows."""
    return write_workbook(file, [("Data", columns, rows)])


def write_workbook(
    file: Any,
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Iterable[Any]]]],
    *,
    drawn: Collection[str] = (),
) -> int:
    """Write a workbook of sheets (name, columns, rows), each with a filter on every column. Numbers stay
    numbers; all else is text. The sheets named in `drawn` have a chart of their second column by the first. Returns the
    number of rows in all sheets."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book, written = Workbook(write_only=True), 0
    for name, columns, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        rows, first = _look_ahead(rows)
        for at, width in enumerate(_measure_columns(columns, first), start=1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.append([_build_cell(sheet, column) for column in columns])
        count = sum(1 for row in rows if not sheet.append([_build_cell(sheet, cell) for cell in row]))
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
        if name in drawn and count:
            sheet.add_chart(_draw_bars(sheet, name, columns, count), f"{get_column_letter(len(columns) + 2)}2")
        written += count
    book.save(file)
    return written


def _look_ahead(rows: Iterable[Iterable[Any]]) -> tuple[Iterable[Iterable[Any]], list[Sequence[Any]]]:
    """(all rows, the first of them), of an iterator too: widths stand in a file before its rows."""
    waiting = iter(rows)
    first: list[Sequence[Any]] = [list(row) for row in islice(waiting, LOOKED_AT)]
    return chain(first, waiting), first


def _measure_columns(columns: Sequence[str], rows: list[Sequence[Any]]) -> list[int]:
    """In letters, of the heading with its filter button and of the longest line of a cell."""
    longest = [len(column) + 4 for column in columns]
    for row in rows:
        for at, value in enumerate(row[: len(longest)]):
            longest[at] = max(longest[at], *(len(line) + 2 for line in escape_cell(value).splitlines() or [""]))
    return [max(NARROWEST, min(WIDEST, length)) for length in longest]


def _draw_bars(sheet: Any, title: str, columns: Sequence[str], count: int) -> Any:
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.type, chart.title, chart.legend = "bar", title, None
    chart.x_axis.title, chart.y_axis.title = columns[0], columns[1]
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min, chart.height, chart.width = 0, max(7, count * 0.8), 20
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=count + 1), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=count + 1))
    return chart


def _build_cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if type(value) in (int, float):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=escape_cell(value)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE_FORMATS = {"csv": (write_csv, "text/csv; charset=utf-8"), "xlsx": (write_xlsx, XLSX_CONTENT_TYPE)}


def deliver_table(
    *,
    by: Any,
    kind: str,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Iterable[Any]],
    form: str = "csv",
    obj: Any = None,
    **data: Any,
) -> FileResponse:
    """A table as an audited download. `kind` and `obj` tell the log what was exported; `data` adds, for instance, the
    version of the disclosure control rules."""
    write, content_type = TABLE_FORMATS[form]
    return deliver_file(
        by=by,
        kind=kind,
        name=f"{name}.{form}",
        content_type=content_type,
        write=lambda file: write(file, columns, rows),
        obj=obj,
        form=form,
        **data,
    )


def deliver_file(
    *, by: Any, kind: str, name: str, content_type: str, write: Callable[[Any], int], obj: Any = None, **data: Any
) -> FileResponse:
    """A file of any format as an audited download. `write` fills it and returns its number of rows.
    Raises AuditUnavailable, and hands out nothing, when the log cannot be written."""
    file = tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115  the response closes it
    count = write(file)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    record_before_handing_out("export made", by=by, obj=obj, kind=kind, rows=count, hash=digest, **data)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response

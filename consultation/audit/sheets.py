"""Every CSV and XLSX file that leaves the house is made here: no cell of it can be taken for a formula (A10), and that
it was taken is an entry in the audit log, with its rows and the hash of its bytes."""

import csv
import hashlib
import io
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse

from consultation.audit.log import record
from consultation.audit.models import canonical

FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")
# What XML, and so a spreadsheet, cannot hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
IN_MEMORY = 2_000_000  # bytes; longer files go to the disk until they are sent
LONGEST_CELL = 32_000  # letters: what a spreadsheet takes


def safe(value: Any) -> str:
    """A cell that a spreadsheet cannot take for a formula: a quote before what would begin one.

    Spaces, marks without width and marks that turn the direction of writing do not hide the beginning.
    """
    text = canonical(value) if isinstance(value, (dict, list)) else "" if value is None else str(value)
    text = UNPRINTABLE.sub("", text)
    return f"'{text}" if _begins_like_a_formula(text) else text


def _begins_like_a_formula(text: str) -> bool:
    for letter in text:
        if letter in FORMULA:
            return True
        if unicodedata.category(letter) not in ("Zs", "Zl", "Zp", "Cf", "Cc", "Mn", "Me"):
            return False
    return False


def write_csv(file: Any, columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> int:
    """Quotes every field; UTF-8. How many rows."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([safe(column) for column in columns])
    written = sum(bool(writer.writerow([safe(cell) for cell in row])) for row in rows)
    text.detach()
    return written


def write_xlsx(file: Any, columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> int:
    """Every cell is text, whatever it looks like. How many rows."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet, written = book.create_sheet("Data"), 0

    def as_text(value: Any) -> Any:
        cell = WriteOnlyCell(sheet, value=safe(value)[:LONGEST_CELL])
        cell.data_type = "s"
        return cell

    sheet.append([as_text(column) for column in columns])
    for row in rows:
        sheet.append([as_text(cell) for cell in row])
        written += 1
    book.save(file)
    return written


KINDS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def deliver(
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
    """The file as a download. `kind` says in the log what was exported, `obj` of what; `data`, for instance, the
    version of the rules of disclosure control that it went through."""
    write, content_type = KINDS[form]
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    count = write(file, columns, rows)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    record("export made", by=by, obj=obj, kind=kind, form=form, rows=count, hash=digest, **data)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.{form}", content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""A program of its own, run by `limited_parsing` with "xlsx", "one sheet" or "docx": such a file on standard input, the
rows of its first visible sheet or of its tables as lines of JSON on standard output. In a file for "one sheet", no other
visible sheet may have rows below its first, and no cell may hold a formula or an error: nothing calculates what it says.
Of such a file, a row that a filter or a person hid is {"hidden": cells}.

A small file may unpack to anything, and a parser may hang. So it has limits of time, memory and output, no setting or
key of the site, and no database; whatever happens to it, the site answers. It writes no file: the rows are answers.
"""

import json
import re
import resource
import sys
import zlib
from datetime import date, datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MOST_SECONDS = 60  # of a processor
MOST_MEMORY = 2_000_000_000  # bytes of addresses, most of them unused
MOST_UNPACKED = 250_000_000  # bytes
MOST_PARTS = 5_000
MOST_LETTERS = 200_000_000  # of all rows: a long text that stands in the file once may be named by every cell
TITLE_ROWS, HEADING_ROWS = 10, 4  # at the most; titles stand above the headings
LONGEST_GAP = 60  # of two heading rows, the first may name a question of 60 parts in one cell
MAX_ROWS, MAX_COLUMNS = 100_000, 500
ROW, ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^<>]*>"), re.compile(rb'\br="(\d+)"')
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
# How the program ends.
NOT_A_SHEET, NOT_WHOLE, TOO_MUCH, TOO_MANY_ROWS, TOO_MANY_COLUMNS, SEVERAL_SHEETS, HAS_FORMULAS = range(10, 17)


class FormulaCell(Exception):
    """A cell whose words nobody typed."""


def write_rows(content: bytes, kind: str) -> int:
    """The number with which the program ends: 0 if all rows are written."""
    from openpyxl.utils.exceptions import InvalidFileException

    broken_zip = (BadZipFile, InvalidFileException, zlib.error, OSError, EOFError, NotImplementedError)
    broken = (
        *broken_zip,
        LookupError,
        ValueError,
        SyntaxError,
        RuntimeError,
        TypeError,
        AttributeError,
        AssertionError,
    )
    try:
        with ZipFile(BytesIO(content)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
        if sum(sizes) > MOST_UNPACKED or len(sizes) > MOST_PARTS:
            return TOO_MUCH
        opened = _open_document(content) if kind == "docx" else _open_workbook(content)
    except broken:
        return NOT_A_SHEET
    try:
        if kind == "docx":
            return _write_tables(opened.tables)
        # Microsoft Forms keeps notes of its own on a hidden sheet.
        first, *others = [sheet for sheet in opened.worksheets if sheet.sheet_state == "visible"] or opened.worksheets
        strict = kind == "one sheet"
        if strict and any(map(_has_rows, others)):
            return SEVERAL_SHEETS
        return _write_sheet(first, strict, set(_list_hidden_rows(content, first)) if strict else ())
    except FormulaCell:
        return HAS_FORMULAS
    except broken:
        return NOT_WHOLE


def _open_workbook(content: bytes):
    from openpyxl import load_workbook

    return load_workbook(BytesIO(content), read_only=True, data_only=False)


def _open_document(content: bytes):
    from docx import Document

    return Document(BytesIO(content))


def _write_tables(tables) -> int:
    """Each cell once: python-docx would repeat one for each column that it claims to span, which may be a billion."""
    from docx.table import _Cell

    rows = (row for table in tables for row in table.rows)
    return _write_lines([_Cell(cell, row).text for cell in row._tr.tc_lst] for row in rows)


def _list_hidden_rows(content: bytes, sheet):
    """Their numbers, which openpyxl does not tell of a sheet that it reads row by row."""
    with ZipFile(BytesIO(content)) as parts:
        number = 0
        for row in ROW.finditer(parts.read(sheet._worksheet_path)):
            said = ROW_NUMBER.search(row[0])
            number = int(said[1]) if said else number + 1
            if HIDDEN.search(row[0]):
                yield number


def _write_sheet(sheet, strict: bool, hidden) -> int:
    """Rows as wide as the headings; `strict`: with what stands beside these, up to a long gap, for the caller to refuse.
    The sheet's declared size is often wrong, and rows beyond it would be lost."""
    sheet.reset_dimensions()
    top = sheet.iter_rows(max_row=TITLE_ROWS + HEADING_ROWS, max_col=MAX_COLUMNS + 1, values_only=True)
    width = max(map(_find_width, top), default=1)
    if width > MAX_COLUMNS:
        return TOO_MANY_COLUMNS
    rows = sheet.iter_rows(max_col=width + LONGEST_GAP if strict else width)
    lines = (_list_texts(row, width, strict) for row in rows)
    return _write_lines({"hidden": line} if place in hidden else line for place, line in enumerate(lines, start=1))


def _list_texts(row, width: int, strict: bool) -> list[str]:
    if strict and any(cell.data_type in ("f", "e") for cell in row):
        raise FormulaCell
    texts = [_cell_as_text(cell.value) for cell in row]
    while len(texts) > width and not texts[-1]:
        texts.pop()
    return texts


def _has_rows(sheet) -> bool:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=TITLE_ROWS + HEADING_ROWS, max_col=MAX_COLUMNS, values_only=True)
    return sum(any(cell is not None for cell in row) for row in rows) > 1


def _write_lines(rows) -> int:
    letters = 0
    for number, cells in enumerate(rows):
        if number > MAX_ROWS:
            return TOO_MANY_ROWS
        line = json.dumps(cells, ensure_ascii=False)
        letters += len(line)
        if letters > MOST_LETTERS:
            return TOO_MUCH
        sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
    return 0


def _find_width(row) -> int:
    """Up to the last cell before a long gap: a stray cell far to the right is no column."""
    width = 1
    for place, cell in enumerate(row, start=1):
        if cell is not None and place - width <= LONGEST_GAP:
            width = place
    return width


def _cell_as_text(cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes").removesuffix("T00:00")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold answers
    try:
        return write_rows(sys.stdin.buffer.read(), sys.argv[1])
    except MemoryError:
        return TOO_MUCH


if __name__ == "__main__":
    sys.exit(main())

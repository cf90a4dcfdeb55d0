"""Parsing of CSV and XLSX files into rows of text. A formula is text: nothing is calculated."""

import csv
import io
import zlib
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from consultation.channels.web.form_parsing import clean_text

ENDINGS = (".csv", ".xlsx")
DELIMITERS = (",", ";", "\t")
MOST_UNPACKED = 250_000_000  # bytes: an XLSX file is a zip, and a small one may hold any amount
TOO_MUCH_TO_OPEN = "The file holds too much to open. Import it in parts, or as a CSV file."


class UnreadableSheet(Exception):
    """The file cannot be used; the message is for the person who imports it."""


def read_spreadsheet_rows(path):
    """({heading: column letter}, iterator of (row number, {heading: text})), numbered as in the spreadsheet."""
    from openpyxl.utils import get_column_letter  # imports numpy, which no page needs

    with Path(path).open("rb") as file:
        columns, rows = read_spreadsheet_cells(file, Path(path).name)
        rows = list(rows)
    named: dict[str, str] = {}
    for place, column in enumerate(columns, start=1):
        if column in named:
            raise UnreadableSheet(f"Columns {named[column]} and {get_column_letter(place)} have the same heading.")
        if column:
            named[column] = get_column_letter(place)
    numbered = (
        (number, {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column})
        for number, cells in enumerate(rows, start=2)
    )
    return named, numbered


def read_spreadsheet_cells(file, name):
    """(headings, an iterator of the other rows' cells) of an open file."""
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise UnreadableSheet("Import a CSV or an XLSX file.")
    rows = _read_csv(file) if ending == ".csv" else _read_xlsx(file)
    columns = [cell.strip() for cell in next(rows, [])]
    if not any(columns):
        raise UnreadableSheet("The first row must hold the headings.")
    return columns, rows


def _read_csv(file):
    raw = file.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:  # older spreadsheets write Windows-1252
        text = raw.decode("cp1252", "replace")
    first = text[:100_000]
    # The delimiter that makes most headings: it depends on the tool's settings and the country.
    delimiter = max(
        DELIMITERS, key=lambda sign: len(next(csv.reader(io.StringIO(first, newline=""), delimiter=sign), []))
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from ([clean_text(cell) for cell in row] for row in reader)
    except csv.Error as error:
        raise UnreadableSheet(f"The file is not a whole CSV file: {error}.") from error


def _read_xlsx(file):
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    broken_zip = (BadZipFile, InvalidFileException, zlib.error, OSError, EOFError)
    broken = (*broken_zip, LookupError, ValueError, SyntaxError, RuntimeError, TypeError, AttributeError)
    try:
        with ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise UnreadableSheet(TOO_MUCH_TO_OPEN)
        book = load_workbook(file, read_only=True, data_only=False)
    except broken as reason:
        raise UnreadableSheet("The file is not an XLSX file.") from reason
    try:
        # Rows as wide as the headings. The sheet's declared size is often wrong, and rows beyond it would be lost.
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        headings = next(iter(sheet.iter_rows(max_row=1, values_only=True)), ())
        width = max((place for place, cell in enumerate(headings, start=1) if cell is not None), default=1)
        for row in sheet.iter_rows(max_col=width, values_only=True):
            yield [_cell_as_text(cell) for cell in row]
    except broken as reason:
        raise UnreadableSheet("The file is not a whole XLSX file.") from reason
    finally:
        book.close()


def _cell_as_text(cell):
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean_text(str(cell))

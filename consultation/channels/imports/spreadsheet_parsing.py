"""Parsing of CSV and XLSX files into rows of text. A formula is text: nothing is calculated.

Both are read while the reader waits, since identifying columns are dropped before anything is stored, sealed or not.
"""

import csv
import io
import json
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

from consultation.channels.imports import xlsx_rows
from consultation.channels.imports.xlsx_rows import MAX_COLUMNS, MAX_ROWS
from consultation.channels.web.form_parsing import clean_text

ENDINGS = (".csv", ".xlsx")
DELIMITERS = (",", ";", "\t")
MOST_WAITING = 100  # seconds by the clock, on a busy machine: the proxy waits 120
NOT_AN_XLSX = "The file is not an XLSX file."
NOT_A_WHOLE_XLSX = "The file is not a whole XLSX file."
TOO_MANY_ROWS = f"The file has more than {MAX_ROWS:,} rows. Import it in parts."
TOO_MANY_COLUMNS = f"The file has more than {MAX_COLUMNS} columns."
TAKES_TOO_LONG = "The file takes too long to open. Import it in parts, or as a CSV file."
SAID_OF_END = {
    xlsx_rows.NOT_A_SHEET: NOT_AN_XLSX,
    xlsx_rows.NOT_WHOLE: NOT_A_WHOLE_XLSX,
    xlsx_rows.TOO_MUCH: "The file holds too much to open. Import it in parts, or as a CSV file.",
    xlsx_rows.TOO_MANY_ROWS: TOO_MANY_ROWS,
    xlsx_rows.TOO_MANY_COLUMNS: TOO_MANY_COLUMNS,
    -signal.SIGXCPU: TAKES_TOO_LONG,
    -signal.SIGKILL: TAKES_TOO_LONG,
}


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
    if len(columns) > MAX_COLUMNS:
        raise UnreadableSheet(TOO_MANY_COLUMNS)
    return columns, _limit_rows(rows)


def _limit_rows(rows):
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise UnreadableSheet(TOO_MANY_ROWS)
        yield row


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
    """Rows from `xlsx_rows`, a process with limits and without the site's environment."""
    if not is_zipfile(file):
        raise UnreadableSheet(NOT_AN_XLSX)
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-I", xlsx_rows.__file__],
            input=file.read(),
            capture_output=True,
            env={"OPENBLAS_NUM_THREADS": "1"},
            timeout=MOST_WAITING,
        )
    except subprocess.TimeoutExpired as reason:
        raise UnreadableSheet(TAKES_TOO_LONG) from reason
    if done.returncode:
        raise UnreadableSheet(SAID_OF_END.get(done.returncode, NOT_A_WHOLE_XLSX))
    for line in BytesIO(done.stdout):
        yield [clean_text(cell) for cell in json.loads(line)]

"""Parsing of CSV and XLSX files into rows of text. Nothing is calculated: “=A1” in a CSV file is what somebody typed, and a
workbook with formulas is refused.

Both are read while the reader waits, since identifying columns are dropped before anything is stored, sealed or not.
"""

import csv
import io
import re
import signal
from collections import Counter
from itertools import islice
from pathlib import Path
from zipfile import is_zipfile

from consultation.channels.imports.days_of_times import IN_UTC, add_zone
from consultation.channels.imports.heading_rows import ENTITY, ArrangedRows, arrange_rows
from consultation.channels.web.form_parsing import clean_text
from consultation.file_parsing import office_rows
from consultation.file_parsing.limited_parsing import TOOK_TOO_LONG, HiddenRow, UnparsedFile, parse_office_rows
from consultation.file_parsing.office_rows import MAX_COLUMNS, MAX_ROWS

ENDINGS = (".csv", ".xlsx")
DELIMITERS = (",", ";", "\t")
ROWS_TO_TELL = 50  # the delimiter by
TIME_OF_CELL = re.compile(r"(?<=^\d{4}-\d\d-\d\d)T\d\d:\d\d$")  # of a true date
MOST_WAITING = 100  # seconds by the clock, on a busy machine: the proxy waits 120
NOT_AN_XLSX = "The file is not an XLSX file."
NOT_A_WHOLE_XLSX = "The file is not a whole XLSX file."
UTF16 = (b"\xff\xfe", b"\xfe\xff")
SEPARATOR_ROW = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # which Excel reads, and shows to nobody
NO_ENCODING = "The letters of this file are in no form that we know. Save it as “CSV UTF-8”, or as an XLSX file."
LONG_ROW = (
    "Row {row} has more cells than there are headings. Write a heading above each cell, or put quotes around an answer that "
    "holds the sign between the columns."
)
SECOND_FILE = "Row {row} holds the headings once more, as if this were two files in one. Import each by itself."
SPREADSHEET_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!)")
HAS_ERROR = "Row {row} holds an error of a spreadsheet, such as “#REF!”, which nobody answered. Take it out."
NO_HEADING = "Column {column} has answers and no heading. Write a heading above it, or take the column out."
TOO_MANY_ROWS = f"The file has more than {MAX_ROWS:,} rows. Import it in parts."
TOO_MANY_COLUMNS = f"The file has more than {MAX_COLUMNS} columns."
SEVERAL_SHEETS = (
    "More than one sheet of this workbook has rows, and only the first would be read. Save each sheet with answers as a "
    "file of its own, and take out the others."
)
HAS_FORMULAS = (
    "This workbook has formulas or errors, such as “=A1” or “#REF!”, which nobody answered. Copy all cells, paste them as "
    "values, and take out the errors."
)
TAKES_TOO_LONG = "The file takes too long to open. Import it in parts, or as a CSV file."
SAID_OF_END = {
    office_rows.NOT_A_SHEET: NOT_AN_XLSX,
    office_rows.NOT_WHOLE: NOT_A_WHOLE_XLSX,
    office_rows.TOO_MUCH: "The file holds too much to open. Import it in parts, or as a CSV file.",
    office_rows.TOO_MANY_ROWS: TOO_MANY_ROWS,
    office_rows.TOO_MANY_COLUMNS: TOO_MANY_COLUMNS,
    office_rows.SEVERAL_SHEETS: SEVERAL_SHEETS,
    office_rows.HAS_FORMULAS: HAS_FORMULAS,
    -signal.SIGXCPU: TAKES_TOO_LONG,
    TOOK_TOO_LONG: TAKES_TOO_LONG,
}


class UnreadableSheet(Exception):
    """The file cannot be used; the message is for the person who imports it."""


def read_spreadsheet_rows(path):
    """({heading: column letter}, iterator of (row number, {heading: text}), how many rows are hidden, how many sum up others
    and are left out), numbered as in the spreadsheet."""
    from openpyxl.utils import get_column_letter  # imports numpy, which no page needs

    with Path(path).open("rb") as file:
        found = read_arranged_rows(file, Path(path).name)
    named: dict[str, str] = {}
    for place, column in enumerate(found.headings, start=1):
        if column in named:
            raise UnreadableSheet(f"Columns {named[column]} and {get_column_letter(place)} have the same heading.")
        if column:
            named[column] = get_column_letter(place)
    numbered = (
        (number, {column: cell for column, cell in zip(found.headings, cells, strict=False) if column})
        for number, cells in found.rows
    )
    return named, numbered, found.hidden, len(found.totals)


def read_arranged_rows(file, name) -> ArrangedRows:
    """The headings and rows of a file, without titles above and totals below. Raises UnreadableSheet."""
    from openpyxl.utils import get_column_letter

    first, rows = read_spreadsheet_cells(file, name)
    lines = [first, *rows]
    found = arrange_rows(lines)
    found.hidden = sum(any(cells) and isinstance(lines[number - 1], HiddenRow) for number, cells in found.rows)
    for place, heading in enumerate(found.headings):
        if not heading and any(cells[place] for _, cells in found.rows if place < len(cells)):
            raise UnreadableSheet(NO_HEADING.format(column=get_column_letter(place + 1)))
    if long := next((number for number, cells in found.rows if any(cells[len(found.headings) :])), None):
        raise UnreadableSheet(LONG_ROW.format(row=long))
    if again := next((number for number, cells in found.rows if cells[1:] and cells == found.headings), None):
        raise UnreadableSheet(SECOND_FILE.format(row=again))
    if broken := next((number for number, cells in found.rows if any(map(SPREADSHEET_ERROR.fullmatch, cells))), None):
        raise UnreadableSheet(HAS_ERROR.format(row=broken))
    _bring_zones_to_times(found)
    return found


def _bring_zones_to_times(found):
    """Where the headings say the zone of the times below, each time says it, so that the day here is found by it. Of other
    true dates, the day alone stays."""
    zones = {place: "UTC" for place, heading in enumerate(found.headings) if IN_UTC.search(heading)} | found.zones
    for _, cells in found.rows:
        for place, cell in enumerate(cells):
            cells[place] = add_zone(cell, zones[place]) if place in zones else TIME_OF_CELL.sub("", cell)


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
    text = _decode_text(file.read())
    said = SEPARATOR_ROW.match(text)
    text = text[said.end() :] if said else text
    delimiter = said[1] if said else _find_delimiter(text[:100_000])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield [clean_text(cell) for cell in row]
    except csv.Error as error:
        raise UnreadableSheet(f"The file is not a whole CSV file: {error}.") from error


def _decode_text(raw):
    """UTF-8, UTF-16 (spreadsheets’ "Unicode text"), or what older spreadsheets write: Windows-1252, and on a Mac, which
    ends lines in its own way, Mac Roman."""
    older = "mac-roman" if b"\r" in raw and b"\n" not in raw else "cp1252"
    ways = ("utf-16",) if raw.startswith(UTF16) else ("utf-8-sig", older)
    for encoding in ways:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet(NO_ENCODING)


def _find_delimiter(first):
    """The sign that makes the most columns in the most rows: it depends on the tool's settings and the country. The
    headings alone would not tell: "best &amp; worst, and why?" has each sign in it."""
    plain = ENTITY.sub("", first)

    def score(sign):
        rows = csv.reader(io.StringIO(plain, newline=""), delimiter=sign)
        [(width, rows_of_it)] = Counter(len(row) for row in islice(rows, ROWS_TO_TELL) if row).most_common(1) or [
            (0, 0)
        ]
        return (width > 1) * rows_of_it, width

    return max(DELIMITERS, key=score)


def _read_xlsx(file):
    if not is_zipfile(file):
        raise UnreadableSheet(NOT_AN_XLSX)
    file.seek(0)
    try:
        for cells in parse_office_rows(file.read(), "one sheet", MOST_WAITING):
            yield type(cells)(map(clean_text, cells))
    except UnparsedFile as reason:
        raise UnreadableSheet(SAID_OF_END.get(reason.end, NOT_A_WHOLE_XLSX)) from reason

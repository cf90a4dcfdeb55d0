"""Translators' files as a workbook (XLSX) or a document (DOCX): a table of place, English and translation.

A returned one is read into the .po file that it stands for, so that its dry run, its faults and its undoing are the same.
Word and Excel are what most translators have; Poedit is not.
"""

import io
import zlib
from zipfile import BadZipFile, ZipFile, is_zipfile

import polib

from consultation.file_output.spreadsheets import FORMULA_STARTS, UNPRINTABLE, write_xlsx
from consultation.interface_text.po_files import MAX_FILE_BYTES, PoFileRefused
from consultation.surveys.translations.policies import StringState

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
COLUMNS = ("Place: leave it as it is", "Where it stands", "English", "Translation")
MOST_UNPACKED, MOST_ROWS = 40_000_000, 5_000
NOT_OURS = "This is no file of ours: it has no table with place, English and translation."
TOO_BIG = "This file is too big to be one of ours."
BROKEN = (
    LookupError, ValueError, OSError, AttributeError, TypeError, SyntaxError, RuntimeError, EOFError, BadZipFile, zlib.error,
)  # fmt: skip
LEAD = "Write into the last column. Leave the first and the third as they are: they say where each text belongs."


def export_office_file(form, title, language, rows):
    """The file of these TranslationRows, as bytes."""
    table = [(row.path, describe_place(row), row.source.text, "" if _is_behind(row) else row.text) for row in rows]
    return _write_workbook(table) if form == "xlsx" else _write_document(title, language, table)


def describe_place(row):
    """Where the string stands, its limits, and what its checker or an older source says about it."""
    source = row.source
    said = (
        f"{source.where}: {source.what}.",
        source.limit and f"At most {source.limit} letters.",
        source.easy and "Easy read: 15 words or fewer in a sentence, one idea.",
        source.rich and "Keep each mark in < > once, as it is.",
        row.note and f"Sent back: {row.note}",
        _is_behind(row) and f"The English has changed. Before: {row.older[0]} = {row.older[1]}",
    )
    return " ".join(filter(None, said))


def _is_behind(row):
    return row.state == StringState.BEHIND


def _write_workbook(table):
    made = io.BytesIO()
    write_xlsx(made, COLUMNS, table)
    return made.getvalue()


def _write_document(title, language, table):
    from docx import Document  # lxml loads with it

    document, made = Document(), io.BytesIO()
    document.core_properties.title, document.core_properties.language = title[:255], language
    document.add_heading(title, 1)
    document.add_paragraph(LEAD)
    grid = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    for cell, heading in zip(grid.rows[0].cells, COLUMNS, strict=True):
        cell.text = heading
    for row in table:
        for cell, words in zip(grid.add_row().cells, row, strict=True):
            cell.text = UNPRINTABLE.sub("", words)
    document.save(made)
    return made.getvalue()


def read_as_po(content):
    """The .po file that a returned workbook or document stands for; any other content as it is. Raises PoFileRefused."""
    if len(content) > MAX_FILE_BYTES:
        raise PoFileRefused(TOO_BIG)
    if not is_zipfile(io.BytesIO(content)):
        return content
    made = polib.POFile(wrapwidth=0)
    for place, source, said in _read_table(content):
        made.append(polib.POEntry(msgctxt=place, msgid=source, msgstr=said))
    return f"{made}\n".encode()


def _read_table(content):
    """[(place, English, translation)]"""
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            names = {part.filename: part.file_size for part in parts.infolist()}
    except BadZipFile as error:
        raise PoFileRefused(NOT_OURS) from error
    if sum(names.values()) > MOST_UNPACKED:
        raise PoFileRefused(TOO_BIG)
    read = _read_document if "word/document.xml" in names else _read_workbook
    try:
        rows = [[cell.strip() for cell in row] for row in read(io.BytesIO(content))]
    except BROKEN as error:
        raise PoFileRefused(NOT_OURS) from error
    heading = next((number for number, row in enumerate(rows) if row[: len(COLUMNS)] == list(COLUMNS)), None)
    if heading is None:
        raise PoFileRefused(NOT_OURS)
    return [(row[0], row[2], row[3]) for row in rows[heading + 1 :] if len(row) >= len(COLUMNS) and row[0]]


def _read_workbook(file):
    from openpyxl import load_workbook

    sheet = load_workbook(file, read_only=True, data_only=False).worksheets[0]
    for number, row in enumerate(sheet.iter_rows(max_col=len(COLUMNS), values_only=True)):
        if number > MOST_ROWS:
            raise PoFileRefused(TOO_BIG)
        yield [_unescape(str(cell)) if cell is not None else "" for cell in row]


def _unescape(cell):
    """Without the quote that `escape_cell` puts before what a spreadsheet would run as a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip().startswith(FORMULA_STARTS) else cell


def _read_document(file):
    from docx import Document

    for table in Document(file).tables:
        for number, row in enumerate(table.rows):
            if number > MOST_ROWS:
                raise PoFileRefused(TOO_BIG)
            yield [cell.text for cell in row.cells]

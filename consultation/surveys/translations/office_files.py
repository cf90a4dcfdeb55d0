"""Translators' files as a workbook (XLSX) or a document (DOCX): a table of place, English and translation.

A returned one is read into the .po file that it stands for, so that its dry run, its faults and its undoing are the same.
Word and Excel are what most translators have; Poedit is not.
"""

import io
from zipfile import BadZipFile, ZipFile, is_zipfile

import polib

from consultation.file_output.formula_safe_cells import escape_sheet_cell, unescape_sheet_cell
from consultation.file_output.spreadsheets import UNPRINTABLE, write_xlsx
from consultation.file_parsing import office_rows
from consultation.file_parsing.limited_parsing import UnparsedFile, parse_office_rows
from consultation.interface_text.po_files import MAX_FILE_BYTES, PoFileRefused
from consultation.surveys.translations.policies import StringState

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
COLUMNS = ("Place: leave it as it is", "Where it stands", "English", "Translation")
MOST_ROWS, MOST_WAITING = 5_000, 20  # seconds
NOT_OURS = "This is no file of ours: it has no table with place, English and translation."
TOO_BIG = "This file is too big to be one of ours."
BROKEN_ZIP = (BadZipFile, OSError, ValueError, LookupError)
LEAD = "Write into the last column. Leave the first and the third as they are: they say where each text belongs."


def export_office_file(form, title, language, rows):
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
    write_xlsx(made, COLUMNS, (map(escape_sheet_cell, row) for row in table))
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
            kind = "docx" if "word/document.xml" in parts.namelist() else "xlsx"
        rows = [[cell.strip() for cell in row] for row in parse_office_rows(content, kind, MOST_WAITING)]
    except BROKEN_ZIP as error:
        raise PoFileRefused(NOT_OURS) from error
    except UnparsedFile as reason:
        broken = reason.end in (office_rows.NOT_A_SHEET, office_rows.NOT_WHOLE)
        raise PoFileRefused(NOT_OURS if broken else TOO_BIG) from reason
    if len(rows) > MOST_ROWS:
        raise PoFileRefused(TOO_BIG)
    heading = next((number for number, row in enumerate(rows) if row[: len(COLUMNS)] == list(COLUMNS)), None)
    if heading is None:
        raise PoFileRefused(NOT_OURS)
    table = [(row[0], row[2], row[3]) for row in rows[heading + 1 :] if len(row) >= len(COLUMNS) and row[0]]
    return [tuple(map(unescape_sheet_cell, row)) for row in table] if kind == "xlsx" else table

"""Encodes texts as cells that a spreadsheet does not run as formulas, and decodes them again.

Export puts a quote before what would start a formula. A text that starts with such a quote gets
another one, so that every cell decodes to exactly one text.
"""

from consultation.file_output.spreadsheets import escape_cell

QUOTE = "'"


def escape_sheet_cell(text):
    """The cell that decodes to this text once formula starts are quoted."""
    return f"{QUOTE}{text}" if unescape_sheet_cell(text) != text else text


def unescape_sheet_cell(cell):
    if not cell.startswith(QUOTE):
        return cell
    rest = cell[1:]
    return rest if escape_cell(rest) == cell or unescape_sheet_cell(rest) != rest else cell

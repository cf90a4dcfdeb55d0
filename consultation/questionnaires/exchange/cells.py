"""Encodes texts as cells that a spreadsheet does not run as formulas, and decodes them again.

Export puts a quote before what would start a formula. A text that starts with such a quote gets
another one, so that every cell decodes to exactly one text.
"""

from consultation.audit.sheets import safe

QUOTE = "'"


def guarded(text):
    """The cell that decodes to this text once formula starts are quoted."""
    return f"{QUOTE}{text}" if decoded(text) != text else text


def decoded(cell):
    if not cell.startswith(QUOTE):
        return cell
    rest = cell[1:]
    return rest if safe(rest) == cell or decoded(rest) != rest else cell

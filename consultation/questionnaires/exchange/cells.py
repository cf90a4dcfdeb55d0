"""Cells that a spreadsheet cannot take for a formula, and the words that were in them again.

What leaves has a quote before what would begin a formula (audit.sheets.safe). A text that itself begins with such a
quote gets one more, so that each cell leads back to one text.
"""

from consultation.audit.sheets import safe

QUOTE = "'"


def guarded(text):
    """What `decoded` turns into this text again, once `safe` has passed over it."""
    return f"{QUOTE}{text}" if decoded(text) != text else text


def decoded(cell):
    if not cell.startswith(QUOTE):
        return cell
    rest = cell[1:]
    return rest if safe(rest) == cell or decoded(rest) != rest else cell

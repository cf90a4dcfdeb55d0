"""A version as a file, in YAML or as rows for a CSV file. What reading.py reads of it is the same again."""

import yaml

from consultation.audit.sheets import safe
from insights.coding.codebooks import rows

COLUMNS = ("id", *rows.FIELDS)


def plain(entry):
    """The theme as both kinds of file tell it."""
    row = {"id": entry.theme.slug} | rows.of(entry)
    return row | {"links": [link["sub_point"] for link in row["links"]]}


def as_yaml(version, entries):
    themes = [{name: value for name, value in plain(entry).items() if _says(value)} for entry in entries]
    book = version.codebook
    head = {"codebook": book.slug, "name": book.name, "version": version.number, "label": version.label}
    return yaml.safe_dump(head | {"themes": themes}, allow_unicode=True, sort_keys=False, width=110)


def _says(value):
    return value not in ("", [], False)


def as_rows(entries):
    for entry in entries:
        yield [_cell(value) for value in plain(entry).values()]


def _cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return quoted("\n".join(value) if isinstance(value, list) else str(value))


def quoted(text):
    """A quote more before words that begin like a formula, or like one that was quoted: reading takes one away."""
    return f"'{text}" if text.startswith("'") and _would_be_quoted(text) else text


def _would_be_quoted(text):
    rest = text.lstrip("'")
    return safe(rest) != rest


def unquoted(cell):
    """What `quoted` and then a safe sheet made of it, taken back."""
    return cell[1:] if cell.startswith("'") and _would_be_quoted(cell) else cell

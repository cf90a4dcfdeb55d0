"""Export of a codebook version as YAML or CSV rows. Parsing the export gives the same rows."""

import yaml

from consultation.audit.sheets import safe
from insights.coding.codebooks import rows

COLUMNS = ("id", *rows.FIELDS)


def plain(entry):
    """{column: value} of a theme, for both formats."""
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
    """Add one apostrophe to a cell that would parse as quoted formula, because parsing removes one."""
    return f"'{text}" if text.startswith("'") and _would_be_quoted(text) else text


def _would_be_quoted(text):
    rest = text.lstrip("'")
    return safe(rest) != rest


def unquoted(cell):
    """Remove the apostrophe that the spreadsheet writer put before a formula."""
    return cell[1:] if cell.startswith("'") and _would_be_quoted(cell) else cell

"""Export of a codebook version as YAML or CSV rows. Parsing the export gives the same rows."""

import yaml

from consultation.file_output.spreadsheets import escape_cell
from insights.coding.codebooks import theme_entry_rows

COLUMNS = ("id", *theme_entry_rows.FIELDS)


def build_file_row(entry):
    """{column: value} of a theme, for both formats."""
    row = {"id": entry.theme.slug} | theme_entry_rows.row_of_entry(entry)
    return row | {"links": [link["sub_point"] for link in row["links"]]}


def write_codebook_yaml(version, entries):
    themes = [
        {name: value for name, value in build_file_row(entry).items() if value not in ("", [], False)}
        for entry in entries
    ]
    book = version.codebook
    head = {"codebook": book.slug, "name": book.name, "version": version.number, "label": version.label}
    return yaml.safe_dump(head | {"themes": themes}, allow_unicode=True, sort_keys=False, width=110)


def build_csv_rows(entries):
    for entry in entries:
        yield [_format_cell(value) for value in build_file_row(entry).values()]


def _format_cell(value):
    """A cell. One that would parse as quoted formula gets an apostrophe more, because parsing removes one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "\n".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith("'") and _is_quoted_by_sheet(text) else text


def _is_quoted_by_sheet(text):
    rest = text.lstrip("'")
    return escape_cell(rest) != rest


def unquote_formula(cell):
    """Remove the apostrophe that the spreadsheet writer put before a formula."""
    return cell[1:] if cell.startswith("'") and _is_quoted_by_sheet(cell) else cell

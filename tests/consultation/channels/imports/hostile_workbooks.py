"""XLSX files that are small and hold too much, or are no workbook where it is looked for."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEADINGS = b'<row r="1"><c r="A1" t="inlineStr"><is><t>q-e</t></is></c></row>'


def workbook(**parts):
    """A workbook of which these parts (`sheet`, `strings`) say something else; `more`: {name: content}."""
    book, out, again = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["q-e"])
    book.active.append(["Lights"])
    book.save(out)
    new_parts = {SHEET: parts.get("sheet"), STRINGS: parts.get("strings"), **parts.get("more", {})}
    if STRINGS in new_parts and new_parts[STRINGS]:
        new_parts["[Content_Types].xml"] = _name_the_strings(out)
    new_parts = {name: content for name, content in new_parts.items() if content is not None}
    with ZipFile(out) as old, ZipFile(again, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for name in dict.fromkeys([*old.namelist(), *new_parts]):
            new.writestr(name, new_parts[name] if name in new_parts else old.read(name))
    return again.getvalue()


def _name_the_strings(book):
    with ZipFile(book) as parts:
        types = parts.read("[Content_Types].xml")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    return types.replace(
        b"</Types>", b'<Override PartName="/%s" ContentType="%s"/></Types>' % (STRINGS.encode(), kind)
    )


def sheet(rows=b"", before=b"", after=b""):
    head = b"<?xml version='1.0'?>" + before + b"<worksheet " + MAIN + b'><dimension ref="A1:A2"/><sheetData>'
    return head + HEADINGS + rows + b"</sheetData>" + after + b"</worksheet>"


def cell(place, text=b"x"):
    return b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place, text)


def zip_bomb():
    return workbook(sheet=sheet(after=b" " * 260_000_000))


def million_rows():
    return workbook(
        sheet=sheet(b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(2, 10**6)))
    )


def far_row():
    return workbook(sheet=sheet(b'<row r="99999999999">' + cell(b"A99999999999") + b"</row>"))


def far_column():
    return workbook(sheet=sheet(b'<row r="2">' + cell(b"ZZZZZZ2") + b"</row>").replace(b'r="A1"', b'r="ZZZZZZ1"'))


def deep_styles():
    return workbook(more={"xl/styles.xml": b"<a>" * 300_000 + b"</a>" * 300_000})


def laughing_entities():
    entities = b'<!DOCTYPE x [<!ENTITY a0 "ha">'
    entities += b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)) + b"]>"
    return workbook(sheet=sheet(b'<row r="2">' + cell(b"A2", b"&a11;") + b"</row>", before=entities))


def entity_of_a_file():
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return workbook(sheet=sheet(b'<row r="2">' + cell(b"A2", b"&e;") + b"</row>", before=entity))


def long_text_in_every_cell():
    text = b"<sst " + MAIN + b"><si><t>" + b"long " * 6_500 + b"</t></si></sst>"
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(2, 20_000))
    return workbook(sheet=sheet(rows), strings=text)


def endless_strings():
    """As much as may be unpacked: a string of one letter, again and again."""
    return workbook(strings=b"<sst " + MAIN + b">" + b"<si><t>x</t></si>" * 14_000_000 + b"</sst>")


def one_huge_string():
    return workbook(strings=b"<sst " + MAIN + b"><si><t>" + b"x" * 200_000_000 + b"</t></si></sst>")


def many_parts():
    return workbook(more={f"xl/{n}.xml": b"" for n in range(6000)})


def cut_off():
    return workbook()[:-600]


HOSTILE = {
    zip_bomb: "The file holds too much to open. Import it in parts, or as a CSV file.",
    many_parts: "The file holds too much to open. Import it in parts, or as a CSV file.",
    long_text_in_every_cell: "The file holds too much to open. Import it in parts, or as a CSV file.",
    million_rows: "The file has more than 100,000 rows. Import it in parts.",
    far_row: "The file has more than 100,000 rows. Import it in parts.",
    far_column: "The file is not a whole XLSX file.",
    deep_styles: "The file is not an XLSX file.",
    laughing_entities: "The file is not an XLSX file.",
    entity_of_a_file: "The file is not an XLSX file.",
    cut_off: "The file is not an XLSX file.",
}

"""No cell of our files is a formula, for any text; each export is in the audit log."""

import ast
import csv
import hashlib
import io
import itertools
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from consultation.audit.models import AuditEntry
from consultation.file_output.spreadsheets import deliver_table, escape_cell, write_csv, write_workbook, write_xlsx

pytestmark = pytest.mark.any_database

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠"]
HIDING = ["", " ", "\u00a0", "\u200b", "\ufeff", "\u202e", "\u2066", "\x00", "\u3000", "\u2028", "\x1b", "\u034f"]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", HIDING)
def test_what_would_begin_a_formula_gets_a_quote(start, before):
    assert escape_cell(f"{before}{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["The bus", "5 - 3", "07700 900123", "سلام", "🙂 =1", "", "a=b", "'quoted'"])
def test_other_words_stay_as_they_are(text):
    assert escape_cell(text) == text


def test_lists_and_nothing_have_one_spelling():
    assert escape_cell({"b": 1, "a": None}) == '{"a":null,"b":1}'
    assert escape_cell(None) == "" and escape_cell(3) == "3"


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_number_below_nothing_stays_a_number_and_words_like_one_do_not(write):
    file = io.BytesIO()
    write(file, ["Points", "Low", "Words"], [[-5, -0.5, "-5"]])
    if write is write_csv:
        assert list(csv.reader(io.StringIO(file.getvalue().decode())))[1] == ["-5", "-0.5", "'-5"]
    else:
        assert [cell.value for cell in list(load_workbook(file).active)[1]] == [-5, -0.5, "'-5"]


rows_of_text = st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=8)


@given(rows_of_text)
def test_a_csv_gives_back_every_row_and_no_formula(rows):
    file = io.BytesIO()
    assert write_csv(file, ["=one", "two"], rows) == len(rows)
    read = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8"), newline="")))
    assert read[0] == ["'=one", "two"]
    assert read[1:] == [[escape_cell(cell) for cell in row] for row in rows]
    assert not any(cell.lstrip().startswith(tuple(STARTS)) for row in read for cell in row)


@given(rows_of_text)
@pytest.mark.slow
def test_a_workbook_holds_texts_alone(rows):
    file = io.BytesIO()
    assert write_xlsx(file, ["one", "=two"], rows) == len(rows)
    sheet = load_workbook(io.BytesIO(file.getvalue())).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert all(cell.value is None or cell.data_type == "s" for row in sheet.iter_rows() for cell in row)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_in_the_log_with_its_rows_and_the_hash_of_its_bytes(person, form):
    officer = person("engagement_officer")
    reply = deliver_table(
        by=officer, kind="themes", name="themes", columns=["theme"], rows=[["=1+1"]] * 3, form=form, rules="v1"
    )
    body = b"".join(reply.streaming_content)
    reply.file_to_stream.close()  # not the reply: its end would end the connection, within our transaction
    entry = AuditEntry.objects.get(verb="export made")
    assert entry.actor == str(officer.pk)
    assert entry.data == {
        "kind": "themes", "form": form, "rows": 3, "hash": hashlib.sha256(body).hexdigest(), "rules": "v1",
    }  # fmt: skip
    assert reply["Content-Disposition"] == f'attachment; filename="themes.{form}"'
    assert reply["X-Content-Type-Options"] == "nosniff"


MAKERS = ("writer", "DictWriter", "Workbook", "to_csv", "to_excel")


def writers(text):
    """Calls that make a CSV or a workbook, in one module."""
    for node in ast.walk(ast.parse(text)) if any(name in text for name in MAKERS) else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in MAKERS:
                yield name


@pytest.mark.slow
def test_no_other_module_makes_such_a_file():
    root = Path(settings.BASE_DIR)
    found = {
        str(path.relative_to(root))
        for app in ("cms", "consultation", "insights")
        for path in (root / app).rglob("*.py")
        if list(writers(path.read_text(encoding="utf-8")))
    }
    assert found == {"consultation/file_output/spreadsheets.py"}


def test_a_workbooks_columns_are_as_wide_as_what_stands_in_them():
    file = io.BytesIO()
    long, later = "a theme with a long name that goes on", iter([[1, "x"]] * 600)
    rows = itertools.chain([[7, long], [12345, "two\nlines of it"]], later)
    assert write_workbook(file, [("Sheet", ("Id", "Theme"), rows), ("Text", ("T",), [["w" * 900]])]) == 603
    book = load_workbook(io.BytesIO(file.getvalue()))
    widths = {name: column.width for name, column in book["Sheet"].column_dimensions.items()}
    assert widths == {"A": 8, "B": len(long) + 2}
    assert book["Text"].column_dimensions["A"].width == 60
    assert book["Sheet"].max_row == 603, "no row is lost by looking ahead"

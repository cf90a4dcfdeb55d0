"""What spreadsheets do to a tool's file before it comes: it is refused in words, or asked about, and never guessed."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from consultation.channels.imports import actions
from consultation.channels.imports.direct_import import import_file_directly
from consultation.channels.imports.file_sealing import number_repeated_headings
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet
from consultation.responses.models import Response
from tests.consultation.channels.imports.import_steps import taken, told_order, words
from tests.consultation.channels.imports.test_wrong_files import closed_answers, problems, workbook


@pytest.fixture
def bring_raw(page, reader):
    return lambda raw, name="a.csv": actions.import_answer_file(page=page, file=raw, name=name, by=reader)


@pytest.mark.parametrize("rows", [0, 6])
def test_an_answer_that_fell_into_two_cells_is_refused_in_any_row(bring_raw, rows):
    """In the first three rows below the headings, its second half was left out, silently."""
    with pytest.raises(UnreadableSheet, match=f"Row {rows + 2} has more cells than there are headings"):
        bring_raw(b"q-a,q-e\n" + b"No,Bins\n" * rows + b"Yes,Lights, and more\n")


def test_a_cell_beside_the_last_heading_of_a_workbook_is_refused(bring_raw):
    """It was left out, silently."""
    book = workbook(["q-a", "q-e"], *[["Yes", "Lights"]] * 20, ["No", "Bins", "and a word more"])
    with pytest.raises(UnreadableSheet, match="Row 22 has more cells"):
        bring_raw(book, "a.xlsx")


TITLES = [
    ["Survey of parks"],
    ["Made by Sam"],
    ["In May"],
    [],
    ["Answers"],
    ["ID", "q-a", "q-e"],
    [1, "Yes", "Lights"],
]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_columns_below_many_title_rows_are_all_read(bring_raw, reader, name):
    """A workbook kept its first column alone."""
    lines = "\n".join(",".join(map(str, [*row, "", "", ""][:3])) for row in TITLES)
    taken(bring_raw(lines.encode() if name == "a.csv" else workbook(*TITLES), name), reader)
    assert (words(), closed_answers()) == (["Lights"], [{"a": "1"}])


@pytest.mark.parametrize("cell", ["=B9", ArrayFormula("B2:B3", "=A1:A2"), "#REF!"])
def test_what_a_formula_says_is_nobodys_answer(bring_raw, cell):
    """The formula was stored as the person's words; of a formula of many cells, the name of a program's object."""
    book, out = Workbook(), io.BytesIO()
    book.active.append(["q-a", "q-e"])
    book.active["A2"], book.active["B2"] = "Yes", cell
    book.save(out)
    with pytest.raises(UnreadableSheet, match="formulas or errors"):
        bring_raw(out.getvalue(), "a.xlsx")


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_an_error_that_was_saved_as_csv_is_nobodys_answer(bring_raw, error):
    """The child was said to have written it."""
    with pytest.raises(UnreadableSheet, match="Row 3 holds an error of a spreadsheet"):
        bring_raw(f"q-a,q-e\nYes,Lights\nNo,{error}\n".encode(), "a.csv")
    assert bring_raw(f"q-a,q-e\nYes,I saw {error} on it\n".encode(), "a.csv")


def test_the_first_person_is_no_heading_where_a_column_has_none(bring):
    """The first row below was joined to the headings, and so lost."""
    with pytest.raises(UnreadableSheet, match="Column C has answers and no heading"):
        bring(["ID", "q-a", ""], [1, "", "Lights"], [2, "No", "Bins"])


@pytest.mark.slow
def test_days_that_a_spreadsheet_may_have_swapped_are_asked_about(bring_raw, page, reader, tmp_path):
    """A British Excel had made 2 March of the American 02/03/2026, and it was taken in so."""
    rows = ["Submitted", "q-e"], [datetime(2026, 3, 2), "Lights"], ["02/22/2026 16:05", "Bins"]
    source = bring_raw(workbook(*rows), "a.xlsx")
    assert problems(source, reader) == [
        [2, "Submitted", "This can be two days. Say in the map which number is the month."]
    ]
    actions.reopen_mapping(source=source)
    taken(told_order(source, "month"), reader)
    assert sorted(str(one.day) for one in Response.objects.all()) == ["2026-02-03", "2026-02-22"]
    (tmp_path / "a.xlsx").write_bytes(workbook(["day", *rows[0][1:]], *rows[1:]))
    assert [error.row for error in import_file_directly(page=page, path=tmp_path / "a.xlsx").errors] == [2]


def test_a_row_without_a_day_is_said_to_be_of_today(bring, reader, client_as):
    source = bring(["q-e", "Submitted"], ["Lights", "2026-02-03"], ["Bins", ""])
    assert (problems(source, reader), source.found["undated"]) == ([], 1)
    shown = " ".join(client_as("moderator").get(source.get_absolute_url()).content.decode().split())
    assert 'who would be of the day of this trial</th> <td role="cell">1</td>' in shown


def test_letters_of_an_older_mac_are_read(bring_raw, reader):
    taken(bring_raw("q-e\rMore café tables\r".encode("mac-roman")), reader)
    assert words() == ["More café tables"]


def test_a_second_file_below_the_first_is_refused(bring):
    """Its headings were taken in as what somebody had written."""
    with pytest.raises(UnreadableSheet, match="Row 3 holds the headings once more"):
        bring(["ID", "q-e"], ["1", "Lights"], ["ID", "q-e"], ["1", "Bins"])


def test_three_headings_of_which_one_looks_numbered_stay_three():
    """Two had one name, so one column was lost."""
    assert number_repeated_headings(["Why?", "Why? (2)", "Why?"]) == ["Why?", "Why? (2)", "Why? (3)"]

"""What a sheet holds is no formula, and is read as the text that was written."""

from hypothesis import given, settings
from hypothesis import strategies as some

from consultation.file_output.formula_safe_cells import escape_sheet_cell, unescape_sheet_cell
from consultation.file_output.spreadsheets import UNPRINTABLE, escape_cell

PLAIN = some.text(some.characters(exclude_categories=["Cs"]), max_size=30).map(lambda text: UNPRINTABLE.sub("", text))


@settings(max_examples=500)
@given(some.one_of(PLAIN, some.text(some.sampled_from("'=+-@ a|%＝\u200b"), max_size=6)))
def test_no_cell_is_a_formula_and_each_leads_back(text):
    left = escape_cell(escape_sheet_cell(text))
    assert escape_cell(left) == left
    assert unescape_sheet_cell(left) == text

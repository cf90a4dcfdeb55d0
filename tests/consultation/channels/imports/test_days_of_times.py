"""The day of a time in a file, whatever a cell says of its hour and its zone."""

import io
import re

from hypothesis import given
from hypothesis import strategies as some

from consultation.channels.imports.days_of_times import UNREADABLE_DAY, add_zone, is_time_of_day, parse_day_of_time
from consultation.channels.imports.file_sealing import parse_answer_file


@given(
    day=some.from_regex(r"\A\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}\Z"),
    hour=some.from_regex(r"\A[ T,]?\d{1,2}:\d{2}(:\d{2})? ?([ap]m)?\Z"),
    zone=some.from_regex(r"\A ?(Z|UTC|GMT|\(GMT)?[+-]?\d{0,2}:?\d{0,2}\)?\Z")
    | some.sampled_from([" Europe/London", " No/Place"]),
)
def test_whatever_a_cell_says_of_its_time_is_a_day_or_none_and_no_error(day, hour, zone):
    """A zone 99 hours away ended the import of its file in an error page."""
    for cell in (day + hour + zone, add_zone(day + hour, zone.strip())):
        assert is_time_of_day(cell) in (True, False)
        assert re.fullmatch(r"|\?|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{1,4}", parse_day_of_time(cell, None))


def test_a_zone_that_no_place_has_makes_an_error_of_its_row(questionnaire):
    raw = b"Sent,What would help?\n2026-06-03 10:00 +99:00,Lights\n2026-06-03 10:00 +01:00,Buses\n"
    rows = parse_answer_file(io.BytesIO(raw), "a.csv", questionnaire).rows
    assert sorted(cells for _, cells in rows) == [["Buses", "2026-06-03"], ["Lights", UNREADABLE_DAY]]


def test_an_import_id_that_is_no_json_names_no_zone(questionnaire):
    raw = 'What would help?\nWhat would help?\n"{""ImportId"":' + "[" * 20_000 + '"\nLights\n'
    assert parse_answer_file(io.BytesIO(raw.encode()), "a.csv", questionnaire).rows[-1][1] == ["Lights"]

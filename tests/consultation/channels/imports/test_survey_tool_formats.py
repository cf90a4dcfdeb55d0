"""Each supported format is recognised by its headings, stripped of identifying columns, and parsed."""

import csv
import io
import re
import time
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from consultation.channels.imports.column_targets import (
    HeadingSuggestions,
    build_map_parts,
    cell_values_of_map,
    suggest_targets,
    targets_of_map,
)
from consultation.channels.imports.days_of_times import UNREADABLE_DAY, is_month_first, parse_day_of_time
from consultation.channels.imports.file_sealing import number_repeated_headings, parse_answer_file, parse_language_code
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet, read_spreadsheet_cells
from consultation.channels.imports.survey_tool_formats import (
    PLAIN_SPREADSHEET,
    recognise_tool,
    sort_columns_by_use,
)
from consultation.surveys.questionnaire_schema import Questionnaire
from tests.consultation.channels.imports.tool_files import file_of, items
from tests.factories import content

SHAPES = (
    "microsoft-forms", "limesurvey-full", "limesurvey-codes", "smartsurvey", "citizen-space", "surveymonkey", "qualtrics",
    "google-forms",
)  # fmt: skip
TELLING = ("sam", "invented", "192.0.2", "@", "16:0", "12:3", "1804289383", "118273645", "anon-")


def brought(shape, questionnaire):
    name, raw = file_of(shape)
    return parse_answer_file(io.BytesIO(raw), name, questionnaire)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_known_by_its_headings(shape, questionnaire):
    assert shape.startswith(brought(shape, questionnaire).tool.slug)


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_that_tells_who_or_when_is_kept(shape, questionnaire):
    kept = "".join(text for _, text in brought(shape, questionnaire).chunks()).casefold()
    assert [word for word in TELLING if word in kept] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_the_day_alone_is_kept_of_the_time_of_sending(shape, questionnaire):
    file = brought(shape, questionnaire)
    place = file.columns.index(file.day)
    days = {cells[place] for _, cells in file.rows}
    assert len(days) == 2
    assert days <= {"2026-02-03", "2026-02-05", "2026-02-13", "2/3/2026", "2/5/2026"}, "the last two can be two days"


@pytest.mark.parametrize("shape", ["limesurvey-codes", "smartsurvey"])
def test_what_nobody_sent_is_not_kept(shape, questionnaire):
    file = brought(shape, questionnaire)
    assert file.unsent == [3]
    assert "before the end" not in str(file.rows)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "limesurvey-codes"])
def test_headings_in_words_need_no_map(shape, questionnaire):
    found = {target.key for target in suggest_targets(questionnaire, brought(shape, questionnaire).columns).values()}
    assert {"closed|q-a", "row|q-c|park", "row|q-c|bus", "text|q-e"} <= found
    in_one_cell = shape in ("microsoft-forms", "google-forms")
    several = {"closed|q-b"} if in_one_cell else {"option|q-b|b-1", "option|q-b|b-2", "text|q-b:other"}
    assert several <= found


def test_codes_say_nothing_so_a_reader_says_it(questionnaire):
    file = brought("limesurvey-codes", questionnaire)
    assert suggest_targets(questionnaire, file.columns) == {}
    assert "G01Q02[SQ001]" in file.columns


def test_code_and_text_together_are_understood(questionnaire):
    reader = HeadingSuggestions(questionnaire)
    assert reader.of("G01Q02[SQ001]. Where do you go? [Parks]").key == "option|q-b|b-1"
    assert reader.of("G01Q02[other]. Where do you go? [Other]").key == "text|q-b:other"
    assert reader.of("Q4. What comes first?: 2").key == "place|q-d|2"
    assert reader.of("Something that nobody asked") is None


def test_a_sheet_of_no_tool_is_a_sheet():
    assert recognise_tool(["What would help?", "Day"]) is PLAIN_SPREADSHEET


@pytest.mark.parametrize(
    "heading",
    [
        "Your name", "E-mail", "Email address", "IP address", "Postcode", "Date of birth", "Start time", "User ID",
        "Forename", "Initials", "Address", "Address line 2", "Home address", "Contact number", "NHS number", "UPN",
        "Pupil ID", "SubmitterName", "about/park_user_id", "meta/instanceID", "_uuid", "Submitted by",
    ],
)  # fmt: skip
def test_columns_about_a_person_are_dropped_in_any_sheet(heading):
    columns = ["What would help?", heading, "Submitted"]
    found = sort_columns_by_use(PLAIN_SPREADSHEET, columns, {0})
    assert found.dropped == (1,)
    assert found.day == 2


def test_a_question_of_the_consultation_is_kept_whatever_it_is_called():
    found = sort_columns_by_use(PLAIN_SPREADSHEET, ["Which name should the park have?", "What time is best?"], {0, 1})
    assert found.kept == (0, 1)


@pytest.mark.parametrize(
    ("cells", "first"),
    [(["3/2/2026", "9/20/26 19:04:01"], True), (["3/2/2026", "20/9/2026"], False), (["3/2/2026"], None)],
)
def test_one_day_that_reads_one_way_tells_the_order_for_all(cells, first):
    assert is_month_first(cells) is first


@pytest.mark.parametrize(
    ("cell", "first", "day"),
    [
        ("2026-02-03 16:05:11", False, "2026-02-03"),
        ("9/20/26 19:04:01", True, "2026-09-20"),
        ("03.02.2026", False, "2026-02-03"),
        ("03/02/26 16:05", None, "3/2/2026"),
        ("03/03/2026", None, "2026-03-03"),
        ("20/9/2026", None, "2026-09-20"),
        ("46056.67", False, "2026-02-03"),
        ("3 February 2026 16:05", False, "2026-02-03"),
        ("Feb 3, 2026 4:05 PM", False, "2026-02-03"),
        ("", False, ""),
        ("31/02/2026", False, UNREADABLE_DAY),
        ("tomorrow", False, UNREADABLE_DAY),
        ("03-Feb-26", None, "2026-02-03"),
        ("Feb 2026", None, UNREADABLE_DAY),
        ("3/2/202", False, UNREADABLE_DAY),
        ("1026-02-03", None, UNREADABLE_DAY),
        ("2026-06-03T23:30:00.000Z", None, "2026-06-04"),
        ("2026-01-03T23:30:00Z", None, "2026-01-03"),
        ("2026-06-04 00:30:00 +0200", None, "2026-06-03"),
        ("2026/06/03 11:30:15 PM GMT", None, "2026-06-04"),
        ("2026/06/03 11:30:15 PM GMT+1", None, "2026-06-03"),
        ("Jun 3, 2026 12:30 AM BST", None, "2026-06-03"),
        ("2026-06-03 23:30 NPT", None, "2026-06-03"),
        ("3 Sept 2026", None, "2026-09-03"),
        ("3 June 2026", None, "2026-06-03"),
        ("3 Junk 2026", None, UNREADABLE_DAY),
        ("3 Mayhem 2026", None, UNREADABLE_DAY),
        ("2026-06-03 25:30 UTC", None, UNREADABLE_DAY),
        ("2026-06-03 18:30 EST", None, "2026-06-04"),
        ("2026-06-03 15:30 PDT", None, "2026-06-03"),
        ("2026-06-03 4:30 PM PDT", None, "2026-06-04"),
        ("2026-06-04 00:30 CEST", None, "2026-06-03"),
        ("03/06/2026 23:30 UTC", False, "2026-06-04"),
        ("03/06/2026 12:30 UTC", None, "3/6/2026"),
        ("03/06/2026 23:30 UTC", None, UNREADABLE_DAY),  # the 4th of June, or the 6th of March
        ("2026-06-03 18:30:11 America/Denver", None, "2026-06-04"),
        ("2026-06-03 18:30:11 America/Nowhere", None, "2026-06-03"),
        ("2026-06-03 18:30:11 Etc/GMT+6", None, "2026-06-04"),
        ("2026-06-03 18:30:11 Etc/../../Denver", None, "2026-06-03"),
    ],
)
def test_the_hour_goes_no_further(cell, first, day):
    """Where a cell says the zone of its time, the day is that of here."""
    assert parse_day_of_time(cell, first) == day


def test_a_heading_says_the_zone_of_its_times(questionnaire):
    """Typeform's file: an answer of half past midnight in June was of the day before."""
    raw = b"#,What would help?,Submit Date (UTC),Network ID\n1,Lights,2026-06-03 23:30:00,a1\n"
    assert parse_answer_file(io.BytesIO(raw), "a.csv", questionnaire).rows == [[2, ["Lights", "2026-06-04"]]]


def test_a_true_date_below_such_a_heading_keeps_its_time_until_the_day_is_found(questionnaire):
    """Excel had made true dates of a CSV file's times, and the day of a late answer was that of UTC."""
    book, file = Workbook(), io.BytesIO()
    book.active.append(["#", "What would help?", "Submit Date (UTC)", "Network ID"])
    book.active.append([1, datetime(2026, 6, 3, 23, 30), datetime(2026, 6, 3, 23, 30), "a1"])
    book.save(file)
    file.seek(0)
    assert parse_answer_file(file, "a.xlsx", questionnaire).rows == [[2, ["2026-06-03", "2026-06-04"]]]


ZONED = '{{"ImportId":"{}","timeZone":"America/Denver"}}'.format
QUALTRICS = (
    ("StartDate", "EndDate", "Finished", "RecordedDate", "Q5"),
    ("Start Date", "End Date", "Finished", "Recorded Date", "What would help?"),
    (
        ZONED("startDate"),
        ZONED("endDate"),
        '{"ImportId":"finished"}',
        ZONED("recordedDate"),
        '{"ImportId":"QID5_TEXT"}',
    ),
)


def test_the_zone_of_a_row_of_import_ids_holds_for_the_times_below(questionnaire):
    """Half past midnight on 4 June was an answer of 3 June, in a workbook and in a CSV file."""
    sent, book, file, text = datetime(2026, 6, 3, 17, 30), Workbook(), io.BytesIO(), io.StringIO()
    for row in (*QUALTRICS, (sent, sent, "True", sent, "Lights")):
        book.active.append(row)
        csv.writer(text).writerow(row)
    book.save(file)
    for raw, name in ((file.getvalue(), "a.xlsx"), (text.getvalue().encode(), "a.csv")):
        assert parse_answer_file(io.BytesIO(raw), name, questionnaire).rows == [[4, ["Lights", "2026-06-04"]]]


@pytest.mark.parametrize("shape", ["_id,_uuid,_submission_time", "KEY,DeviceID,SubmissionDate"])
def test_field_tools_send_in_utc(questionnaire, shape):
    raw = f"{shape},What would help?\n1,2,2026-06-03T23:30:12,Lights\n".encode()
    assert parse_answer_file(io.BytesIO(raw), "a.csv", questionnaire).rows == [[2, ["Lights", "2026-06-04"]]]


UNKNOWN_TOOL = (
    "Nr,Quand,Courriel,Machine,Lieu,What would help?\n"
    "A7,03.02.2026 16:05:11,sam@example.org,192.0.2.7,51.50001 -0.12001,Lights at 16:05\n"
    "A8,13.02.2026 12:30:00,anonyme,192.0.2.9,,Buses\n"
)


def test_a_tool_that_nobody_knows_keeps_no_identifier_and_no_time(questionnaire):
    """By their headings nobody knew them: address, machine, place and the second of sending stayed, and no day was found."""
    file = parse_answer_file(io.BytesIO(UNKNOWN_TOOL.encode()), "a.csv", questionnaire)
    assert (file.columns, file.day) == (["Nr", "What would help?", "Quand"], "Quand")
    assert file.dropped == ["Courriel", "Machine", "Lieu"]
    assert sorted(file.rows) == [[2, ["A7", "Lights at 16:05", "2026-02-03"]], [3, ["A8", "Buses", "2026-02-13"]]]


def test_a_long_cell_of_an_unknown_column_is_no_address_and_takes_no_time(questionnaire):
    raw = f"Other words,What would help?\n{'@.' * 15_000}@,Lights\n".encode()
    began = time.process_time()
    assert parse_answer_file(io.BytesIO(raw), "a.csv", questionnaire).columns == ["Other words", "What would help?"]
    assert time.process_time() - began < 2


def test_of_two_columns_of_times_a_person_chooses_the_day(questionnaire):
    raw = b"Debut,Fin,What would help?\n2026-02-03 16:01:02,2026-02-04 16:05:11,Lights\n"
    file = parse_answer_file(io.BytesIO(raw), "a.csv", questionnaire)
    assert (file.day, file.rows) == ("", [[2, ["2026-02-03", "2026-02-04", "Lights"]]])


@pytest.mark.parametrize("heading", ["Entry_DateSubmitted", "ID.date", "parks_timestamp", "Submitted At"])
def test_the_time_of_sending_is_known_by_many_names(heading):
    assert sort_columns_by_use(PLAIN_SPREADSHEET, ["What would help?", "Entry_DateCreated", heading], {0}).day == 2


@pytest.mark.parametrize("heading", ["Born at", "Your birthday", "date_of_birth"])
def test_a_birthday_is_no_day_of_sending(questionnaire, heading):
    raw = f"{heading},Quand,What would help?\n2012-02-03 00:00:00,2026-02-04 16:05:11,Lights\n".encode()
    assert parse_answer_file(io.BytesIO(raw), "a.csv", questionnaire).day in ("Quand", "")


def test_two_columns_with_one_heading_are_told_apart():
    assert number_repeated_headings(["Other", "Q", "Other", "", ""]) == ["Other", "Q", "Other (2)", "", ""]


def test_a_map_comes_back_as_it_was_made(questionnaire):
    chosen = suggest_targets(questionnaire, brought("citizen-space", questionnaire).columns)
    parts = build_map_parts(chosen, {"3 Do you feel safe?": {"Mostly": "a-1"}}, day="Submitted Date")
    back = targets_of_map(parts)
    assert back.pop("Submitted Date").kind == "day"
    assert back == chosen
    assert cell_values_of_map(parts)["3 Do you feel safe?"] == {"Mostly": "a-1"}


def test_rows_lie_in_no_order(questionnaire):
    lines = "\n".join(["What would help?", *(f"Words {number}" for number in range(300))])
    file = parse_answer_file(io.BytesIO(lines.encode()), "many.csv", questionnaire)
    numbers = [number for number, _ in file.rows]
    assert sorted(numbers) == list(range(2, 302))
    assert numbers != sorted(numbers)


def test_of_two_times_of_sending_one_is_a_day_and_the_other_goes():
    found = sort_columns_by_use(PLAIN_SPREADSHEET, ["What would help?", "Timestamp", "Submitted"], {0})
    assert (found.day, found.dropped) == (1, (2,))


ODD = some.one_of(
    some.binary(max_size=400),
    some.text(some.sampled_from('a,;\t"\n\r\x00\ufeff=+-@é表 ID Name'), max_size=200).map(str.encode),
    some.binary(max_size=200).map(lambda tail: file_of("microsoft-forms")[1][:3000] + tail),
)


@settings(max_examples=200)
@given(raw=ODD, name=some.sampled_from(["a.csv", "a.xlsx", "A.CSV", "a", ".csv"]))
@pytest.mark.slow
def test_whatever_the_bytes_a_file_is_read_or_refused_in_words(raw, name):
    try:
        file = parse_answer_file(io.BytesIO(raw), name, Questionnaire(content(*items())))
    except UnreadableSheet as error:
        assert str(error)
    else:
        assert all(len(cells) == len(file.columns) for _, cells in file.rows)


def test_a_spreadsheet_with_too_many_columns_is_refused(questionnaire):
    lines = ",".join(f"c{number}" for number in range(501)) + "\n" + "x" * 10
    with pytest.raises(UnreadableSheet, match="more than 500 columns"):
        parse_answer_file(io.BytesIO(lines.encode()), "a.csv", questionnaire)


def spreadsheet(rows, change=lambda name, raw: raw):
    """The cells of a workbook whose parts were changed, as its reader gives them out: [headings, *rows]."""
    book, out, again = Workbook(), io.BytesIO(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    with ZipFile(out) as old, ZipFile(again, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    headings, cells = read_spreadsheet_cells(again, "a.xlsx")
    return [headings, *cells]


@pytest.mark.parametrize("size", [b"A1", b"A1:A3", b"A1:XFD1048576"])
def test_no_row_is_lost_where_a_tool_writes_the_wrong_size_of_a_sheet(size):
    def change(name, raw):
        return re.sub(rb'(<dimension ref=)"[^"]*"', rb'\1"%s"' % size, raw) if "sheet1" in name else raw

    rows = [["Words", "Choice"], ["Lights", "Yes"], ["Buses", "No"], ["Bins", "No"]]
    assert spreadsheet(rows, change) == rows


def test_a_row_is_as_wide_as_the_headings():
    rows = [["Words"], ["Lights", *[None] * 16_382, "stray"]]
    assert spreadsheet(rows) == [["Words"], ["Lights"]]


def test_entities_of_a_spreadsheet_are_not_taken_apart():
    def change(name, raw):
        entity = b'<!DOCTYPE x [<!ENTITY many "many many many">]>'
        return entity + raw.replace(b"Lights", b"&many;") if "sheet1" in name else raw

    with pytest.raises(UnreadableSheet, match="XLSX"):
        spreadsheet([["Words"], ["Lights"]], change)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ur", "ur"),
        ("Urdu", "ur"),
        ("اردو", "ur"),
        ("en-GB", "en"),
        ("English", "en"),
        ("", ""),
        ("tlh", "tlh"),
        ("English (United Kingdom)\u200e", "en"),
        ("pl_PL", "pl"),
    ],
)
def test_a_language_is_known_by_its_code_and_its_names(said, code):
    assert parse_language_code(said) == code


def test_an_analysts_notes_are_no_answers():
    columns = ["Response ID", "Submitted Date", "7 What would help?", "7 What would help? - Analyst notes"]
    assert sort_columns_by_use(recognise_tool(columns), columns, {2}).kept == (2,)

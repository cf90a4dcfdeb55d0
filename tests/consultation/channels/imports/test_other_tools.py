"""The same two people in the files of tools that write them in other ways: nothing is guessed, and nothing lost unsaid."""

import io

import pytest

from consultation.channels.imports import actions
from consultation.channels.imports.column_targets import HeadingSuggestions
from consultation.channels.imports.direct_import import import_file_directly
from consultation.channels.imports.import_preview import list_left_out, list_preview_columns
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet
from consultation.responses.models import Response
from consultation.surveys.questionnaire_schema import Questionnaire
from tests import factories
from tests.consultation.channels.imports.import_steps import by_words, taken, told_order, tried, words
from tests.consultation.channels.imports.test_wrong_files import problems, workbook
from tests.consultation.channels.imports.tool_files import items

SAFE, GO, GOOD, FIRST, HELP = (item["text"]["en"] for item in items())
TOOLS = {
    "citizen-space": (
        ["Response ID", "Submitted Date", f"{SAFE} - Safe", f"{SAFE} - Please say why", f"{GO} - Places - Parks",
         f"{GO} - Places - Town", f"{GO} - Places - Other", f"{GO} - If other, please say what",
         f"{GOOD} - Table - The park", f"{GOOD} - Table - The bus", f"{FIRST} - Order - Lights", f"{FIRST} - Order - Staff",
         f"{HELP} - Your ideas"],
        ["ANON-1", "2026-02-03", "Yes", "", "Parks", "", "", "", "Good", "Bad", "2", "1", "Lamps"],
        ["ANON-2", "2026-02-03", "Not Answered", "", "", "", "Other", "The canal, and the mill", "Not Answered",
         "Good", "", "", "Buses"],
    ),
    "alchemer": (
        ["Response ID", "Time Started", "Date Submitted", "Status", "Contact ID", "SessionID", "IP Address", "Postal",
         "City", f"<p>{SAFE[:-1]}</p>?", f"Parks:{GO}", f"Town:{GO}", f"Other - Write In:{GO}", f"The park:{GOOD}",
         f"The bus:{GOOD}", f"Lights:{FIRST}", f"Staff:{FIRST}", HELP],
        ["1", "Feb 03, 2026 9:05 am", "Feb 03, 2026 9:07 am", "Complete", "", "16_1", "192.0.2.7", "AB1", "Ash", "Yes",
         "Parks", "", "", "Good", "Bad", "2", "1", "Lamps"],
        ["2", "Feb 03, 2026 9:05 am", "Feb 03, 2026 9:07 am", "Complete", "", "16_2", "192.0.2.7", "AB1", "Ash", "", "", "",
         "The canal, and the mill", "", "Good", "", "", "Buses"],
        ["3", "Feb 03, 2026 9:05 am", "Feb 03, 2026 9:07 am", "Partial", "", "16_3", "192.0.2.7", "AB1", "Ash", "No",
         *[""] * 8],
    ),
    "jisc": (
        ["Unique Response Number", "Date submitted", f"1. {SAFE}", f"2. {GO} - Parks", f"2. {GO} - Town", f"2. {GO} - Other",
         "2.a. If you selected Other, please specify:", f"3.1. {GOOD} - The park", f"3.2. {GOOD} - The bus",
         f"4. {FIRST} - 1st choice", f"4. {FIRST} - 2nd choice", f"5. {HELP}"],
        ["11-1", "03/02/2026", "Yes", "1", "0", "0", "", "Good", "Bad", "Staff", "Lights", "Lamps"],
        ["11-2", "03/02/2026", "", "0", "0", "1", "The canal, and the mill", "", "Good", "", "", "Buses"],
    ),
    "kobotoolbox": (  # labels with groups, several choices in one column and in a column each
        ["start", "end", "today", "deviceid", "username", f"Safety/{SAFE}", f"Safety/{GO}", f"Safety/{GO}/Parks",
         f"Safety/{GO}/Town", f"Safety/{GO}/Other", "Safety/If other, please specify", f"{GOOD}/The park", f"{GOOD}/The bus",
         f"{FIRST}/1st choice", f"{FIRST}/2nd choice", HELP, "_location_latitude", "meta/instanceID", "_id", "_uuid",
         "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index"],
        ["2026-02-03T09:01:02.123+00:00", "2026-02-03T09:05:11.123+00:00", "2026-02-03", "ee.kobo:Ab1", "sam99", "Yes",
         "Parks", "1", "0", "0", "", "Good", "Bad", "Staff", "Lights", "Lamps", "51.50001", "uuid:1-2", "118273645",
         "0f8fad5b-d9cb-469f-a165-70867728950e", "2026-02-03T09:05:12", "Approved", "", "submitted_via_web", "sam99",
         "vA", "", "1"],
        ["2026-02-03T09:01:02.123+00:00", "2026-02-03T09:05:11.123+00:00", "2026-02-03", "ee.kobo:Ab1", "sam98", "",
         "Other", "0", "0", "1", "The canal, and the mill", "", "Good", "", "", "Buses", "51.50001", "uuid:1-3", "118273646",
         "7c9e6679-7425-40de-944b-e07fc1f90ae7", "2026-02-03T09:05:12", "", "", "submitted_via_web", "", "vA", "", "2"],
        ["2026-02-03T09:01:02.123+00:00", "2026-02-03T09:05:11.123+00:00", "2026-02-03", "ee.kobo:Ab1", "sam97", "No",
         *[""] * 10, "51.50001", "uuid:1-4", "118273647", "7c9e6679-7425-40de-944b-e07fc1f90ae8", "2026-02-03T09:05:12",
         "Not approved", "", "submitted_via_web", "", "vA", "", "3"],
    ),
    "odk": (  # names, with groups
        ["SubmissionDate", "start", "end", "about-q-a", "about-q-b", "about-q-b:other", "good-q-c-park", "good-q-c-bus",
         "first-q-d", "q-e", "home-Latitude", "meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent",
         "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"],
        ["2026-02-03T09:05:12.297Z", "2026-02-03T09:01:02.123+00:00", "2026-02-03T09:05:11.123+00:00", "a-1", "b-1", "",
         "c-1", "c-2", "d-2 d-1", "Lamps", "51.50001", "uuid:1-2", "uuid:1-2", "7", "Sam Invented", "0", "0", "", "",
         "collect:1", "0", "1"],
        ["2026-02-03T09:05:12.297Z", "2026-02-03T09:01:02.123+00:00", "2026-02-03T09:05:11.123+00:00", "", "b-3",
         "The canal, and the mill", "", "c-1", "", "Buses", "51.50001", "uuid:1-3", "uuid:1-3", "7", "Sam Invented", "0",
         "0", "", "approved", "collect:1", "0", "1"],
        ["2026-02-03T09:05:12.297Z", "2026-02-03T09:01:02.123+00:00", "2026-02-03T09:05:11.123+00:00", "a-2", *[""] * 7,
         "uuid:1-4", "uuid:1-4", "7", "Sam Invented", "0", "0", "", "rejected", "collect:1", "0", "1"],
    ),
    "redcap": (
        ["Record ID", "Event Name", "Survey Identifier", "Survey Timestamp", SAFE, f"{GO} (choice=Parks)",
         f"{GO} (choice=Town)", f"{GO} (choice=Other)", "If other, please specify", f"{GOOD} - The park",
         f"{GOOD} - The bus", f"{FIRST} - Lights", f"{FIRST} - Staff", HELP, "Complete?"],
        ["1", "Baseline", "sam@example.org", "2026-02-03 09:05:12", "Yes", "Checked", "Unchecked", "Unchecked", "", "Good",
         "Bad", "2", "1", "Lamps", "Complete"],
        ["2", "Baseline", "", "2026-02-03 09:05:12", "", "Unchecked", "Unchecked", "Checked", "The canal, and the mill", "",
         "Good", "", "", "Buses", "Complete"],
        ["3", "Baseline", "", "[not completed]", "No", "Unchecked", "Unchecked", "Unchecked", *[""] * 6, "Incomplete"],
    ),
    "typeform": (
        ["#", SAFE + "*", "Parks", "Town", "Other", f"{GOOD} - The park", f"{GOOD} - The bus", FIRST, HELP, "Response Type",
         "Submit Date (UTC)", "Network ID"],
        ["t1", "Yes", "Parks", "", "", "Good", "Bad", "Staff, Lights", "Lamps", "completed", "2026-02-03 09:05:12", "a1b2"],
        ["t2", "", "", "", "The canal, and the mill", "", "Good", "", "Buses", "completed", "2026-02-03 09:05:12", "a1b2"],
        ["t3", "No", "", "", "", "", "", "", "", "partial", "", "a1b2"],
    ),
    "go-vocal": (
        ["ID", SAFE, GO, "Type your answer", "The park", "The bus", FIRST, HELP, "Author name", "Author ID", "Submitted at",
         "Project"],
        ["b3", "Yes", "Parks", "", "Good", "Bad", "Staff;Lights", "Lamps", "Sam Invented", "u1", "2026-02-03", "Park"],
        ["b4", "", "Other", "The canal, and the mill", "", "Good", "", "Buses", "Sam Invented", "u2", "2026-02-03", "Park"],
    ),
    "sheet": (  # EngagementHQ, with choices of several in one cell
        ["Contribution ID", "Screen Name", "Date of contribution", f"Q1  {SAFE}", f"Q2  {GO}", f"Q3.a {GOOD} - The park",
         f"Q3.b {GOOD} - The bus", f"Q4  {FIRST} - Lights", f"Q4  {FIRST} - Staff", f"Q5  {HELP}"],
        ["1", "sam99", "2026-02-03", "Yes", "Parks", "Good", "Bad", "2nd", "1st", "Lamps"],
        ["2", "sam98", "2026-02-03", "", "The canal, and the mill", "", "Good", "", "", "Buses"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_the_file_of_each_tool_brings_the_same_answers(bring, reader, tool):
    source = bring(*TOOLS[tool])
    assert source.tool == tool
    assert len(source.unsent) == len(TOOLS[tool]) - 3
    taken(told_order(source, "day"), reader)
    assert by_words() == {
        "Lamps": ({"a": "1", "b": ["1"], "c": {"a": "1", "b": "2"}, "d": ["2", "1"]}, "2026-02-03", "en"),
        "Buses": ({"b": ["3"], "c": {"b": "1"}}, "2026-02-03", "en"),
    }
    assert words() == ["Buses", "Lamps", "The canal, and the mill"]


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_about_the_person_or_the_visit_is_kept(bring, tool):
    kept = {"Please say why", "Project"}
    columns = bring(*TOOLS[tool]).columns
    found = HeadingSuggestions(Questionnaire(factories.content(*items())), columns)
    left = [column for column in columns[:-1] if not found.of(column)]
    assert [column for column in left if column.split(" - ")[-1] not in kept] == []


def test_what_is_left_out_is_said_before_it_is(bring):
    source = bring(*TOOLS["citizen-space"])
    parts = source.parts
    parts["closed"].pop(f"{SAFE} - Safe")
    source = actions.keep_column_map(source=source, parts=parts)
    left = list_left_out(source, Questionnaire(source.version.content))
    assert left == ([f"{SAFE} - Safe", f"{SAFE} - Please say why"], [SAFE])


STATES = {
    "Status": ("Survey Preview", "IP Address"),
    "Status. Response Type": ("1", "0"),
    "Finished": ("False", "True"),
    "Completed": ("No", "Yes"),
}


@pytest.mark.parametrize("heading", STATES)
def test_a_preview_and_what_is_unfinished_are_no_answers(bring, heading):
    """Whoever tried the survey out was counted as a person."""
    tried_out, sent = STATES[heading]
    source = bring([heading, "What would help?"], [tried_out, "Only a try"], [sent, "Lights"])
    assert (source.unsent, source.rows) == ([2], 1)


def test_whoever_ticked_all_choices_is_a_person_and_no_second_row_of_headings(bring, reader):
    choices = ["Parks", "Town", "Other"]
    assert tried(bring([*choices, HELP], [*choices, "Lamps"], ["", "", "", "Bins"]), reader).found["people"] == 2


def test_words_below_the_codes_are_headings_where_the_row_of_import_ids_is_deleted(bring, reader):
    """The row of words was one more person, and no column was known."""
    codes = ["StartDate", "EndDate", "Finished", "Q1", "Q2", "Q5"]
    said = ["Start Date", "End Date", "Finished", SAFE, f"{GO} - Selected Choice", HELP]
    source = bring(codes, said, ["2026-02-03 16:00", "2026-02-03 16:05", "True", "Yes", "Parks,Town", "Lamps"])
    assert (source.tool, source.rows) == ("qualtrics", 1)
    taken(source, reader)
    assert by_words() == {"Lamps": ({"a": "1", "b": ["1", "2"]}, "2026-02-03", "en")}


@pytest.mark.parametrize("words_first", [True, False])
def test_a_row_of_words_beside_one_of_codes_is_no_person(bring, reader, words_first):
    """LimeSurvey's VV files begin so: the codes were a person with a day that nobody can read."""
    said = ["Response ID", "Date submitted", "Last page", "Start language", SAFE, HELP]
    codes = ["id", "submitdate", "lastpage", "startlanguage", "Q1", "Q5"]
    source = bring(*((said, codes) if words_first else (codes, said)), ["1", "2026-02-03", "2", "en", "Yes", "Lamps"])
    taken(source, reader)
    assert (source.tool, source.rows, by_words()) == ("limesurvey", 1, {"Lamps": ({"a": "1"}, "2026-02-03", "en")})


def asked_about(source):
    columns = list_preview_columns(source, Questionnaire(source.version.content))
    return [(row["cell"], row["means"]) for one in columns for row in (one["unclear"] or {"rows": []})["rows"]]


def test_the_sign_of_a_tool_for_no_answer_is_shown_where_it_stands(bring):
    assert asked_about(bring(*TOOLS["citizen-space"])) == [("Not Answered", "")] * 2


@pytest.fixture
def faces(home, reader):
    """faces(*cells): a file with a cell of a person each for five faces, and the person's words."""
    feel = factories.question("f", "faces", options=["Very bad", "Bad", "OK", "Good", "Very good"])
    for place, option in enumerate(feel["options"], start=1):
        option["id"] = str(place)
    page, _ = factories.consultation(home, items=[feel, factories.question("e", "long_text")], slug="faces")

    def brought(*cells):
        raw = "\n".join(["q-f,q-e", *(f"{cell},words of {place}" for place, cell in enumerate(cells))])
        return actions.import_answer_file(page=page, file=raw.encode(), name="a.csv", by=reader)

    return brought


def test_a_number_means_a_face_only_where_the_page_says_so(faces, reader):
    source = faces("2", "Good", "5")
    assert asked_about(source) == [("2", "2"), ("5", "5")]
    taken(source, reader)
    assert sorted(response.closed["f"] for response in Response.objects.all()) == ["2", "4", "5"]


def test_low_numbers_of_a_longer_scale_are_no_faces(faces, reader):
    """Of a scale to ten, 1 to 5 were taken in as faces, and only 6 to 10 refused."""
    source = faces("2", "9", "4")
    assert asked_about(source) == [("2", None), ("9", None), ("4", None)]
    assert tried(source, reader).found["wrong"] == 3


@pytest.mark.parametrize("cell", ["None", "N/A", "yes", "1;3", "No answer"])
def test_what_programs_write_is_no_word_beside_other(bring, reader, cell):
    """“None” was stored as if the person had written it."""
    source = bring(["q-b"], [cell])
    assert [said for said, _ in asked_about(source)] == cell.split(";")
    assert "looks like a code" in problems(source, reader)[0][2]


def test_a_person_says_what_each_code_of_several_means(bring, reader):
    source = bring(["q-b"], ["1;3"], ["2"])
    means = {"1": "b-1", "2": "b-2", "3": ""}
    parts = {"closed": {"q-b": {"question": "q-b", "values": means}}}
    taken(actions.keep_column_map(source=source, parts=parts), reader)
    assert sorted(response.closed["b"] for response in Response.objects.all()) == [["1"], ["2"]]


def test_the_names_of_several_choices_in_a_cell_are_asked_about_one_by_one(bring, reader):
    """KoboToolbox and ODK write names with a space between them: each pair of names was asked about as one."""
    source = bring(["where", "_uuid", "_submission_time"], ["green_space high_street", "u1", "2026-02-03T09:05:12"])
    parts = {"closed": {"where": {"question": "q-b"}}}
    source = actions.keep_column_map(source=source, parts=parts)
    assert asked_about(source) == [("green_space", None), ("high_street", None)]
    assert "looks like a code" in problems(source, reader)[0][2]
    parts["closed"]["where"]["values"] = {"green_space": "b-1", "high_street": "b-2"}
    taken(actions.keep_column_map(source=source, parts=parts), reader)
    assert Response.objects.get().closed == {"b": ["1", "2"]}


@pytest.mark.parametrize("sign", ["N/A", "{question_not_shown}"])
def test_the_sign_of_a_tool_for_not_asked_is_nobodys_words(bring, reader, sign):
    """“N/A” waited on the desk as what the person had written."""
    headings = ["id", "submitdate", "lastpage", "startlanguage", "q-a", "q-e"]
    taken(bring(headings, ["1", "2026-02-03", "2", "en", "Yes", sign]), reader)
    assert words() == [] and Response.objects.get().closed == {"a": "1"}


def test_the_words_of_two_questions_tell_neither(home, reader, tmp_path):
    """The first one was suggested; by the command, the last one had the answer."""
    asked = [factories.question(name, "long_text", text={"en": "Why?"}) for name in "ab"]
    asked.append(factories.question("c", "long_text", text={"en": "What next?"}))
    page, _ = factories.consultation(home, items=asked, slug="why")
    raw = b"Why?,q-b,What next?\nDark,Lit,Bins\n"
    source = actions.import_answer_file(page=page, file=raw, name="a.csv", by=reader)
    assert source.parts["text"] == {"q-b": "q-b", "What next?": "q-c"}
    (tmp_path / "a.csv").write_bytes(raw)
    assert import_file_directly(page=page, path=tmp_path / "a.csv").unused == ["A"]


def test_accents_apart_and_marks_of_direction_make_no_other_words(home, reader):
    """The heading was unknown, and the row a mistake."""
    asked = [factories.question("a", options=["Café", "پارک"], text={"en": "Où?", "ur": "کہاں؟"})]
    page, _ = factories.consultation(home, items=asked, slug="marks")
    for heading, cell in (("Ou\u0300?", "Cafe\u0301"), ("\u200fکہاں؟\u200f", "\u2067پارک\u2069")):
        raw = f"{heading}\n{cell}\n".encode()
        taken(actions.import_answer_file(page=page, file=raw, name="a.csv", by=reader), reader)
    assert sorted(one.closed["a"] for one in Response.objects.all()) == ["1", "2"]


def test_no_tick_in_the_column_of_other_is_no_answer(bring, reader):
    """Everybody had chosen “other”, and had written “0”."""
    taken(bring(["q-b:other", "q-e"], ["0", "Lights"], ["1", "Buses"], ["None", "Bins"]), reader)
    assert by_words()["Lights"][0] == by_words()["Bins"][0] == {} and by_words()["Buses"][0] == {"b": ["3"]}
    assert words() == ["Bins", "Buses", "Lights"]


def test_no_in_the_column_of_the_choice_no_may_be_the_choice(bring, reader):
    headings = [f"{SAFE} - Yes", f"{SAFE} - No"]
    assert tried(bring(headings, ["Yes", ""], ["", "Yes"], ["Unticked", "Ticked"]), reader).found["wrong"] == 0
    [found] = problems(bring(headings, ["", "No"]), reader)
    assert found[:2] == [2, headings[1]] and "or no tick" in found[2]


def test_parts_are_known_in_a_small_file_with_a_total_below(bring):
    source = bring(
        ["UserNo", SAFE, GOOD, ""], ["", "", "The park", "The bus"], ["1", "Yes", "Good", "Bad"], ["", "", "", ""],
        ["Total", "1", "", ""],
    )  # fmt: skip
    assert source.columns == [SAFE, f"{GOOD} - The park", f"{GOOD} - The bus"]


def test_a_survey_without_dates_is_not_of_1980(bring, reader):
    rows = ["id", "submitdate", "lastpage", "startlanguage", "q-e"], ["1", "1980-01-01 00:00:00", "2", "en", "Lights"]
    taken(bring(*rows), reader)
    assert Response.objects.get().day.year > 2020


def test_rows_on_a_second_sheet_are_not_lost_unsaid(page, reader):
    book = workbook(["q-e"], ["Lights"])
    from openpyxl import load_workbook

    more, out = load_workbook(io.BytesIO(book)), io.BytesIO()
    second = more.create_sheet("Phase 2")
    second.append(["q-e"])
    second.append(["Buses"])
    more.save(out)
    with pytest.raises(UnreadableSheet, match="More than one sheet"):
        actions.import_answer_file(page=page, file=out.getvalue(), name="a.xlsx", by=reader)
    second.sheet_state, out = "hidden", io.BytesIO()
    more.save(out)
    assert actions.import_answer_file(page=page, file=out.getvalue(), name="a.xlsx", by=reader).rows == 1

"""Files that are wrong in the ways that survey tools and spreadsheets make them: a row error, a refusal, or what was meant,
and never a guess."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from openpyxl import Workbook

from consultation.channels.imports import actions
from consultation.channels.imports.column_mapping import TWO_DAYS
from consultation.channels.imports.column_targets import (
    BESIDE_OTHER,
    HeadingSuggestions,
    build_map_parts,
    suggest_targets,
)
from consultation.channels.imports.direct_import import import_file_directly
from consultation.channels.imports.file_sealing import parse_answer_file
from consultation.channels.imports.import_preview import list_preview_columns
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet
from consultation.responses.models import Response
from consultation.surveys.questionnaire_schema import Questionnaire
from tests import factories
from tests.consultation.channels.imports.import_steps import taken, tried, words
from tests.consultation.channels.imports.tool_files import items

NOT_ONE = "This is not one of the answers to the question."
LONGER = "These are more choices than the question allows ({})."
SIX = ["Lights", "Staff", "Buses", "Clubs", "Bins", "Shops"]


@pytest.fixture
def three_of_six(home, reader):
    """three_of_six(*rows): a file for a ranking of six, of which three are asked, a limited choice and one choice."""
    asked = [
        factories.question("a", "ranking", options=SIX, rank=3, text={"en": "What comes first?"}),
        factories.question("b", "multiple", options=["Parks, and woods", "Town", "Home"], limit=2),
        factories.question("c", options=["Yes", "No"]),
        factories.question("d", "multiple", options=["Cats", "Dogs", "None"]),
    ]
    asked[3]["options"][2]["exclusive"] = True
    page, _ = factories.consultation(home, items=asked, slug="six")

    def brought(*rows):
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return actions.import_answer_file(page=page, file=out.getvalue().encode(), name="a.csv", by=reader)

    return brought


def problems(source, reader):
    return tried(source, reader).problems_by_heading


def closed_answers():
    return sorted((response.closed for response in Response.objects.all()), key=str)


@pytest.mark.parametrize("column", ["q-a", "q-c", "q-d"])
def test_a_number_is_no_choice_that_happens_to_have_it(three_of_six, reader, column):
    """The rank "2" was taken in as the second choice."""
    assert problems(three_of_six([column], ["2"]), reader) == [[2, column, NOT_ONE]]


def test_a_code_is_no_word_beside_other(bring, reader):
    [found] = problems(bring(["q-b"], ["2"]), reader)
    assert found[:2] == [2, "q-b"] and "looks like a code" in found[2]


def test_six_places_where_three_are_asked_are_a_row_error(three_of_six, reader):
    """They were all stored."""
    assert problems(three_of_six(["q-a"], [";".join(SIX)]), reader) == [[2, "q-a", LONGER.format(3)]]


def test_the_places_that_are_asked_are_kept_where_a_person_says_so(three_of_six, reader):
    source = three_of_six(["q-a"], [";".join(reversed(SIX))])
    parts = source.parts
    parts["closed"]["q-a"]["first"] = True
    taken(actions.keep_column_map(source=source, parts=parts), reader)
    assert closed_answers() == [{"a": ["6", "5", "4"]}]


RANKED = [f"What comes first? - {name}" for name in SIX]


@pytest.mark.parametrize(
    ("places", "what"),
    [
        ("123456", LONGER.format(3)),
        ("12", None),
        ("11", "The same choice has two places, or two choices have the same place."),
        ("13", "A place in the order is missing."),
        ("19", "This is not a place in the order: 1, 2, 3 and so on."),
        ("1x", "This is not a place in the order: 1, 2, 3 and so on."),
    ],
)
def test_a_column_for_each_choice_holds_its_place(three_of_six, reader, places, what):
    found = problems(three_of_six(RANKED, list(places)), reader)
    assert [problem[2] for problem in found] == ([what] if what else [])


def test_places_are_put_in_order(three_of_six, reader):
    taken(three_of_six(RANKED, ["3", "", "1", "", "2", ""]), reader)
    assert closed_answers() == [{"a": ["3", "5", "1"]}]


def test_more_choices_than_are_allowed_are_a_row_error(three_of_six, reader):
    assert problems(three_of_six(["q-b"], ["Parks, and woods;Town;Home"]), reader) == [[2, "q-b", LONGER.format(2)]]


def test_none_of_these_beside_another_is_a_row_error(three_of_six, reader):
    [found] = problems(three_of_six(["q-d"], ["None;Cats"]), reader)
    assert found[:2] == [2, "q-d"] and "stands alone" in found[2]


def test_two_ticks_where_one_is_asked_are_a_row_error(three_of_six, reader):
    source = three_of_six(["First", "Second"], ["x", "x"])
    ticks = {"First": {"question": "q-c", "option": "c-1"}, "Second": {"question": "q-c", "option": "c-2"}}
    found = problems(actions.keep_column_map(source=source, parts={"closed": ticks}), reader)
    assert found == [[2, "First", "Two answers are given to a question that has one."]]


def test_a_choice_with_a_comma_in_it_is_one_choice_in_a_list_by_comma(three_of_six, reader):
    taken(three_of_six(["q-b"], ["Parks, and woods, Home"], ["Town, Home"]), reader)
    assert closed_answers() == [{"b": ["1", "3"]}, {"b": ["2", "3"]}]


def test_a_cell_of_a_grid_is_a_tick_by_row_and_choice(bring, reader):
    headings = ["How good are they? - The park - Good", "How good are they? - The park - Bad", "What would help?"]
    taken(bring(headings, ["x", "", "Lights"]), reader)
    assert closed_answers() == [{"c": {"a": "1"}}]
    [found] = problems(bring(headings, ["x", "x", "Buses"]), reader)
    assert found == [2, headings[1], "Two answers are given to a question that has one."]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Where do you go? - Selected Choice - Parks", "option|q-b|b-1"),
        ("Where do you go? - Selected Choice", "closed|q-b"),
        ("Where do you go? - Other - Text", "text|q-b:other"),
        ("How good are they? - Response - The bus", "row|q-c|bus"),
        ("How good are they? - The bus - Bad", "cell|q-c|bus/c-2"),
        ("What comes first? - Staff", "rank|q-d|d-2"),
        ("Q3: How good are they? | The bus", "row|q-c|bus"),
        ("How good are they?.The bus", "row|q-c|bus"),
        ("How good are they? >> The bus", "row|q-c|bus"),
        ("About parks/Where do you go?/Parks", "option|q-b|b-1"),
        ("Last year/Which club?/Parks", None),
        ("about_parks-q-b/b-1", "option|q-b|b-1"),
        ("Where do you go? (choice=Parks)", "option|q-b|b-1"),
        ("What would help? - Open-Ended Response", "text|q-e"),
        ("<strong>What would help?</strong>&nbsp;", "text|q-e"),
        ("What comes first? [Rank 3]", None),
        ("Nobody asked - The bus - Bad", None),
    ],
)
def test_labels_of_parts_are_understood(heading, target):
    found = HeadingSuggestions(Questionnaire(factories.content(*items()))).of(heading)
    assert (found.key if found else None) == target


def test_every_suggested_target_makes_a_map_that_comes_back():
    questionnaire = Questionnaire(factories.content(*items()))
    headings = [*RANKED[:2], "How good are they? - The bus - Bad"]
    chosen = suggest_targets(questionnaire, headings)
    parts = build_map_parts(chosen, {}, first=["q-d"])
    assert parts["closed"][RANKED[0]] == {"question": "q-d", "rank": "d-1", "first": True}
    assert parts["closed"][headings[2]] == {"question": "q-c", "row": "bus", "option": "c-2"}


LINES = "q-a;q-e\r\nYes;More café tables\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("utf-16"),
        LINES.replace(";", "\t").encode("utf-16"),
        LINES.encode("cp1252"),
        b"sep=;\r\n" + LINES.encode(),
        LINES.replace("\r\n", "\r").encode(),
    ],
)
def test_letters_and_separators_of_every_spreadsheet_are_read(page, reader, raw):
    taken(actions.import_answer_file(page=page, file=raw, name="a.csv", by=reader), reader)
    assert words() == ["More café tables"] and closed_answers() == [{"a": "1"}]


def test_letters_that_nobody_can_read_are_refused(page, reader):
    with pytest.raises(UnreadableSheet, match="no form that we know"):
        actions.import_answer_file(page=page, file=b"q-e\ncaf\x81\n", name="a.csv", by=reader)


def test_answers_below_no_heading_are_refused_with_their_column(bring):
    with pytest.raises(UnreadableSheet, match="Column B has answers and no heading"):
        bring(["q-a", "", "q-e"], ["Yes", "what is this", "Lights"])


def test_rows_above_and_below_and_blank_ones_are_no_people(bring, reader):
    rows = (
        ["Survey of parks", "", ""], ["", "", ""], ["ID", "q-a", "q-e"], ["1", "Yes", "Lights"], ["", "", ""],
        ["2", "No", "Total rubbish"], ["Total", "2", "2"], ["Average:", "50%", ""],
    )  # fmt: skip
    source = tried(bring(*rows), reader)
    assert (source.found["people"], source.found["blank"], source.found["totals"]) == (2, 1, [7, 8])
    assert [problem[:2] for problem in source.problems] == [[7, ""], [8, ""]]


def test_what_somebody_wrote_is_no_total(bring, reader):
    assert tried(bring(["q-a", "q-e"], ["Yes", "Lights"], ["", "Total"]), reader).found["people"] == 2


def workbook(*rows, merged=()):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(out)
    return out.getvalue()


def test_a_question_merged_over_its_parts_is_joined_with_each(page, reader):
    raw = workbook(
        ["Number", "Do you feel safe?", "How good are they?", None, "What would help?"],
        [None, None, "The park", "The bus", None],
        [1, "Yes", "Good", "Bad", "Lights"],
        [2, "No", None, "Good", None],
        merged=["C1:D1", "A1:A2", "B1:B2", "E1:E2"],
    )
    taken(actions.import_answer_file(page=page, file=raw, name="a.xlsx", by=reader), reader)
    assert closed_answers() == [{"a": "1", "c": {"a": "1", "b": "2"}}, {"a": "2", "c": {"b": "1"}}]


@pytest.mark.slow
def test_rows_that_a_filter_hides_come_in_and_are_said(page, reader, desk, tmp_path):
    """They came in without a word, though nobody saw them who opened the file."""
    book, path = Workbook(), tmp_path / "a.xlsx"
    for row in (["q-a", "q-e"], ["Yes", "Lights"], ["No", "Buses"], ["", ""], ["No", "Bins"]):
        book.active.append(row)
    book.active.auto_filter.add_filter_column(0, ["Yes"])
    for number in (3, 4, 5):
        book.active.row_dimensions[number].hidden = True
    book.save(path)
    assert "2 rows are hidden in the sheet, and were read like the others." in [
        *import_file_directly(page=page, path=path, dry_run=True).lines()
    ]
    source = actions.import_answer_file(page=page, file=path.read_bytes(), name="a.xlsx", by=reader)
    shown = " ".join(desk.get(source.get_absolute_url()).content.decode().split())
    assert "<b>2 rows are hidden in the sheet,</b> for example by a filter. They come in like all others." in shown
    assert tried(source, reader).found["people"] == 3
    shown = " ".join(desk.get(source.get_absolute_url()).content.decode().split())
    assert 'come in like all others</th> <td role="cell">2</td>' in shown


def test_parts_at_the_end_of_a_workbook_are_not_cut_off(page, reader):
    raw = workbook(
        ["Respondent ID", "Collector ID", "How good are they?", None],
        [None, None, "The park", "The bus"],
        [1, 2, "Good", "Bad"],
    )
    taken(actions.import_answer_file(page=page, file=raw, name="a.xlsx", by=reader), reader)
    assert closed_answers() == [{"c": {"a": "1", "b": "2"}}]


def test_the_first_person_of_a_file_with_one_heading_row_is_a_person(bring, reader):
    assert tried(bring(["q-a", "q-e"], ["Yes", "Parks"], ["No", "Lights"]), reader).found["people"] == 2


def test_headings_that_stand_twice_are_one_question_and_one_column_to_look_at(bring, reader):
    source = bring(["q-a", "q-a"], ["Yes", "No"])
    assert source.columns == ["q-a", "q-a (2)"] and list(source.parts["closed"]) == ["q-a"]
    both = {column: {"question": "q-a"} for column in source.columns}
    found = problems(actions.keep_column_map(source=source, parts={"closed": both}), reader)
    assert found == [[2, "q-a (2)", "Two answers are given to a question that has one."]]


def test_an_answer_to_a_question_that_was_not_asked_is_left_out_and_said(home, reader):
    """Ticks went without a word; only texts were counted."""
    rule = {"question": "q-a", "any_of": ["a-1"]}
    asked = [
        factories.question("a", options=["Yes", "No"]),
        factories.question("b", options=["Good", "Bad"], show_if=rule, text={"en": "How is it?"}),
        factories.question("c", "long_text", show_if=rule, text={"en": "Why?"}),
    ]
    page, _ = factories.consultation(home, items=asked, slug="asked")
    raw = b"q-a,q-b,q-c\nNo,Good,Dark\nYes,Bad,Lit\n"
    source = tried(actions.import_answer_file(page=page, file=raw, name="a.csv", by=reader), reader)
    assert source.problems_by_heading == [
        [2, "", "An answer was left out: this person was not asked “How is it?”."],
        [2, "", "Words were left out: this person was not asked “Why?”."],
    ]
    assert (source.found["left_out"], source.found["people"]) == (2, 2)


@pytest.mark.parametrize(("cell", "day"), [("46056", "2026-02-03"), ("23/02/2026 16:05", "2026-02-23")])
def test_a_day_as_a_number_is_that_day(bring, reader, cell, day):
    taken(bring(["q-e", "Submitted"], ["Lights", cell]), reader)
    assert str(Response.objects.get().day) == day


@pytest.mark.parametrize("heading", ["Submitted", "Sent in"])
def test_which_number_is_the_month_is_said_by_a_person(bring, reader, client_as, heading):
    """The 5th of November was taken in as the 11th of May where the tool's other users write so."""
    cells = ["05/11/2025 10:00", "07/11/2025 09:00", "11/11/2025 09:00"]
    source = bring(["Respondent ID", "Collector ID", "q-e", heading], *(["1", "2", cell, cell] for cell in cells))
    plain = {"text": {"q-e": "q-e"}, "day": heading}
    source = actions.keep_column_map(source=source, parts=plain)
    assert [what for *_, what in problems(source, reader)] == [TWO_DAYS] * 2
    actions.reopen_mapping(source=source)
    shown = client_as("moderator").get(source.get_absolute_url()).content.decode()
    said = " ".join(BeautifulSoup(shown, "html.parser").find("fieldset").text.split())
    assert "second: the days are 5 November 2025 to 11 November 2025" in said
    assert "first: the days are 11 May 2025 to 11 November 2025" in said
    saved = actions.save_column_map(
        source=actions.keep_column_map(source=source, parts=plain | {"day_order": "day"}), name="Ours", by=reader
    )
    taken(actions.use_column_map(source=source, saved=saved), reader)
    assert sorted(str(one.day) for one in Response.objects.all()) == ["2025-11-05", "2025-11-07", "2025-11-11"]


def test_the_first_and_the_last_day_are_shown_as_they_are_read(bring, client_as):
    source = bring(["q-e", "Submitted"], ["Lights", "05/11/2025"], ["Bins", "13/11/2025"], ["Buses", ""])
    shown = " ".join(client_as("moderator").get(source.get_absolute_url()).content.decode().split())
    assert "The first day is 5 November 2025, and the last is 13 November 2025." in shown and "day_order" not in shown


def test_a_day_that_nobody_can_read_is_a_row_error_and_not_today(bring, reader):
    """It was taken in as an answer of the day of the import."""
    assert problems(bring(["q-e", "Submitted"], ["Lights", "the third"]), reader) == [
        [2, "Submitted", "This is not a day."]
    ]


def test_entities_are_taken_apart_where_a_tool_escaped_its_own_headings(home, reader):
    asked = [
        factories.question("a", options=["Parks & woods", "Town"], text={"en": "Where?"}),
        factories.question("b", "long_text", text={"en": "What’s best & why?"}),
    ]
    page, _ = factories.consultation(home, items=asked, slug="escaped")
    raw = b"Where?,What&#39;s best &amp; why?\nParks &amp; woods,Dogs &amp; cats\n"
    taken(actions.import_answer_file(page=page, file=raw, name="a.csv", by=reader), reader)
    assert words() == ["Dogs & cats"] and closed_answers() == [{"a": "1"}]


def test_the_choice_itself_in_the_column_of_its_words_is_no_word(bring, reader):
    taken(bring(["q-b", "q-b:other"], ["Other", "Other"], ["Other", "The canal"]), reader)
    assert words() == ["The canal"] and closed_answers() == [{"b": ["3"]}, {"b": ["3"]}]


def test_the_command_refuses_and_reports_the_same(page, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("q-a,q-e\n2,Lights\n1,Buses\nYes,Bins\n", encoding="utf-8")
    report = import_file_directly(page=page, path=path)
    assert (report.people, [error.row for error in report.errors]) == (1, [2, 3])


def test_rows_keep_the_numbers_of_the_file_below_two_heading_rows():
    raw = b"Respondent ID,Collector ID,What would help?\n,,Open-Ended Response\n1,2,Lights\n"
    file = parse_answer_file(io.BytesIO(raw), "a.csv", Questionnaire(factories.content(*items())))
    assert file.rows == [[3, ["Lights"]]]


@pytest.mark.parametrize(
    "cell", ["Prks", "Park", "parks;Twon", "Parks/Town", "Parks & Town", "Parks, Town", "Town | Parks", "a den, Twon"]
)
def test_a_cell_that_may_be_a_choice_is_no_word_beside_other_until_a_person_says_so(bring, reader, cell):
    """Each was taken in as “Other”, with the cell as somebody's words."""
    source = bring(["q-b", "q-a"], [cell, "Yes"], ["Parks;Town", "Yes"])
    [(number, column, what)] = problems(source, reader)
    assert (number, column) == (2, "q-b") and "may be a choice, or words beside" in what
    asked, _ = list_preview_columns(source, Questionnaire(source.version.content))
    [row] = asked["unclear"]["rows"]
    assert not row["is_words"] and ("q-b:other", BESIDE_OTHER) in asked["unclear"]["choices"]
    parts = {"closed": {"q-b": {"question": "q-b", "values": {row["cell"]: "q-b:other"}}}}
    source = actions.keep_column_map(source=source, parts=parts)
    saved = actions.save_column_map(source=source, name="Parks", by=reader)
    assert "values" not in saved.parts["closed"]["q-b"], "a saved map keeps nobody's words"
    taken(source, reader)
    assert words() == [row["cell"]]
    assert [answers["b"][-1] for answers in closed_answers()] == ["2", "3"]


def test_an_answer_unlike_every_choice_comes_in_beside_other_and_is_listed(bring, reader):
    said = ["My gran’s allotment", "Swimming", "the shops, mostly on Saturday"]
    source = bring(["q-b"], *([cell] for cell in said), ["Parks;under the bridge"])
    [asked] = list_preview_columns(source, Questionnaire(source.version.content))
    assert [(row["cell"], row["is_words"]) for row in asked["unclear"]["rows"]] == [
        (cell, True) for cell in [*said, "under the bridge"]
    ]
    assert problems(source, reader) == []
    taken(source, reader)
    assert words() == sorted([*said, "under the bridge"])

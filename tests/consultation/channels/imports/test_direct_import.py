import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from consultation.audit.models import AuditEntry
from consultation.channels.imports.column_mapping import BadColumnMap
from consultation.channels.imports.direct_import import BY_HEADINGS, import_file_directly
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet
from consultation.channels.web.withdrawal import withdraw_response
from consultation.responses.models import Answer, AnswerState, Channel, Response
from consultation.responses.vault import open_sealed_text
from consultation.surveys.models import ConsultationPage
from tests import factories

pytestmark = pytest.mark.any_database


@pytest.fixture
def page(home):
    """A single choice that shows a second text, a multiple choice, a grid and a text."""
    safe = factories.question("a", options=["Yes", "No"], text={"en": "Do you feel safe?", "ur": "کیا آپ محفوظ ہیں؟"})
    places = factories.question("b", "multiple", options=["Parks", "Town"])
    rows = [{"id": "park", "key": "a", "text": {"en": "Parks"}, "easy": {}}]
    grid = factories.question("c", "grid", options=["Good", "Bad"], rows=rows)
    more = factories.question("d", "long_text", text={"en": "What would help?"})
    why = factories.question("e", "long_text", show_if={"question": "q-a", "any_of": ["a-2"]})
    return factories.consultation(home, items=[safe, places, grid, more, why])[0]


@pytest.fixture
def sheet(tmp_path):
    def write(*rows, name="answers.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write


def words():
    return sorted(open_sealed_text(answer.sealed) for answer in Answer.objects.all())


def test_a_sheet_keeps_the_characters_of_what_people_wrote(page, sheet):
    said = "I <3 it if a < b & c > d, <b>really</b> &amp; so"
    import_file_directly(page=page, path=sheet(["What would help?"], [said]))
    assert words() == [said]


def test_headings_that_are_questions_need_no_map(page, sheet):
    path = sheet(
        ["Do you feel safe?", "q-b", "Question c? Parks", "what would help?", "language", "day"],
        ["Yes", "Parks; Town", "Bad", "more lights", "en", "2026-02-03"],
    )
    report = import_file_directly(page=page, path=path)
    (response,) = Response.objects.all()
    assert response.closed == {"a": "1", "b": ["1", "2"], "c": {"a": "2"}}
    assert (response.day, response.channel, response.language) == (date(2026, 2, 3), Channel.IMPORT, "en")
    assert words() == ["more lights"]
    assert (report.rows, report.people, report.texts, report.errors, report.unused) == (1, 1, 1, [], [])


def test_the_day_and_the_refused_rows_of_a_tool_are_known_by_the_command(page, sheet):
    """All answers were of the day of the import, and the refused ones among them."""
    headings = ["SubmissionDate", "What would help?", "KEY", "ReviewState"]
    rows = (
        ["2026-06-03T23:30:12.297Z", "lights", "uuid:1", ""],
        ["2026-06-03T23:30:12.297Z", "a try", "uuid:2", "rejected"],
    )
    report = import_file_directly(page=page, path=sheet(headings, *rows))
    assert (str(Response.objects.get().day), words(), report.unsent) == ("2026-06-04", ["lights"], 1)
    assert "1 rows are tests, are unfinished, or were set aside by the tool. They were left out." in report.lines()


def test_the_command_says_that_it_takes_exact_headings_alone(page, sheet):
    """A question with its number before it was left out, and nothing said why or where it would be taken."""
    path = sheet(["q-b", "4. What would help?"], ["Parks", "lights"])
    assert {"These columns are not used: B.", BY_HEADINGS} <= set(import_file_directly(page=page, path=path).lines())
    mapped = import_file_directly(page=page, path=path, parts={"closed": {"q-b": "q-b"}}, dry_run=True)
    assert BY_HEADINGS not in mapped.lines()
    with pytest.raises(BadColumnMap, match="only if its heading is the question's id or its very words"):
        import_file_directly(page=page, path=sheet(["4. What would help?", "More"], ["lights", ""]))


def test_the_command_says_that_rows_of_totals_were_left_out(page, sheet):
    rows = ["q-a", "q-b", "q-d"], ["Yes", "Parks", "lights"], ["No", "Town", "benches"], ["Total", "2", "2"]
    report = import_file_directly(page=page, path=sheet(*rows))
    assert (report.rows, report.people, report.errors, words()) == (2, 2, [], ["benches", "lights"])
    assert "1 rows at the end sum up the others. They were left out." in report.lines()


def test_a_heading_and_a_cell_in_another_language_are_understood(page, sheet):
    import_file_directly(page=page, path=sheet(["کیا آپ محفوظ ہیں؟", "language"], ["Yes", "ur"]))
    assert Response.objects.get().closed == {"a": "1"}
    assert Response.objects.get().language == "ur"


def test_a_map_says_what_columns_and_cells_mean(page, sheet):
    path = sheet(["S", "Words", "when", "noise"], ["Y", "more lights", "03/02/2026", "x"])
    parts = {
        "text": {"Words": "q-d"},
        "closed": {"S": {"question": "q-a", "values": {"Y": "a-1", "N": "a-2"}}},
        "day": "when",
        "day_order": "day",
        "ignore": ["noise"],
    }
    report = import_file_directly(page=page, path=path, parts=parts)
    assert Response.objects.get().closed == {"a": "1"}
    assert Response.objects.get().day == date(2026, 2, 3)
    assert report.unused == []


def test_one_answer_a_row_is_joined_by_person(page, sheet):
    path = sheet(
        ["id", "asked", "said"],
        ["P1 - Q1", "help?", "lights"],
        ["P2 - Q1", "help?", "nothing"],
        ["P1 - Q2", "more?", "and buses"],
    )
    parts = {
        "long": {"question": "asked", "text": "said", "questions": {"help?": "q-d", "more?": "q-d"}},
        "person": {"column": "id", "until": " - Q"},
    }
    report = import_file_directly(page=page, path=path, parts=parts)
    assert (report.people, report.texts) == (2, 3)
    assert words() == ["and buses", "lights", "nothing"]
    assert set(report.answers) == {2, 3, 4}
    assert Answer.objects.get(pk=report.answers[4][0]).response == Answer.objects.get(pk=report.answers[2][0]).response


def test_two_answers_of_one_person_to_one_question_are_an_error(page, sheet):
    """The first was taken, silently."""
    path = sheet(["id", "q-a", "q-d"], ["P1", "Yes", "lights"], ["P1", "No", "buses"], ["P1", "Yes", "bins"])
    report = import_file_directly(
        page=page, path=path, parts={"closed": {"q-a": "q-a"}, "text": {"q-d": "q-d"}, "person": "id"}
    )
    assert ([error.row for error in report.errors], words()) == ([3], ["bins", "lights"])


def test_imported_text_is_unread_like_any_other(page, sheet):
    import_file_directly(page=page, path=sheet(["q-d"], ["my name is Zara"]))
    assert Answer.objects.get().state == AnswerState.UNREAD


def test_the_same_file_again_changes_nothing(page, sheet):
    path = sheet(["q-d"], ["lights"], ["lights"], ["buses"])
    import_file_directly(page=page, path=path)
    report = import_file_directly(page=page, path=path)
    assert (report.people, report.again, report.texts) == (0, 3, 0)
    assert Response.objects.count() == 3


def test_what_was_withdrawn_stays_withdrawn(page, sheet):
    path = sheet(["q-d"], ["lights"])
    import_file_directly(page=page, path=path)
    withdraw_response(response=Response.objects.get())
    import_file_directly(page=page, path=path)
    assert not Answer.objects.exists()
    assert not Response.objects.countable().exists()


def test_two_rows_that_say_the_same_are_named_and_both_kept(page, sheet):
    report = import_file_directly(page=page, path=sheet(["q-d"], ["lights"], ["buses"], ["lights"]))
    assert report.duplicates == [(4, 2)]
    assert report.people == 3


def test_a_wrong_row_is_named_and_the_others_are_taken(page, sheet):
    path = sheet(
        ["q-a", "q-d", "day", "language"],
        ["Perhaps", "x", "", ""],
        ["Yes", "fine", "31/02/2026", ""],
        ["Yes", "fine", "2999-01-01", ""],
        ["Yes", "fine", "", "tlh"],
        ["Yes", "y" * 5001, "", ""],
        ["No", "kept", "", ""],
        ["", "", "", ""],
    )
    report = import_file_directly(page=page, path=path)
    assert [error.row for error in report.errors] == [2, 3, 4, 5, 6]
    assert str(report.errors[0]) == "Row 2: Column A: This is not one of the answers to the question."
    assert (report.people, report.empty, words()) == (1, 1, ["kept"])


def test_an_answer_to_what_was_not_asked_is_left_out_and_said(page, sheet):
    report = import_file_directly(page=page, path=sheet(["q-a", "q-e"], ["Yes", "because"], ["No", "because"]))
    assert [error.row for error in report.left_out] == [2]
    assert words() == ["because"]


def test_a_dry_run_changes_nothing_and_says_the_same(page, sheet):
    path = sheet(["q-a", "q-d"], ["Yes", "lights"], ["Never", "x"])
    tried = import_file_directly(page=page, path=path, dry_run=True)
    assert not Response.objects.exists()
    assert not AuditEntry.objects.filter(verb="answers imported").exists()
    done = import_file_directly(page=page, path=path)
    assert (tried.people, tried.texts, tried.errors) == (done.people, done.texts, done.errors)
    assert next(iter(tried.lines())) == "2 rows: 1 people with 1 texts would be taken."


def test_a_formula_in_a_csv_file_is_words(page, sheet):
    formula = '=HYPERLINK("http://example.com","click")'
    import_file_directly(page=page, path=sheet(["q-d"], [formula]))
    assert words() == [formula]


def test_a_spreadsheet_keeps_days_and_whole_numbers(page, tmp_path):
    book = Workbook()
    book.active.append(["q-d", "day"])
    book.active.append([7.0, date(2026, 2, 3)])
    book.save(tmp_path / "answers.xlsx")
    import_file_directly(page=page, path=tmp_path / "answers.xlsx")
    assert (words(), Response.objects.get().day) == (["7"], date(2026, 2, 3))


def test_words_from_an_older_windows_spreadsheet_are_read(page, tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes("q-d\nIt’s café noise\n".encode("cp1252"))
    import_file_directly(page=page, path=path)
    assert words() == ["It’s café noise"]


def test_a_text_of_several_lines_is_one_text(page, sheet):
    import_file_directly(page=page, path=sheet(["q-d"], ["one\ntwo\u2028three"]))
    assert words() == ["one\ntwo\u2028three"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"text": {"nowhere": "q-d"}}, "no column “nowhere”"),
        ({"text": {"q-d": "q-x"}}, "no such question as “q-x”"),
        ({"closed": {"q-d": "q-c"}}, "is a grid"),
        ({"texts": {}}, "A map holds some of"),
        ({"ignore": ["q-d"]}, "No column is an answer"),
    ],
)
def test_a_map_that_does_not_fit_says_why(page, sheet, parts, said):
    with pytest.raises(BadColumnMap, match=said):
        import_file_directly(page=page, path=sheet(["q-d"], ["x"]), parts=parts)


def test_a_file_that_cannot_be_read_says_why(page, tmp_path, sheet):
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(UnreadableSheet, match="not an XLSX"):
        import_file_directly(page=page, path=tmp_path / "a.xlsx")
    with pytest.raises(UnreadableSheet, match="Columns A and B have the same heading"):
        import_file_directly(page=page, path=sheet(["q-d", "q-d"], ["x", "y"]))
    with pytest.raises(UnreadableSheet, match="first row must hold the headings"):
        import_file_directly(page=page, path=sheet())


def test_an_import_leaves_one_line_in_the_audit_log_without_words(page, sheet, person):
    officer = person("engagement_officer")
    import_file_directly(page=page, path=sheet(["q-d"], ["lights"]), by=officer)
    entry = AuditEntry.objects.get(verb="answers imported")
    assert (entry.actor, entry.data) == (str(officer.pk), {"people": 1, "texts": 1, "errors": 0})


def test_no_word_of_a_file_is_printed(page, sheet):
    """A terminal keeps what it shows: cells that fit nothing, texts that are left out, headings that are none."""
    head, wrong = ["q-a", "q-b", "q-d", "My stepdad", "language"], ["My stepdad", "", "My stepdad", "x", "en"]
    rows = [wrong, ["Yes", "", "My stepdad", "x", "My stepdad"], ["Yes", "My stepdad", "My stepdad", "x", "en"]]
    for dry_run in (True, False):
        out = StringIO()
        call_command("import_responses", page.slug, sheet(head, *rows), dry_run=dry_run, stdout=out)
        assert "not used: D." in out.getvalue() and "Row 2: Column A:" in out.getvalue()
        assert "stepdad" not in out.getvalue()


def test_the_command_takes_a_slug_a_file_and_a_map(page, sheet, tmp_path):
    (tmp_path / "map.yaml").write_text("text: {Words: q-d}\n", encoding="utf-8")
    out = StringIO()
    path = sheet(["Words"], ["lights"])
    call_command("import_responses", page.slug, path, map=tmp_path / "map.yaml", stdout=out)
    assert out.getvalue() == "1 rows: 1 people with 1 texts were taken.\n"
    with pytest.raises(CommandError, match="no consultation “nowhere”"):
        call_command("import_responses", "nowhere", path)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_responses", str(ConsultationPage.objects.get().pk), tmp_path / "gone.csv")


SAID = [("yes", True), (" YES ", True), ("true", True), ("y", True), ("no", False), ("", False), ("1", False), ("x", False),
        ("yes, but not my school", False), ("not yes", False)]  # fmt: skip


@pytest.mark.parametrize("mapped", [True, False])
def test_imported_words_may_be_shown_only_with_a_plain_yes_in_a_column_mapped_to_it(page, sheet, mapped):
    path = sheet(["q-d", "May we quote you?"], *([f"word {n}", said] for n, (said, _) in enumerate(SAID)))
    parts = {"text": {"q-d": "q-d"}} | ({"quote": "May we quote you?"} if mapped else {})
    report = import_file_directly(page=page, path=path, parts=parts)
    may = {
        open_sealed_text(answer.sealed): answer.response.may_quote
        for answer in Answer.objects.select_related("response")
    }
    assert may == {f"word {n}": yes if mapped else None for n, (_, yes) in enumerate(SAID)}
    assert report.people == len(SAID), "everyone counts either way"


def test_one_no_among_a_persons_rows_is_a_no(page, sheet):
    path = sheet(["who", "q-d", "ok"], ["a", "one", "yes"], ["a", "two", "no"], ["b", "three", "yes"])
    import_file_directly(page=page, path=path, parts={"text": {"q-d": "q-d"}, "person": "who", "quote": "ok"})
    assert sorted(Response.objects.values_list("may_quote", flat=True)) == [False, True]


def test_a_map_that_names_a_missing_column_for_the_yes_is_refused(page, sheet):
    with pytest.raises(BadColumnMap, match="no column"):
        import_file_directly(
            page=page, path=sheet(["q-d"], ["x"]), parts={"text": {"q-d": "q-d"}, "quote": "elsewhere"}
        )


def test_the_same_file_again_without_the_column_takes_no_yes_back(page, sheet):
    path, parts = sheet(["q-d", "ok"], ["one", "yes"]), {"text": {"q-d": "q-d"}}
    import_file_directly(page=page, path=path, parts=parts | {"quote": "ok"})
    import_file_directly(page=page, path=path, parts=parts)
    assert Response.objects.get().may_quote is True

"""The course of a file: uploaded, mapped, tried, and accepted by a worker."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.audit.models import AuditEntry
from consultation.channels.imports import actions, import_worker
from consultation.channels.imports.column_mapping import BadColumnMap
from consultation.channels.imports.direct_import import import_file_directly
from consultation.channels.imports.erasures import WaitingImportsErasure
from consultation.channels.imports.models import AnswerImport, ImportChunk, ImportState, SavedMap
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet
from consultation.responses.models import Answer, AnswerState, Channel, EqualityRow, Response
from consultation.responses.vault import VaultLocked, open_sealed_text
from tests import factories
from tests.consultation.channels.imports.import_steps import by_words, taken, told_order, tried, undone, words

SHAPES = (
    "microsoft-forms", "limesurvey-full", "smartsurvey", "citizen-space", "surveymonkey", "qualtrics", "google-forms",
)  # fmt: skip
WITHOUT_RANKING = ("smartsurvey", "citizen-space")
FORMULA = "=SUM(A1:A3) is what I typed"
CODES = {
    "text": {"G01Q05": "q-e", "G01Q02[other]": "q-b:other"},
    "closed": {
        "G01Q01": {"question": "q-a", "values": {"A1": "a-1", "A2": "a-2"}},
        "G01Q02[SQ001]": {"question": "q-b", "option": "b-1"},
        "G01Q02[SQ002]": {"question": "q-b", "option": "b-2"},
        "G01Q03[SQ001]": {"question": "q-c", "row": "park", "values": {"A1": "c-1", "A2": "c-2", "N/A": ""}},
        "G01Q03[SQ002]": {"question": "q-c", "row": "bus", "values": {"A1": "c-1", "A2": "c-2"}},
        "G01Q04[1]": {"question": "q-d", "place": 1, "values": {"A1": "d-1", "A2": "d-2"}},
        "G01Q04[2]": {"question": "q-d", "place": 2, "values": {"A1": "d-1", "A2": "d-2"}},
    },
    "day": "submitdate",
    "language": "startlanguage",
}


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_of_each_shape_comes_in_as_it_was_meant(bring, reader, shape):
    source = taken(told_order(bring(shape=shape), "month"), reader)
    not_sent = [
        [row, "", "This is a test, is unfinished, or was set aside by the tool. The row was not kept."]
        for row in source.found["unsent"] * [3]
    ]
    assert (source.people, source.problems) == (2, not_sent)
    found = by_words()
    ranked = {} if shape in WITHOUT_RANKING else {"d": ["2", "1"]}
    assert found["More lights by the path"][0] == {"a": "1", "b": ["1", "3"], "c": {"a": "1", "b": "2"}} | ranked
    assert found["More lights by the path"][1] == "2026-02-03"
    closed, _, language = found[FORMULA]
    assert (closed["a"], closed["c"]) == ("2", {"b": "1"})
    assert language == ("ur" if shape.startswith("lime") else "en")
    assert "The canal" in words()
    assert set(Response.objects.values_list("channel", flat=True)) == {Channel.IMPORT}
    assert set(Answer.objects.values_list("state", flat=True)) == {AnswerState.UNREAD}


def test_codes_are_mapped_by_a_reader(bring, reader):
    source = actions.keep_column_map(source=bring(shape="limesurvey-codes"), parts=CODES)
    taken(source, reader)
    assert by_words() == {
        "More lights by the path": (
            {"a": "1", "b": ["1", "3"], "c": {"a": "1", "b": "2"}, "d": ["2", "1"]},
            "2026-02-03",
            "en",
        ),
        FORMULA: ({"a": "2", "c": {"b": "1"}, "d": ["1"]}, "2026-02-05", "ur"),
    }


def test_trying_changes_nothing_and_says_what_taking_in_then_does(bring, reader):
    source = tried(
        bring(["q-a", "q-e", "day"], ["Yes", "Lights", ""], ["Perhaps", "x", ""], ["No", "y", "2999-01-01"]), reader
    )
    assert (source.state, Response.objects.count(), Answer.objects.count()) == (ImportState.CHECKED, 0, 0)
    assert {name: source.found[name] for name in ("people", "texts", "wrong", "again")} == {
        "people": 1, "texts": 1, "wrong": 2, "again": 0,
    }  # fmt: skip
    actions.request_acceptance(source=source, by=reader)
    import_worker.run_import_steps()
    source.refresh_from_db()
    assert (source.people, source.texts) == (1, 1)


def test_what_is_wrong_is_told_by_row_and_column_without_anybodys_words(bring, reader):
    source = tried(bring(["q-a", "q-e"], ["Yes", "fine"], ["My name is Sam Invented", "x"], ["", ""]), reader)
    assert source.problems_by_heading == [[3, "q-a", "This is not one of the answers to the question."]]
    assert source.found["blank"] == 1
    assert "Sam" not in json.dumps([source.problems, source.found, source.parts])


def test_no_heading_and_no_cell_of_a_waiting_file_lies_in_clear(bring, reader):
    """A file without headings has somebody's words in their place."""
    headings = ["My stepdad", "q-a", "Email", "q-e"]
    source = tried(bring(headings, ["x", "Yes", "a@b.example", "fine"], ["y", "Mostly", "", "x"]), reader)
    assert source.columns == ["My stepdad", "q-a", "q-e"] and source.dropped == ["Email"]
    [row] = AnswerImport.objects.filter(pk=source.pk).values()
    in_clear = json.dumps(row, default=str)
    assert not [words for words in (*headings, "Mostly", "stepdad") if words in in_clear]
    assert row["problems"] == [[3, 1, "This is not one of the answers to the question."]]


def test_where_the_key_is_gone_a_file_has_no_headings_and_keeps_what_it_has(bring, settings):
    source = AnswerImport.objects.get(pk=bring(["q-e"], ["Lights"]).pk)
    settings.ANSWER_OPEN_KEYS, kept = [], settings.ANSWER_OPEN_KEYS
    assert (source.columns, source.parts) == ([], {})
    with pytest.raises(VaultLocked):
        source.say(parts={})
    settings.ANSWER_OPEN_KEYS = kept
    assert source.columns == ["q-e"]


def test_what_a_cell_means_can_be_said(bring, reader):
    source = bring(["q-a", "q-e"], ["Mostly", "Lights"])
    actions.keep_column_map(
        source=source,
        parts={"closed": {"q-a": {"question": "q-a", "values": {"Mostly": "a-1"}}}, "text": {"q-e": "q-e"}},
    )
    source.refresh_from_db()
    taken(source, reader)
    assert Response.objects.get().closed == {"a": "1"}


@pytest.mark.parametrize("sign", [";", ", ", " | ", "\n"])
def test_the_sign_between_several_choices_is_found(bring, reader, sign):
    taken(bring(["q-b", "q-d"], [f"Parks{sign}Town", f"Staff{sign}Lights"], ["Town", ""]), reader)
    found = sorted((response.closed for response in Response.objects.all()), key=len)
    assert found == [{"b": ["2"]}, {"b": ["1", "2"], "d": ["2", "1"]}]


def test_the_same_file_again_finds_itself(bring, reader):
    taken(bring(shape="citizen-space"), reader)
    again = tried(bring(shape="citizen-space"), reader)
    assert (again.found["people"], again.found["again"]) == (0, 2)


def test_a_longer_export_of_the_same_survey_brings_the_new_people_alone(bring, reader):
    taken(bring(["q-e"], ["Lights"], ["Lights"]), reader)
    longer = taken(bring(["q-e"], ["Buses"], ["Lights"], ["Lights"]), reader)
    assert (longer.people, longer.again) == (1, 2)
    assert words() == ["Buses", "Lights", "Lights"]


def test_a_file_without_days_finds_itself_on_another_day_too(bring, reader, page, tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("q-a,q-e\nYes,Lights\n", encoding="utf-8")
    taken(bring(["q-a", "q-e"], ["Yes", "Lights"]), reader)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("consultation.channels.imports.column_mapping.timezone.localdate", lambda: tomorrow)
    assert tried(bring(["q-a", "q-e"], ["Yes", "Lights"]), reader).found["again"] == 1
    assert import_file_directly(page=page, path=tmp_path / "a.csv").again == 1


def test_who_said_only_what_was_not_asked_of_them_is_nobody(home, reader):
    asked = factories.question("a", options=["Yes", "No"])
    why = factories.question("b", "long_text", show_if={"question": "q-a", "any_of": ["a-2"]})
    page, _ = factories.consultation(home, items=[asked, why], slug="why")
    source = actions.import_answer_file(page=page, file=b"q-a,q-b\n,because\nNo,because\n", name="a.csv", by=reader)
    source = taken(source, reader)
    assert (source.people, source.found["empty"], source.found["left_out"]) == (1, 1, 1)


def test_the_command_and_the_page_know_each_others_people(bring, reader, page, tmp_path):
    (tmp_path / "a.csv").write_text("q-a,q-e\nYes,Lights\n", encoding="utf-8")
    import_file_directly(page=page, path=tmp_path / "a.csv")
    assert tried(bring(["q-a", "q-e"], ["Yes", "Lights"]), reader).found["again"] == 1


def test_rows_that_say_the_same_are_named_and_kept_or_left_out_as_the_reader_chooses(bring, reader):
    rows = (["q-a", "q-e"], ["Yes", "Lights"], ["Yes", "Lights"], ["Yes", ""], ["Yes", ""])
    kept = tried(bring(*rows), reader)
    assert (kept.found["people"], kept.found["same"]) == (4, 1)
    assert kept.problems == [[3, "", "Says the same as row 2. Both are kept."]]
    assert tried(kept, reader, leave_same=True).found["people"] == 3
    assert AnswerImport.objects.get().problems == [[3, "", "Says the same as row 2. It is left out."]]


def test_no_raw_word_lies_open_on_the_way_nor_at_all_afterwards(bring, reader):
    source = bring(["q-e"], ["Lights by the canal"])
    tried(source, reader)
    for chunk in ImportChunk.objects.all():
        assert b"canal" not in bytes(chunk.sealed) + bytes(chunk.ready)
    actions.request_acceptance(source=source, by=reader)
    import_worker.run_import_steps()
    assert not ImportChunk.objects.exists()


def test_equality_answers_are_set_apart(home, reader):
    about = factories.question("z", options=["A", "B"], apart=True)
    page, version = factories.consultation(home, items=[factories.question("e", "long_text"), about], slug="equal")
    source = actions.import_answer_file(page=page, file=b"q-e,q-z\nLights,A\n", name="a.csv", by=reader)
    taken(source, reader)
    (response,) = Response.objects.all()
    assert response.closed == {}
    assert json.loads(open_sealed_text(response.sealed_equality))[0] == {"z": "1"}
    assert not EqualityRow.objects.exists()


def test_a_worker_that_stops_in_the_middle_goes_on_where_it_was(bring, reader):
    source = tried(bring(["q-e"], *([f"Words {n}"] for n in range(600))), reader)
    actions.request_acceptance(source=source, by=reader)
    import_worker.run_import_steps(seconds=0)
    source.refresh_from_db()
    assert source.state == ImportState.TAKING
    assert source.people == Response.objects.count()
    assert 0 < source.people < 600
    import_worker.run_import_steps()
    source.refresh_from_db()
    assert (source.state, source.people, Response.objects.count(), Answer.objects.count()) == ("done", 600, 600, 600)


def test_two_workers_at_one_chunk_take_it_once(bring, reader):
    source = tried(bring(["q-e"], ["Lights"]), reader)
    actions.request_acceptance(source=source, by=reader)
    (key,) = source.chunks.values_list("pk", flat=True)
    import_worker._accept_chunk(source, key)
    import_worker._accept_chunk(source, key)
    source.refresh_from_db()
    assert source.people == Response.objects.count() == 1


def test_a_saved_map_is_found_by_the_next_file_with_just_its_columns(bring, reader):
    source = actions.keep_column_map(source=bring(shape="limesurvey-codes"), parts=CODES)
    actions.save_column_map(source=source, name="Lime 2026", by=reader)
    again = bring(shape="limesurvey-codes").parts
    assert again["text"] == CODES["text"]
    assert again["closed"]["G01Q01"]["values"] == {
        "N/A": "", "{question_not_shown}": "", "A1": "a-1", "A2": "a-2"
    }  # fmt: skip
    other = bring(["q-a", "q-e"], ["Yes", "x"])
    assert other.parts["text"] == {"q-e": "q-e"}
    with pytest.raises(BadColumnMap, match="No column of this file"):
        actions.use_column_map(source=other, saved=SavedMap.objects.get())


def test_a_page_that_was_left_open_writes_no_empty_map_over_a_good_one(bring, reader):
    source = bring(["q-a", "q-e"], ["Yes", "x"])
    kept = actions.save_column_map(source=source, name="Club", by=reader).parts
    taken(source, reader)
    with pytest.raises(actions.WrongImportState):
        actions.save_column_map(source=source, name="Club", by=reader)
    assert SavedMap.objects.get().parts == kept


def test_a_cell_that_is_no_answer_is_kept_in_no_map(bring, reader):
    source = bring(["q-a", "q-e"], ["ask my sister Zara", "x"])
    values = {"ask my sister Zara": "", "Mostly": "a-1"}
    parts = {"closed": {"q-a": {"question": "q-a", "values": values}}, "text": {"q-e": "q-e"}}
    source = actions.keep_column_map(source=source, parts=parts)
    actions.save_column_map(source=source, name="Club", by=reader)
    assert SavedMap.objects.get().parts["closed"]["q-a"]["values"] == {"Mostly": "a-1"}
    assert taken(source, reader).parts == {}


def test_a_file_that_fails_keeps_no_other_waiting(bring, reader):
    first, second = bring(["q-e"], ["Lights"]), bring(["q-e"], ["Buses"])
    for source in (first, second):
        actions.request_dry_run(source=source, leave_same=False, by=reader)
    failing, other = sorted((first, second), key=lambda source: source.pk)
    failing.chunks.update(sealed=b"sealed to a key that is gone")
    with pytest.raises(VaultLocked):
        import_worker.run_import_steps()
    other.refresh_from_db()
    assert other.state == ImportState.CHECKED


def test_a_tools_sign_for_other_is_no_words(home, reader):
    asked = factories.question("a", options=["Yes", "No", "Not sure, and why"])
    asked["options"][2]["other"] = True
    page, _ = factories.consultation(home, items=[asked], slug="why")
    raw = b"q-a,q-a:other\n-oth-,It depends\nIt depends on the day,\n"
    taken(actions.import_answer_file(page=page, file=raw, name="a.csv", by=reader), reader)
    assert words() == ["It depends", "It depends on the day"]
    assert [response.closed for response in Response.objects.all()] == [{"a": "3"}, {"a": "3"}]


def test_a_file_without_headings_leaves_nobodys_words_in_their_place(bring, reader):
    thrown, waiting = bring(["My name is Sam", "Lights"], ["x", "y"]), bring(["Zara is my friend", "Bins"], ["x", "y"])
    out = actions.keep_column_map(source=bring(["Kim and I", "Bins"], ["x", "y"]), parts={"text": {"Bins": "q-e"}})
    undone(taken(out, reader), reader)
    actions.discard_import(source=thrown, by=reader)
    WaitingImportsErasure().run(timezone.localdate() + timedelta(days=7))
    for source in (thrown, waiting, out):
        source.refresh_from_db()
        assert (source.columns, source.dropped, source.day_column, source.language_column) == ([], [], "", "")


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"q-e\n", "a.csv", "no row below"),
        (b"x", "a.pdf", "Import a CSV"),
        (b"no workbook", "a.xlsx", "not an XLSX"),
        (b"", "a.csv", "first row must hold"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(page, reader, raw, name, said):
    with pytest.raises(UnreadableSheet, match=said):
        actions.import_answer_file(page=page, file=raw, name=name, by=reader)
    assert not AnswerImport.objects.exists()


def test_each_step_is_in_the_log_with_numbers_and_no_words(bring, reader):
    undone(taken(bring(["q-e", "Email"], ["Lights", "sam@example.org"]), reader), reader)
    entries = AuditEntry.objects.filter(object_type="answerimport").order_by("seq")
    assert [(entry.verb, entry.actor == str(reader.pk)) for entry in entries] == [
        ("import brought", True), ("import tried", True), ("import taken in", True), ("import finished", False),
        ("import undone", True), ("import finished", False),
    ]  # fmt: skip
    assert entries[0].data == {"rows": 1, "dropped": 1}
    assert "Lights" not in json.dumps([entry.data for entry in entries])

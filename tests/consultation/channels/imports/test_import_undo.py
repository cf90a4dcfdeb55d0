"""Removal of an import: undone, discarded, or kept until unread texts are read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.channels.erasure_replay import replay_erasures
from consultation.channels.imports import actions, direct_import, import_worker
from consultation.channels.imports.column_mapping import BadColumnMap
from consultation.channels.imports.direct_import import import_file_directly
from consultation.channels.imports.erasures import SavedMapsErasure, WaitingImportsErasure
from consultation.channels.imports.models import AnswerImport, ImportChunk, ImportedResponse, ImportState, SavedMap
from consultation.channels.web.withdrawal import withdraw_response
from consultation.reading import actions as desk
from consultation.responses.models import Answer, Response, Tombstone
from consultation.responses.signals import response_withdrawn
from consultation.responses.vault import generate_key_pair, open_sealed_text
from consultation.safeguarding.models import WithdrawnText
from tests import factories
from tests.consultation.channels.imports.import_steps import taken, tried, undone, words


def test_undo_takes_out_all_that_a_file_brought_and_nothing_else(bring, reader, page):
    other = factories.response(page.versions.get(), texts={"q-e": "From the web"})
    source = undone(taken(bring(["q-a", "q-e"], ["Yes", "Lights"], ["No", "Buses"]), reader), reader)
    assert (source.state, source.stays) == (ImportState.UNDONE, 0)
    assert list(Response.objects.all()) == [other]
    assert words() == ["From the web"]
    assert not WithdrawnText.objects.exists()


def test_after_an_undo_the_file_can_come_again(bring, reader):
    undone(taken(bring(shape="citizen-space"), reader), reader)
    assert taken(bring(shape="citizen-space"), reader).people == 2


def test_a_call_for_help_is_not_taken_out_unheard(bring, reader):
    undone(taken(bring(["q-e"], ["I want to die and nobody knows"], ["More bins"]), reader), reader)
    assert not Response.objects.exists()
    assert [open_sealed_text(kept.sealed) for kept in WithdrawnText.objects.all()] == [
        "I want to die and nobody knows"
    ]


def test_words_that_cannot_be_opened_here_are_not_taken_out_unheard_either(bring, reader, settings):
    source = taken(bring(["q-e"], ["Sealed to a key that is gone"]), reader)
    settings.ANSWER_OPEN_KEYS = [generate_key_pair()[1]]
    undone(source, reader)
    assert not Response.objects.exists()
    assert WithdrawnText.objects.count() == 1


def test_whoever_a_report_counts_stays_and_released_words_go_from_planners_too(bring, reader):
    """Released words stayed, though no report counted them."""
    source, withdrawn = taken(bring(["q-e"], ["Lights"], ["Buses"], ["Bins"]), reader), []
    released, counted, _ = Answer.objects.order_by("pk")
    desk.decide_answer(answer=released, by=reader, decision="clear", spans=[])
    assert desk.release_due_answers(timezone.now() + timedelta(minutes=11))
    Response.objects.filter(pk=counted.response_id).update(counted=1)

    def hear(sender, respondent, **kwargs):
        withdrawn.append(respondent)

    response_withdrawn.connect(hear)
    undone(source, reader)
    response_withdrawn.disconnect(hear)
    assert (source.stays, withdrawn) == (1, [released.response_id])
    assert list(Response.objects.values_list("pk", flat=True)) == [counted.response_id]


def test_a_restored_backup_loses_an_undone_file_again(bring, reader):
    source = taken(bring(["q-e"], ["Lights"]), reader)
    actions.request_undo_import(source=source, by=reader)
    AnswerImport.objects.filter(pk=source.pk).update(state=ImportState.DONE)  # as the backup has it
    digests = set(Tombstone.objects.values_list("digest", flat=True))
    assert replay_erasures(digests)["imports"] == 1
    import_worker.run_import_steps()
    assert not Response.objects.exists()


def test_what_the_command_brought_can_be_taken_out_too(reader, page, tmp_path):
    (tmp_path / "a.csv").write_text("q-a,q-e\nYes,Lights\nNo,Buses\n", encoding="utf-8")
    import_file_directly(page=page, path=tmp_path / "a.csv", by=reader)
    source = AnswerImport.objects.get()
    assert (source.name, source.people, source.texts) == ("a.csv", 2, 2)
    undone(source, reader)
    assert not Response.objects.exists()


def test_the_command_brings_nothing_behind_the_back_of_a_reader_who_takes_its_file_out(
    reader, page, tmp_path, monkeypatch
):
    (tmp_path / "a.csv").write_text("q-e\nLights\nBuses\nBins\n", encoding="utf-8")
    monkeypatch.setattr(direct_import, "PEOPLE_PER_BATCH", 2)
    send, sent = direct_import._accept_person, []

    def and_a_reader_presses_undo(one, version, report, source):
        send(one, version, report, source)
        sent.append(one)
        if len(sent) == 2:
            actions.request_undo_import(source=source, by=reader)

    monkeypatch.setattr(direct_import, "_accept_person", and_a_reader_presses_undo)
    with pytest.raises(BadColumnMap, match="taking this file out again"):
        import_file_directly(page=page, path=tmp_path / "a.csv")
    source = AnswerImport.objects.get()
    assert (source.state, source.people, source.texts) == (ImportState.UNDOING, 2, 2)
    import_worker.run_import_steps()
    assert not Response.objects.exists()


def test_a_file_that_nobody_takes_in_goes_after_a_week(bring):
    source = bring(["q-e"], *([f"Words {n}"] for n in range(600)))
    today = timezone.localdate()
    assert WaitingImportsErasure().run(today + timedelta(days=6)) == []
    (gone,) = WaitingImportsErasure().run(today + timedelta(days=7))
    assert gone.count == 600
    assert not ImportChunk.objects.exists()
    source.refresh_from_db()
    assert source.state == ImportState.DROPPED


def test_a_file_that_is_being_taken_in_does_not_go_under_the_workers_hands(bring, reader):
    source, late = tried(bring(["q-e"], ["Lights"]), reader), timezone.localdate() + timedelta(days=7)
    (due,) = WaitingImportsErasure().due(late)
    actions.request_acceptance(source=source, by=reader)
    assert WaitingImportsErasure().erase(due) == 0
    import_worker.run_import_steps()
    source.refresh_from_db()
    assert (source.state, source.people) == (ImportState.DONE, 1)


def test_a_deleted_file_is_called_deleted_and_no_row_of_it_stays(bring, reader, client_as):
    source = bring(["q-e"], ["Lights"])
    actions.discard_import(source=source, by=reader)
    assert not ImportChunk.objects.exists()
    source.refresh_from_db()
    listed = client_as("moderator").get(reverse("imports:consultation", args=[source.page.pk])).content.decode()
    assert "Deleted. Brought on" in " ".join(listed.split()) and source.get_state_display() == "Deleted"
    with pytest.raises(actions.WrongImportState):
        actions.request_dry_run(source=source, leave_same=False, by=reader)


def test_who_was_withdrawn_or_erased_leaves_no_trace_in_the_list_of_the_file(bring, reader):
    taken(bring(["q-e"], ["Lights"]), reader)
    Response.objects.all().delete()
    assert not ImportedResponse.objects.exists()


def test_once_a_file_is_taken_in_nothing_is_left_of_its_headings(bring, reader):
    """A file without headings has somebody's words in their place."""
    source = taken(bring(["q-a", "q-e", "My stepdad"], ["Yes", "Lights", "x"], ["Yellow", "Bins", "y"]), reader)
    assert (source.columns, source.dropped, source.parts, source.day_column) == ([], [], {}, "")
    assert source.problems and all(column == "" for _, column, _ in source.problems)


def test_headings_of_files_from_before_that_go_with_the_next_run(bring, reader):
    source = taken(bring(["q-e"], ["Lights"]), reader)
    source.say(columns=["My stepdad"])
    AnswerImport.objects.filter(pk=source.pk).update(headings=source.headings, problems=[[2, 0, "Wrong."]])
    today = timezone.localdate()
    assert len(WaitingImportsErasure().run(today + timedelta(days=7))) == 1
    source.refresh_from_db()
    assert (source.state, source.columns, source.problems) == (ImportState.DONE, [], [[2, "", "Wrong."]])
    assert WaitingImportsErasure().run(today + timedelta(days=8)) == []


def test_a_saved_map_is_sealed_and_goes_a_year_after_the_close(bring, reader, page):
    source = bring(["q-a", "q-e", "My stepdad"], ["Yes", "Lights", "x"])
    actions.save_column_map(source=source, name="Club", by=reader)
    row = " ".join(map(str, SavedMap.objects.values_list().get()))
    assert "stepdad" not in row and "stepdad" in str(SavedMap.objects.get().shape)
    type(page).objects.filter(pk=page.pk).update(closes=timezone.localdate() - timedelta(days=400), live=False)
    assert [gone.count for gone in SavedMapsErasure().run()] == [1] and not SavedMap.objects.exists()


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize(
    ("state", "after"),
    [(ImportState.CHECKING, ImportState.MAPPING), (ImportState.UNDOING, ImportState.DONE)],
)
def test_work_that_does_not_end_is_stopped_and_can_be_asked_for_again(bring, reader, state, after):
    source = bring(["q-e"], ["Lights"])
    AnswerImport.objects.filter(pk=source.pk).update(state=state)
    actions.stop_import_work(source=source, by=reader)
    source.refresh_from_db()
    assert source.state == after
    with pytest.raises(actions.WrongImportState):
        actions.stop_import_work(source=source, by=reader)


def test_taking_out_that_is_stopped_stops_at_once_and_no_backup_takes_out_the_rest(bring, reader, monkeypatch):
    source = taken(bring(["q-e"], ["Lights"], ["Buses"], ["Bins"]), reader)
    monkeypatch.setattr(import_worker, "PEOPLE_PER_UNDO_BATCH", 1)
    actions.request_undo_import(source=source, by=reader)
    source.refresh_from_db()
    steps = import_worker.STEPS_BY_STATE[ImportState.UNDOING](source)
    next(steps)
    actions.stop_import_work(source=source, by=reader)
    assert list(steps) == [] and Response.objects.count() == 2
    assert replay_erasures(set(Tombstone.objects.values_list("digest", flat=True)))["imports"] == 0


def test_a_saved_map_whose_key_is_gone_stops_no_other_file(bring, reader, settings):
    actions.save_column_map(source=bring(["q-a", "q-e"], ["Yes", "Lights"]), name="Club", by=reader)
    settings.ANSWER_SEAL_KEY, new = generate_key_pair()
    settings.ANSWER_OPEN_KEYS = [new]
    source = bring(["q-a", "q-e"], ["No", "Buses"])
    assert source.state == ImportState.MAPPING
    with pytest.raises(BadColumnMap, match="key to this map"):
        actions.use_column_map(source=source, saved=SavedMap.objects.get())


def test_taking_in_that_is_stopped_keeps_what_came_and_throws_the_rest_away(bring, reader, monkeypatch):
    source = tried(bring(["q-e"], *([f"Words {n}"] for n in range(300))), reader)
    actions.request_acceptance(source=source, by=reader)
    monkeypatch.setattr(import_worker, "MAX_RUN_SECONDS", 0)
    import_worker.run_import_steps(seconds=0)
    actions.stop_import_work(source=source, by=reader)
    source.refresh_from_db()
    assert source.state == ImportState.DONE and source.people + source.not_taken == 300
    assert 0 < source.people < 300 and not ImportChunk.objects.exists()
    undone(source, reader)
    assert not Response.objects.exists()


def test_a_file_whose_taking_in_never_ends_is_stopped_by_retention(bring, reader):
    source = tried(bring(["q-e"], ["Lights"]), reader)
    actions.request_acceptance(source=source, by=reader)
    today = timezone.localdate()
    assert WaitingImportsErasure().run(today + timedelta(days=13)) == []
    assert len(WaitingImportsErasure().run(today + timedelta(days=14))) == 1
    source.refresh_from_db()
    assert (source.state, source.not_taken) == (ImportState.DONE, 1) and not ImportChunk.objects.exists()


def test_words_that_were_recalled_come_back_with_no_file(bring, reader):
    """A name was left in; the file was undone; the same file again."""
    rows = (["q-e"], ["Kieran is my worker"], ["More bins"])
    source = taken(bring(*rows), reader)
    name = next(one for one in Answer.objects.all() if open_sealed_text(one.sealed).startswith("Kieran"))
    desk.decide_answer(answer=name, by=reader, decision="clear", spans=[])
    desk.release_due_answers(timezone.now() + timedelta(minutes=11))
    desk.recall_answer(answer=name, by=reader, concern=False)
    undone(source, reader)
    assert words() == [] and WithdrawnText.objects.count() == 1, "the leads have it, sealed"
    taken(bring(*rows), reader)
    assert words() == ["More bins"]


def test_who_took_their_answers_back_is_brought_back_by_no_file(bring, reader):
    source = taken(bring(["q-e"], ["Lights"]), reader)
    withdraw_response(response=Response.objects.get())
    undone(source, reader)
    assert source.stays == 0 and Response.objects.get().withdrawn
    again = taken(bring(["q-e"], ["Lights"]), reader)
    assert (again.people, again.again, words()) == (0, 1, [])
    Response.objects.all().delete()  # as an undo of earlier days left it
    assert taken(bring(["q-e"], ["Lights"]), reader).people == 0

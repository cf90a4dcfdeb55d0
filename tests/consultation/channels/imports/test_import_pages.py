"""Readers' import pages: content, refusals, and use without a script."""

import csv
import io
import json
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consultation.audit.models import AuditEntry
from consultation.channels.imports import forms, import_dry_run, import_worker
from consultation.channels.imports.models import AnswerImport, ImportState, SavedMap
from consultation.responses.models import Answer, Response
from consultation.responses.vault import open_sealed_text, seal_text
from tests import factories
from tests.consultation.channels.imports.tool_files import file_of

pytestmark = pytest.mark.any_database


def upload(client, page, shape="citizen-space", raw=None, name="answers.csv"):
    name, raw = file_of(shape) if raw is None else (name, raw)
    return client.post(f"/staff/imports/{page.pk}/", {"file": SimpleUploadedFile(name, raw)})


def brought(client, page, **options):
    assert upload(client, page, **options).status_code == 302
    return AnswerImport.objects.latest("made_on", "pk")


def text(reply):
    return " ".join(re.sub(r"<[^>]+>", " ", reply.content.decode()).split())


def chosen(client, source):
    """The form of the page as a browser would send it."""
    html = client.get(source.get_absolute_url()).content.decode()
    found = {}
    for name, options in re.findall(r'<select id="[^"]+" name="([cv]-\d+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        selected = re.search(r'<option value="([^"]*)" selected>', options)
        found.setdefault(name, []).append(selected[1] if selected else "")
    for name, cell in re.findall(r'<input\s+type="hidden" name="(w-\d+)" value="([^"]*)">', html):
        found.setdefault(name, []).append(unescape(cell))
    return found


def do(client, source, what, **more):
    reply = client.post(source.get_absolute_url(), {"do": what, **more})
    source.refresh_from_db()
    return reply


@pytest.mark.slow
def test_the_whole_way_from_the_list_to_taking_it_out(desk, page):
    assert "Parks No file yet" in text(desk.get("/staff/imports/"))
    source = brought(desk, page)
    opened = desk.get(source.get_absolute_url())
    assert f'<a href="/staff/imports/{page.pk}/">Import</a>' in " ".join(opened.content.decode().split())
    shown = text(opened)
    assert "This looks like a file from Citizen Space." in shown
    assert "3 columns were dropped" in shown
    assert "Only the day of “Submitted Date” was kept." in shown
    do(desk, source, "try", **chosen(desk, source))
    assert source.state == ImportState.CHECKING
    import_worker.run_import_steps()
    shown = text(desk.get(source.get_absolute_url()))
    assert "People who would be taken in 2" in shown
    assert "More lights by the path" in shown
    do(desk, source, "take")
    import_worker.run_import_steps()
    assert "2 people with 3 texts were taken in" in text(desk.get(source.get_absolute_url()))
    assert Response.objects.count() == 2
    do(desk, source, "undo")
    import_worker.run_import_steps()
    assert "was taken out again" in text(desk.get(source.get_absolute_url()))
    assert not Response.objects.exists()
    assert "Taken out again" in text(desk.get(f"/staff/imports/{page.pk}/"))


def test_equality_answers_are_shown_beside_nothing_that_a_person_said(desk, home):
    about = factories.question("z", options=["Heron", "Otter"], apart=True)
    page, _ = factories.consultation(home, items=[factories.question("e", "long_text"), about], slug="equal")
    source = brought(desk, page, raw=b"q-e,q-z\nLights,Heron\n")
    do(desk, source, "try", **chosen(desk, source))
    import_worker.run_import_steps()
    shown = text(desk.get(source.get_absolute_url()))
    assert "Lights" in shown
    assert "Heron" not in shown


def test_many_columns_with_many_cells_can_be_sent(desk, page):
    columns = [f"x{number}" for number in range(120)]
    source = brought(desk, page, raw="\n".join([",".join(columns), ",".join("1" * 120)]).encode())
    sent = {"c-0": "text|q-e"}
    for number in range(120):
        sent |= {f"w-{number}": list("ABCDE"), f"v-{number}": ["no answer"] * 5}
    assert do(desk, source, "map", **sent).status_code == 302


def test_a_page_that_waits_looks_again_by_itself_without_a_script_and_can_be_stopped(desk, page):
    source = brought(desk, page)
    do(desk, source, "try", **chosen(desk, source))
    reply = desk.get(source.get_absolute_url())
    assert reply["Refresh"] == "5; url=?look=2"
    assert 'max="2" value="0"' in reply.content.decode()
    assert "Refresh" not in desk.get(source.get_absolute_url() + "?still=1")
    assert "Refresh" not in desk.get(source.get_absolute_url() + "?look=60")
    assert "Refresh" not in desk.get(source.get_absolute_url() + "?look=x")


def test_cells_that_nothing_fits_are_asked_about(desk, page):
    source = brought(desk, page, raw=b"Do you feel safe?,What would help?\nMostly,Lights\nYes,Buses\n")
    html = desk.get(source.get_absolute_url()).content.decode()
    assert '<input type="hidden" name="w-0" value="Mostly">' in html
    do(desk, source, "map", **chosen(desk, source) | {"v-0": "a-1"})
    assert source.parts["closed"]["Do you feel safe?"]["values"] == {"Mostly": "a-1"}
    do(desk, source, "try", **chosen(desk, source) | {"v-0": "a-1"})
    import_worker.run_import_steps()
    source.refresh_from_db()
    assert (source.found["people"], source.found["wrong"]) == (2, 0)


def test_a_cell_may_mean_a_choice_whose_id_is_none(desk, home):
    """It was left out as no answer: the page used the id for that."""
    asked = factories.question("a", options=["A park", "None of these"], text={"en": "Where?"})
    asked["options"][1]["id"] = "none"
    page, _ = factories.consultation(home, items=[asked], slug="nowhere")
    source = brought(desk, page, raw=b"Where?\nNowhere\nNo idea\n")
    do(desk, source, "map", **chosen(desk, source) | {"v-0": ["none", "no answer"]})
    assert source.parts["closed"]["Where?"]["values"] == {"Nowhere": "none", "No idea": ""}
    assert chosen(desk, source)["v-0"] == ["none", "no answer"]


def test_problems_leave_as_a_sheet_that_is_on_record(desk, page):
    source = brought(desk, page, raw=b"Do you feel safe?,=What\nMostly,x\nYes,y\n")
    do(desk, source, "try", **chosen(desk, source))
    import_worker.run_import_steps()
    assert "Columns that are left out =What" in text(desk.get(source.get_absolute_url()))
    reply = desk.get(f"{source.get_absolute_url()}problems.csv")
    rows = list(csv.reader(io.StringIO(b"".join(reply.streaming_content).decode())))
    assert rows == [
        ["Row in the file", "Column", "What is wrong"],
        ["2", "Do you feel safe?", "This is not one of the answers to the question."],
    ]
    entry = AuditEntry.objects.get(verb="export made")
    assert (entry.data["kind"], entry.data["rows"]) == ("import problems", 1)


def test_a_sheet_of_problems_that_ends_early_does_not_call_itself_whole(desk, page, monkeypatch):
    monkeypatch.setattr(import_dry_run, "MOST_PROBLEMS", 1)
    source = brought(desk, page, raw=b"Do you feel safe?,What would help?\nMostly,x\nSometimes,y\n")
    do(desk, source, "try", **chosen(desk, source))
    import_worker.run_import_steps()
    assert "Download the first 1 as a sheet" in text(desk.get(source.get_absolute_url()))


def test_two_columns_for_one_answer_are_refused_and_what_was_chosen_stays(desk, page):
    source = brought(desk, page, raw=b"x,y\nYes,No\n")
    reply = do(desk, source, "try", **{"c-0": "closed|q-a", "c-1": "closed|q-a"})
    assert reply.status_code == 422
    assert "“x” and “y” answer the same question." in text(reply)
    assert reply.content.decode().count('<option value="closed|q-a" selected>') == 2
    assert source.state == ImportState.MAPPING


def test_nothing_mapped_is_said(desk, page):
    source = brought(desk, page, raw=b"x\nYes\n")
    assert "No column is an answer to a question." in text(do(desk, source, "try", **{"c-0": ""}))


def test_a_map_is_saved_under_a_name_and_used_again(desk, page):
    source = brought(desk, page, raw=b"x\nLights\n")
    do(desk, source, "map", **{"c-0": "text|q-e"})
    assert "The map needs a name." in text(do(desk, source, "save", name=" "))
    do(desk, source, "save", name="Club sheet")
    again = brought(desk, page, raw=b"x\nBuses\n", name="other.csv")
    assert "Club sheet" in text(desk.get(again.get_absolute_url()))
    assert again.parts == {"text": {"x": "q-e"}}
    saved = SavedMap.objects.get()
    assert do(desk, again, "use", saved=saved.pk).status_code == 302
    assert do(desk, again, "forget", saved=saved.pk).status_code == 302
    assert "Choose a saved map first." in text(do(desk, again, "use", saved=saved.pk))
    assert AuditEntry.objects.filter(verb="import map forgotten").exists()


def test_a_button_pressed_twice_says_where_the_file_is(desk, page):
    source = brought(desk, page)
    reply = do(desk, source, "take")
    assert reply.status_code == 422
    assert "This file waits for its map." in text(reply)
    assert do(desk, source, "dance").status_code == 422


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Choose a file first"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF")}, "Import a CSV or an XLSX file."),
        ({"file": SimpleUploadedFile("a.csv", b"q-e\n")}, "no row below them"),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error_beside_its_field(desk, page, files, said):
    reply = desk.post(f"/staff/imports/{page.pk}/", files)
    assert reply.status_code == 422
    assert said in text(reply)
    assert 'aria-invalid="true"' in reply.content.decode()


def test_a_file_never_touches_the_disk(desk, page, monkeypatch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    source = brought(desk, page)
    assert source.rows == 2
    monkeypatch.setattr(forms, "MAX_UPLOAD_BYTES", 10)
    assert "Choose a file first" in text(upload(desk, page))


def test_another_sites_form_is_refused(page, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("moderator"), backend="django.contrib.auth.backends.ModelBackend")
    assert upload(client, page).status_code == 403
    assert not AnswerImport.objects.exists()


def test_looking_at_the_cells_is_on_record(desk, page):
    source = brought(desk, page)
    desk.get(source.get_absolute_url())
    entry = AuditEntry.objects.get(verb="import viewed")
    assert (entry.actor, entry.object_id) == (str(desk.user.pk), str(source.pk))


def test_a_cell_is_words_on_the_page_whatever_it_holds(desk, page):
    source = brought(desk, page, raw=b'What would help?\n"<script>alert(1)</script>"\n')
    html = desk.get(source.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


def test_readers_find_the_way_from_the_desk(desk, page):
    assert 'href="/staff/imports/"' in desk.get("/staff/paper/").content.decode()


def test_an_officer_says_which_column_holds_the_yes_to_being_shown(desk, page):
    rows = "What would help?,Show it?\nlamps,Yes\nbuses,No\nbenches,\n"
    source = brought(desk, page, raw=rows.encode())
    form = chosen(desk, source)
    assert form["c-1"] == [""], "nothing is guessed from a heading"
    assert "Nobody’s words are shown without their yes." in text(desk.get(source.get_absolute_url()))
    do(desk, source, "try", **form | {"c-1": "quote"})
    import_worker.run_import_steps()
    shown = text(desk.get(source.get_absolute_url()))
    assert "People who said that their words may be shown 1" in shown
    do(desk, source, "save", name="club")
    assert SavedMap.objects.get().parts["quote"] == "Show it?"
    do(desk, source, "take")
    import_worker.run_import_steps()
    assert sorted(Response.objects.values_list("may_quote", flat=True)) == [False, False, True]
    rows = Answer.objects.filter(response__may_quote=True)
    assert [open_sealed_text(answer.sealed) for answer in rows] == ["lamps"]


def test_a_file_tried_before_there_was_the_question_brings_no_yes(desk, page):
    source = brought(desk, page, raw=b"What would help?\nlamps\n")
    do(desk, source, "try", **chosen(desk, source))
    import_worker.run_import_steps()
    chunk = source.chunks.get()
    people = [one[:6] for one in import_dry_run.open_ready_people(chunk)]
    chunk.ready = seal_text(json.dumps(people))
    chunk.save()
    do(desk, source, "take")
    import_worker.run_import_steps()
    assert Response.objects.get().may_quote is None

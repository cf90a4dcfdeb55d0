"""Translators' files: a dry run writes nothing, good texts are taken, all can be undone."""

import polib
import pytest

from consultation.access import NotAllowed
from consultation.surveys.translations import page_po_files, translator_files
from consultation.surveys.translations.translation_rows import load_page_translation
from tests.consultation.surveys.translations.conftest import URDU, at, put

pytestmark = pytest.mark.django_db
NEW = {"body.go.text": "کیا آپ پارک جاتے ہیں؟", "body.feel.text": "کیسا ہے؟"}


def edited(page, said):
    words = load_page_translation(page, "ur")
    made = polib.pofile(page_po_files.export_po_file("Parks", "ur", words.rows, words.gone).decode())
    for entry in made:
        entry.msgstr = said.get(entry.msgctxt, entry.msgstr)
    return f"{made}\n".encode()


def texts(page):
    return {row.path: (row.text, row.machine, row.by) for row in load_page_translation(page, "ur").rows}


@pytest.mark.slow
def test_a_dry_run_says_what_would_change_and_writes_nothing(in_urdu):
    before = texts(in_urdu)
    found = translator_files.dry_run_file(
        page=in_urdu, language="ur", content=edited(in_urdu, NEW | {"title": "<b>پارک</b>"})
    )
    kinds = {one.path: one.kind for one in found}
    assert [path for path, kind in kinds.items() if kind == page_po_files.PoEntryKind.CHANGES] == list(NEW)
    assert kinds["title"] == page_po_files.PoEntryKind.WRONG
    assert texts(in_urdu) == before


def test_what_is_right_is_taken_and_the_rest_stays(in_urdu, checker):
    file = translator_files.accept_file(
        page=in_urdu, language="ur", content=edited(in_urdu, NEW | {"title": "<b>پ</b>"}), by=checker
    )
    assert len(file.changes) == 2
    assert at(in_urdu, "body.go.text").text == NEW["body.go.text"] and at(in_urdu, "body.go.text").by == checker.pk
    assert at(in_urdu, "title").text == URDU["title"]
    assert translator_files.accept_file(page=in_urdu, language="ur", content=edited(in_urdu, {}), by=checker) is None


def test_a_file_keeps_the_characters_of_its_words(in_urdu, checker):
    said = {"body.go.text": "a < b & c > d?", "body.feel.text": "<3"}
    translator_files.accept_file(page=in_urdu, language="ur", content=edited(in_urdu, said), by=checker)
    assert {path: at(in_urdu, path).text for path in said} == said


def test_a_file_of_a_machine_is_marked(in_urdu, checker):
    translator_files.accept_file(page=in_urdu, language="ur", content=edited(in_urdu, NEW), by=checker, machine=True)
    assert at(in_urdu, "body.feel.text").machine and not at(in_urdu, "title").machine


def test_undo_puts_each_string_back_but_not_what_changed_since(in_urdu, translator, checker):
    before = texts(in_urdu)
    file = translator_files.accept_file(page=in_urdu, language="ur", content=edited(in_urdu, NEW), by=checker)
    assert translator_files.undo_file_import(file=file, by=checker) == 2
    assert texts(in_urdu) == before
    with pytest.raises(NotAllowed):
        translator_files.undo_file_import(file=file, by=checker)
    again = translator_files.accept_file(page=in_urdu, language="ur", content=edited(in_urdu, NEW), by=checker)
    put(in_urdu, {"body.feel.text": "اب کیسا ہے؟"}, translator)
    assert translator_files.undo_file_import(file=again, by=checker) == 1
    assert at(in_urdu, "body.feel.text").text == "اب کیسا ہے؟"

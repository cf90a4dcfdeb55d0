"""Files from translators: a dry run writes nothing, what is right is taken, and all of it can be undone."""

import polib
import pytest

from consultation.questionnaires.translating import actions, files, po
from consultation.questionnaires.translating.rows import words_of

from .conftest import URDU, at, put

pytestmark = pytest.mark.django_db
NEW = {"body.go.text": "کیا آپ پارک جاتے ہیں؟", "body.feel.text": "کیسا ہے؟"}


def edited(page, said):
    words = words_of(page, "ur")
    made = polib.pofile(po.exported("Parks", "ur", words.rows, words.gone).decode())
    for entry in made:
        entry.msgstr = said.get(entry.msgctxt, entry.msgstr)
    return f"{made}\n".encode()


def texts(page):
    return {row.path: (row.text, row.machine, row.by) for row in words_of(page, "ur").rows}


def test_a_dry_run_says_what_would_change_and_writes_nothing(in_urdu):
    before = texts(in_urdu)
    found = files.dry_run(page=in_urdu, language="ur", content=edited(in_urdu, NEW | {"title": "<b>پارک</b>"}))
    kinds = {one.path: one.kind for one in found}
    assert [path for path, kind in kinds.items() if kind == po.Kind.CHANGES] == list(NEW)
    assert kinds["title"] == po.Kind.WRONG
    assert texts(in_urdu) == before


def test_what_is_right_is_taken_and_the_rest_stays(in_urdu, checker):
    file = files.take(page=in_urdu, language="ur", content=edited(in_urdu, NEW | {"title": "<b>پ</b>"}), by=checker)
    assert len(file.changes) == 2
    assert at(in_urdu, "body.go.text").text == NEW["body.go.text"] and at(in_urdu, "body.go.text").by == checker.pk
    assert at(in_urdu, "title").text == URDU["title"]
    assert files.take(page=in_urdu, language="ur", content=edited(in_urdu, {}), by=checker) is None


def test_a_file_of_a_machine_is_marked(in_urdu, checker):
    files.take(page=in_urdu, language="ur", content=edited(in_urdu, NEW), by=checker, machine=True)
    assert at(in_urdu, "body.feel.text").machine and not at(in_urdu, "title").machine


def test_undo_puts_each_string_back_but_not_what_changed_since(in_urdu, translator, checker):
    before = texts(in_urdu)
    file = files.take(page=in_urdu, language="ur", content=edited(in_urdu, NEW), by=checker)
    assert files.undo(file=file, by=checker) == 2
    assert texts(in_urdu) == before
    with pytest.raises(actions.NotAllowed):
        files.undo(file=file, by=checker)
    again = files.take(page=in_urdu, language="ur", content=edited(in_urdu, NEW), by=checker)
    put(in_urdu, {"body.feel.text": "اب کیسا ہے؟"}, translator)
    assert files.undo(file=again, by=checker) == 1
    assert at(in_urdu, "body.feel.text").text == "اب کیسا ہے؟"

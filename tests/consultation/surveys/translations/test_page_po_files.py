"""A PO file goes to a translator and back: good texts are taken, faults are reported, nothing is lost."""

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.surveys.translations import page_po_files
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.source_strings import SourceString
from consultation.surveys.translations.translation_rows import RemovedString, TranslationRow

letters = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="{}<>\u2028\u2029\x85")
words = st.text(letters, min_size=1, max_size=60).map(str.strip).filter(lambda text: any(map(str.isalpha, text)))
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
KEPT = {"999", "0800", "1111", "SHOUT", "85258", "Childline"}


def row(path="body.go.text", source="Do you go?", text="", **more):
    limit, rich = more.pop("limit", None), more.pop("rich", False)
    return TranslationRow(SourceString(path, source, rich, "go", "Question 1", "Question", limit), text, **more)


def only(content, *rows, gone=()):
    (found,) = page_po_files.parse_page_po_file(content, rows, gone)
    return found


def file(msgid="Do you go?", msgstr="", ctxt="body.go.text", flags=()):
    made = polib.POFile()
    made.append(polib.POEntry(msgctxt=ctxt, msgid=msgid, msgstr=msgstr, flags=list(flags)))
    return str(made).encode()


@given(st.lists(st.tuples(lines, lines), min_size=1, max_size=8))
@settings(max_examples=60)
def test_a_file_that_comes_back_as_it_went_changes_nothing(pairs):
    rows = [row(f"body.q{n}.text", source, text) for n, (source, text) in enumerate(pairs)]
    found = page_po_files.parse_page_po_file(page_po_files.export_po_file("Parks", "ur", rows), rows)
    assert [(one.path, one.kind) for one in found] == [(each.path, page_po_files.PoEntryKind.SAME) for each in rows]


@given(st.lists(st.tuples(lines, lines), min_size=1, max_size=8))
@settings(max_examples=60)
def test_what_a_translator_wrote_comes_back_as_it_was_written(pairs):
    empty = [row(f"body.q{n}.text", source) for n, (source, _) in enumerate(pairs)]
    made = polib.pofile(page_po_files.export_po_file("Parks", "ur", empty).decode())
    for entry, (_, text) in zip(made, pairs, strict=True):
        entry.msgstr = text
    found = page_po_files.parse_page_po_file(f"{made}\n".encode(), empty)
    kept = [one for one, (source, _) in zip(found, pairs, strict=True) if not KEPT & set(source.split())]
    assert all(one.kind == page_po_files.PoEntryKind.CHANGES for one in kept)
    assert [one.after for one in found] == [text for _, text in pairs]


def test_each_entry_says_where_it_stands_and_how_much_room_there_is():
    (entry,) = polib.pofile(
        page_po_files.export_po_file("Parks", "ur", [row(limit=120, machine=True, text="x")]).decode()
    )
    assert (entry.msgctxt, entry.comment) == ("body.go.text", "Question 1: Question. At most 120 letters.")
    assert "machine" in entry.tcomment


def test_words_for_an_older_source_go_out_as_fuzzy_with_that_source():
    behind = row(state=StringState.BEHIND, older=("Did you go?", "پرانا"))
    content = page_po_files.export_po_file("Parks", "ur", [behind])
    (entry,) = polib.pofile(content.decode())
    assert entry.fuzzy and entry.previous_msgid == "Did you go?" and entry.msgstr == "پرانا"
    assert only(content, behind).kind == page_po_files.PoEntryKind.LEFT


def test_words_of_a_question_that_is_gone_go_out_as_obsolete():
    content = page_po_files.export_po_file("Parks", "ur", [row()], [RemovedString("body.old.text", "Old?", "پرانا")])
    assert [entry.msgstr for entry in polib.pofile(content.decode()).obsolete_entries()] == ["پرانا"]
    assert len(page_po_files.parse_page_po_file(content, [row()])) == 1


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (file(msgstr="کیا؟"), page_po_files.PoEntryKind.CHANGES, ""),
        (file(msgstr=""), page_po_files.PoEntryKind.LEFT, "Empty: what is there stays."),
        (file(msgstr="کیا؟", flags=["fuzzy"]), page_po_files.PoEntryKind.LEFT, "Marked as fuzzy"),
        (
            file(msgstr="کیا؟", ctxt="body.nowhere.text"),
            page_po_files.PoEntryKind.WRONG,
            "There is no text of this name",
        ),
        (file(msgstr="کیا؟", ctxt="body.gone.text"), page_po_files.PoEntryKind.WRONG, "not on the page any more"),
        (file(msgstr="کیا؟", msgid="Do you walk?"), page_po_files.PoEntryKind.WRONG, "source has changed"),
        (file(msgstr="کیا؟", ctxt=None), page_po_files.PoEntryKind.WRONG, "no msgctxt"),
        (file(msgstr="<b>کیا</b>؟"), page_po_files.PoEntryKind.WRONG, "Markup is not allowed"),
        (file(msgstr="ک" * 31), page_po_files.PoEntryKind.WRONG, "31 letters, and there is room for 30"),
    ],
)
def test_what_becomes_of_an_entry(content, kind, sentence):
    found = only(content, row(text="پہلے", limit=30), gone=[RemovedString("body.gone.text", "Gone?", "گیا")])
    assert found.kind == kind and sentence in found.sentence


def test_a_placeholder_a_number_to_call_and_marks_stay():
    assert "lost {n}" in only(file("{n} days", "دن"), row(source="{n} days")).sentence
    assert "{m}" in only(file("{n} days", "{n} {m}"), row(source="{n} days")).sentence
    assert "Childline" in only(file("Call Childline.", "کال"), row(source="Call Childline.")).sentence
    rich = row(source="Go <b>now</b>.", rich=True)
    assert "marks" in only(file("Go <b>now</b>.", "ابھی"), rich).sentence
    assert "opened and not closed" in only(file("Go <b>now</b>.", "</b>ابھی<b>"), rich).sentence
    assert only(file("Go <b>now</b>.", "<b>ابھی</b>"), rich).kind == page_po_files.PoEntryKind.CHANGES


def test_an_entry_that_stands_twice_counts_once():
    twice = polib.POFile()
    for text in ("ایک", "دو"):
        twice.append(polib.POEntry(msgctxt="body.go.text", msgid="Do you go?", msgstr=text))
    assert [one.kind for one in page_po_files.parse_page_po_file(str(twice).encode(), [row()])] == [
        page_po_files.PoEntryKind.CHANGES,
        page_po_files.PoEntryKind.WRONG,
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"PK\x03\x04", b'msgid "a"\nmsgst "b"\n', b"x" * 2_000_001], ids=range(5)
)
def test_what_is_no_such_file_is_refused_in_words(content):
    with pytest.raises(page_po_files.PoFileRefused) as refused:
        page_po_files.parse_page_po_file(content, [row()])
    assert str(refused.value).startswith("This")

"""Translators' workbooks and documents say what the .po file says, there and back."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import Workbook, load_workbook

from consultation.interface_text.po_files import PoFileRefused
from consultation.surveys.translations import office_files, page_po_files, translator_files
from consultation.surveys.translations.translation_rows import load_page_translation
from tests.consultation.surveys.translations.conftest import URDU, at

pytestmark = pytest.mark.django_db
NEW = {"body.go.text": "کیا آپ پارک جاتے ہیں؟", "body.feel.text": "=کیسا ہے؟"}


def exported(page, form):
    return office_files.export_office_file(form, "Parks", "ur", load_page_translation(page, "ur").all)


def filled(page, form, said):
    """The file as a translator sends it back."""
    file, out = io.BytesIO(exported(page, form)), io.BytesIO()
    if form == "xlsx":
        book = load_workbook(file)
        for row in book.active.iter_rows(min_row=2):
            if row[0].value in said:
                row[3].value, row[3].data_type = said[row[0].value], "s"
    else:
        book = Document(file)
        for row in book.tables[0].rows:
            if row.cells[0].text in said:
                row.cells[3].text = said[row.cells[0].text]
    book.save(out)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_file_that_comes_back_is_taken_as_a_po_file_is(in_urdu, checker, form):
    content = office_files.read_as_po(filled(in_urdu, form, NEW))
    found = translator_files.dry_run_file(page=in_urdu, language="ur", content=content)
    assert {one.path for one in found if one.kind == page_po_files.PoEntryKind.CHANGES} == set(NEW)
    assert not [one for one in found if one.kind == page_po_files.PoEntryKind.WRONG]
    translator_files.accept_file(page=in_urdu, language="ur", content=content, by=checker)
    assert {path: at(in_urdu, path).text for path in NEW} == NEW


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_file_that_nobody_changed_changes_nothing(in_urdu, form):
    found = translator_files.dry_run_file(
        page=in_urdu, language="ur", content=office_files.read_as_po(exported(in_urdu, form))
    )
    kinds = {one.path: one.kind for one in found}
    assert set(kinds) == {row.path for row in load_page_translation(in_urdu, "ur").all}
    assert {kinds[path] for path in URDU} == {page_po_files.PoEntryKind.SAME}


@pytest.mark.slow
def test_words_that_begin_as_a_formula_are_text_and_come_back_without_a_quote(in_urdu, checker):
    translator_files.accept_file(
        page=in_urdu, language="ur", content=office_files.read_as_po(filled(in_urdu, "docx", NEW)), by=checker
    )
    sheet = load_workbook(io.BytesIO(exported(in_urdu, "xlsx"))).active
    said = {row[0].value: row[3].value for row in sheet.iter_rows(min_row=2)}
    assert said["body.feel.text"] == f"'{NEW['body.feel.text']}"
    content = office_files.read_as_po(exported(in_urdu, "xlsx"))
    assert translator_files.accept_file(page=in_urdu, language="ur", content=content, by=checker) is None


@pytest.mark.slow
@pytest.mark.parametrize("said", ["'=کیسا ہے؟", "\u200b=کیسا ہے؟"])
def test_words_that_only_look_quoted_or_begin_unseen_come_back_as_they_were(in_urdu, checker, said):
    """A quote of the translator's own before a formula, and a formula behind a mark that nobody sees."""
    accepted = office_files.read_as_po(filled(in_urdu, "docx", {"body.feel.text": said}))
    translator_files.accept_file(page=in_urdu, language="ur", content=accepted, by=checker)
    content = office_files.read_as_po(exported(in_urdu, "xlsx"))
    found = translator_files.dry_run_file(page=in_urdu, language="ur", content=content)
    assert {one.kind for one in found if one.path == "body.feel.text"} == {page_po_files.PoEntryKind.SAME}


def zipped(name, raw):
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr(name, raw)
    return out.getvalue()


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def long_workbook():
    book = Workbook()
    for _ in range(office_files.MOST_ROWS + 1):
        book.active.append(["a"])
    return book


def wide_document():
    """36 KB, of which one cell claims a billion columns."""
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell._tc.grid_span = 1_000_000_000
    return document


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped("a.txt", b"x"), "no file of ours"),
        (zipped("word/document.xml", b"<x/>"), "no file of ours"),
        (saved(Workbook()), "no file of ours"),
        (saved(Document()), "no file of ours"),
        (saved(long_workbook()), "too big"),
        (saved(wide_document()), "no file of ours"),
    ],
)
def test_another_file_is_refused_in_words(content, said):
    with pytest.raises(PoFileRefused, match=said):
        office_files.read_as_po(content)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_an_officer_downloads_it_and_sends_it_back_by_the_page(in_urdu, client, translator, form):
    client.force_login(translator)
    shown = client.get(reverse("translations:language", args=[in_urdu.pk, "ur"])).content.decode()
    download = reverse(f"translations:download-{form}", args=[in_urdu.pk, "ur"])
    assert download in shown
    reply = client.get(download)
    assert reply["Content-Type"] == office_files.FORMS[form] and f"parks-ur.{form}" in reply["Content-Disposition"]
    assert reply.content[:2] == b"PK"
    file = SimpleUploadedFile(f"parks-ur.{form}", filled(in_urdu, form, NEW))
    dry = client.post(reverse("translations:dry-run", args=[in_urdu.pk, "ur"]), {"file": file})
    assert [one.path for one in dry.context["changes"]] == list(NEW)
    taken = {"content": dry.context["content"]}
    assert client.post(reverse("translations:take", args=[in_urdu.pk, "ur"]), taken).status_code == 302
    assert at(in_urdu, "body.go.text").text == NEW["body.go.text"]

"""`manage.py dpia` fills the assessment from the real configuration, as a Word document and as PDF."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from cms.operations.data_protection.impact_assessment import TO_BE_WRITTEN, build_assessment
from cms.operations.launch import actions
from cms.operations.launch.launch_items import list_item_keys
from cms.operations.retention.retention_registry import ERASURES
from tests.factories import consultation, question


def write(tmp_path, ending):
    path = tmp_path / f"assessment.{ending}"
    call_command("dpia", str(path), stdout=io.StringIO())
    return path


def read_docx(path):
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_names_the_controller_the_processors_and_every_retention_rule(home, settings, tmp_path, person):
    settings.PARTNERSHIP, settings.EMAIL_HOST = "the Leeds children's partnership", "mail.leeds.example"
    settings.SMS_GATEWAY_URL = "https://sms.leeds.example/send"
    person("moderator"), person("moderator")
    said = read_docx(write(tmp_path, "docx"))
    for words in ("the Leeds children's partnership", "mail.leeds.example", "sms.leeds.example", "SQLite"):
        assert words.replace("SQLite", build_assessment()["processors"][0][1]) in said
    assert all(one.line in said for one in ERASURES)
    assert ("Reader", 2) in build_assessment()["recipients"]


def test_every_heading_is_there_and_an_empty_one_is_left_to_a_person(home):
    parts = build_assessment()["parts"]
    assert len(parts) == len([key for key in list_item_keys() if key.startswith("dpia-")]) == 15
    assert TO_BE_WRITTEN in parts[2].facts
    assert all(part.facts for part in parts)


def test_a_signature_of_the_checklist_stands_under_its_heading(home, person):
    officer = person("engagement_officer")
    actions.tick_item(item="dpia-01", checker="D. Officer, DPO", checked_on=timezone.localdate(), by=officer)
    first, second, *_ = build_assessment()["parts"]
    assert first.signed.startswith("Signed by D. Officer, DPO on ")
    assert second.signed == "Not signed yet."


def test_a_consultation_stands_in_it_and_no_answer_does(home, tmp_path):
    page, _ = consultation(home, items=[question("a", options=["Yes", "No"])])
    assert any(fact.startswith(page.title) for fact in build_assessment()["parts"][1].facts)


@pytest.mark.slow
@pytest.mark.any_database
def test_the_pdf_has_the_same_headings(home, tmp_path):
    text = "".join(page.extract_text() for page in PdfReader(write(tmp_path, "pdf")).pages)
    assert "Record of processing activities" in text
    assert "Children at risk" in text


def test_another_kind_of_file_is_refused(home, tmp_path):
    with pytest.raises(CommandError, match="ends in .docx or .pdf"):
        write(tmp_path, "txt")


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(home, tmp_path):
    """`voice dpia FILE` works in the folder of the code, which the site's user cannot write."""
    with pytest.raises(CommandError, match="cannot be written here .*: name a file in "):
        call_command("dpia", str(tmp_path / "missing" / "dpia.docx"), stdout=io.StringIO())

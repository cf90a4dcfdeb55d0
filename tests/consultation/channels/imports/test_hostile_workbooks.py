"""An XLSX file that is made to hang or to fill the machine is refused in words, in a process with limits."""

import io
from pathlib import Path

import pytest

from consultation.channels.imports import spreadsheet_parsing
from consultation.channels.imports.models import AnswerImport
from consultation.channels.imports.spreadsheet_parsing import UnreadableSheet, read_spreadsheet_cells
from consultation.file_parsing import office_rows
from tests.consultation.channels.imports import hostile_workbooks
from tests.consultation.channels.imports.hostile_workbooks import HOSTILE, workbook

pytestmark = pytest.mark.any_database


@pytest.fixture
def lower_limits(monkeypatch, tmp_path):
    """The same program with limits that a test need not wait for."""

    def lower(**limits):
        source = Path(office_rows.__file__).read_text()
        for name, number in limits.items():
            assert f"\n{name} = " in source or f"\n{name}, " in source
            source = source.replace(
                '\n\nif __name__ == "__main__":', f'\n{name} = {number}\n\nif __name__ == "__main__":'
            )
        (tmp_path / "office_rows.py").write_text(source)
        monkeypatch.setattr(office_rows, "__file__", str(tmp_path / "office_rows.py"))

    return lower


def read(raw):
    headings, rows = read_spreadsheet_cells(io.BytesIO(raw), "answers.xlsx")
    return [headings, *rows]


@pytest.mark.slow
@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_workbook_is_refused_in_words(make, lower_limits):
    lower_limits(MAX_ROWS=10_000)
    with pytest.raises(UnreadableSheet) as refused:
        read(make())
    assert str(refused.value) == HOSTILE[make]


@pytest.mark.slow
def test_a_workbook_that_takes_long_is_given_up(lower_limits):
    lower_limits(MOST_SECONDS=2)
    with pytest.raises(UnreadableSheet, match="takes too long"):
        read(hostile_workbooks.endless_strings())


def test_a_program_that_hangs_is_ended(monkeypatch, tmp_path):
    (tmp_path / "sleep.py").write_text("import time\ntime.sleep(60)")
    monkeypatch.setattr(office_rows, "__file__", str(tmp_path / "sleep.py"))
    monkeypatch.setattr(spreadsheet_parsing, "MOST_WAITING", 0.2)
    with pytest.raises(UnreadableSheet, match="takes too long"):
        read(workbook())


@pytest.mark.slow
def test_a_workbook_that_needs_much_memory_is_given_up(lower_limits):
    lower_limits(MOST_MEMORY=400_000_000)
    with pytest.raises(UnreadableSheet, match="holds too much"):
        read(hostile_workbooks.one_huge_string())


def test_a_program_that_falls_over_is_a_broken_file(monkeypatch, tmp_path):
    (tmp_path / "fall.py").write_text("import os\nos.kill(os.getpid(), 11)")
    monkeypatch.setattr(office_rows, "__file__", str(tmp_path / "fall.py"))
    with pytest.raises(UnreadableSheet, match="not a whole XLSX"):
        read(workbook())


def test_the_program_has_no_key_of_the_site(monkeypatch, tmp_path):
    (tmp_path / "tell.py").write_text("import json, os\nprint(json.dumps(sorted(os.environ)))")
    monkeypatch.setattr(office_rows, "__file__", str(tmp_path / "tell.py"))
    monkeypatch.setenv("ANSWER_OPEN_KEYS", "a key")
    names = read(workbook())[0]
    assert "OPENBLAS_NUM_THREADS" in names and "ANSWER_OPEN_KEYS" not in names


@pytest.mark.slow
def test_odd_letters_come_through_the_program_as_they_are():
    odd = 'Zażółć \u2028\x85 \U0001f642 \u202e "quoted"\nnext\ttab \' , ; é'
    sheet = hostile_workbooks.sheet(b'<row r="2">' + hostile_workbooks.cell(b"A2", odd.encode()) + b"</row>")
    assert [one.split() for one in read(workbook(sheet=sheet))[1]] == [odd.split()]


@pytest.mark.slow
def test_the_page_says_why_and_keeps_nothing(page, client_as):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_as("moderator")
    file = SimpleUploadedFile("answers.xlsx", hostile_workbooks.zip_bomb())
    reply = client.post(f"/staff/imports/{page.pk}/", {"file": file})
    assert reply.status_code == 422 and "holds too much to open" in reply.content.decode()
    assert not AnswerImport.objects.exists()


@pytest.mark.slow
def test_a_csv_file_has_at_most_as_many_rows():
    with pytest.raises(UnreadableSheet, match="more than 100,000 rows"):
        list(read_spreadsheet_cells(io.BytesIO(b"q-e\n" + b"x\n" * 100_001), "a.csv")[1])
    assert len(list(read_spreadsheet_cells(io.BytesIO(b"q-e\n" + b"x\n" * 100_000), "a.csv")[1])) == 100_000

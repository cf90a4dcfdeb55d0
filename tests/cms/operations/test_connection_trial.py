"""A database that does not let us in is explained in one sentence, with its own words and without the password."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from cms.operations.connection_trial import MEND, explain_refused_address, explain_refused_connection

CLOSED = "postgres://voice:secret@127.0.0.1:1/voice"


def test_a_closed_server_is_named_with_the_drivers_words():
    said = explain_refused_address(CLOSED)
    assert said.startswith("The database 127.0.0.1:1 does not let us in: ")
    assert "refused" in said.lower()
    assert said.endswith(MEND)
    assert "secret" not in said and "\n" not in said


def test_a_file_of_sqlite_is_not_made_by_asking(tmp_path):
    assert explain_refused_address(f"sqlite:///{tmp_path}/var/voice.sqlite3") == ""
    assert explain_refused_address("") == ""
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_lets_us_in_is_no_fault(db):
    assert explain_refused_connection() == ""


@pytest.mark.slow
def test_a_command_ends_with_that_sentence_and_no_traceback(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": CLOSED,
        "VAR_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "retention", "--dry-run"],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "\nThe database 127.0.0.1:1 does not let us in: " in done.stderr

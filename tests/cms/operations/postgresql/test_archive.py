"""A write-ahead log that does not arrive in its archive is an alarm."""

import time

import pytest

from cms.operations.postgresql import readiness
from tests import postgres

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.mark.parametrize(("archives_by", "arrives"), [("true", True), ("false", False)])
def test_what_cannot_be_archived_is_told(connect, monkeypatch, archives_by, arrives):
    with postgres.cluster(f"-c archive_mode=on -c archive_command={archives_by}") as server:
        site = connect("archive", server.url)
        monkeypatch.setattr(readiness, "connection", site)
        assert readiness.check_archive().ok
        deadline = time.monotonic() + 30
        with site.cursor() as cursor:
            cursor.execute("SELECT pg_logical_emit_message(true, 'a', 'b'), pg_switch_wal()")
            tried = "SELECT archived_count + failed_count > 0 FROM pg_stat_archiver"
            while not (cursor.execute(tried) and cursor.fetchone()[0]):
                assert time.monotonic() < deadline, "nobody tried to archive"
                time.sleep(0.1)
        assert readiness.check_archive().ok is arrives


@pytest.mark.django_db
def test_a_database_that_archives_nothing_is_no_alarm():
    assert readiness.check_archive().ok

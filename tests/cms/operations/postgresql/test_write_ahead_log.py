"""PostgreSQL's write-ahead log tells in which order answers came, until its file is full and a checkpoint deletes it; by the
files of deploy_files that takes a quarter of an hour, also where little is written and nothing is archived."""

import re
import time
import uuid

import psycopg
import pytest

from cms.operations.deploy_files.file_writer import render_file
from cms.operations.deploy_files.server_plan import ServerPlan
from tests import postgres

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
LOG = "SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir() ORDER BY name"
BEAT = "SELECT pg_walfile_name(pg_logical_emit_message(true, 'beat', ''))"  # writes a little, as workers do; to which file


def read_settings(name):
    return dict(re.findall(r"^(\w+) = (\S+)$", render_file(f"postgresql/{name}", ServerPlan()), re.MULTILINE))


def test_what_the_files_say_takes_a_quarter_of_an_hour_and_the_archives_minute_counts():
    said = read_settings("voice.conf")
    full, checkpoint = int(said["archive_timeout"]), int(said["checkpoint_timeout"])
    assert full + 2 * checkpoint <= 15 * 60, "a checkpoint takes as long as there is until the next"
    assert said["wal_recycle"] == "off"
    assert "voice.conf" < "wal-archive.conf" and read_settings("wal-archive.conf")["archive_timeout"] == "60"


@pytest.mark.parametrize(("archive_timeout", "still_tells"), [(1, False), (0, True)])
def test_the_log_tells_the_order_until_its_file_is_full_and_a_checkpoint_deletes_it(archive_timeout, still_tells):
    keys = [uuid.uuid4() for _ in range(12)]
    options = f"-c synchronous_commit=on -c wal_recycle=off -c archive_timeout={archive_timeout}"
    with postgres.cluster(options) as server, psycopg.connect(server.url, autocommit=True) as connection:

        def ask(sql):
            return [row[0] for row in connection.execute(sql).fetchall()]

        def find_keys():
            log = b"".join(ask(LOG))
            return [log.find(key.bytes) for key in keys]

        connection.execute("CHECKPOINT")  # wakes who closes files, and slept through the start for five minutes
        connection.execute("CREATE TABLE response (id uuid PRIMARY KEY)")
        file = ask(BEAT)
        for key in keys:
            connection.execute("INSERT INTO response VALUES (%s)", [key])
        found = find_keys()
        assert found == sorted(found) and found[0] > 0, "it tells the order"
        deadline = time.monotonic() + 30
        while not still_tells and ask(BEAT) == file:
            assert time.monotonic() < deadline, "no file of the log was closed"
            time.sleep(0.2)
        connection.execute("CHECKPOINT")
        assert (find_keys() == found) is still_tells
        assert still_tells or set(find_keys()) == {-1}

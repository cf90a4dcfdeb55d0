"""The demo's empty tables are never written over a database; that they are those of all migrations is seen in
tests/cms/operations/upgrades."""

from cms.demo import empty_tables


def test_a_database_is_never_written_over(tmp_path):
    there = tmp_path / "there.sqlite3"
    there.write_bytes(b"somebody's data")
    assert not empty_tables.write_empty_tables({"ENGINE": "django.db.backends.sqlite3", "NAME": there})
    assert there.read_bytes() == b"somebody's data"
    assert not empty_tables.write_empty_tables({"ENGINE": "django.db.backends.postgresql", "NAME": "voice"})

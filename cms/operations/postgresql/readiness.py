"""Readiness checks: PostgreSQL's log holds no answer, and what it archives arrives."""

from django.db import connection

from cms.operations.postgresql.private_log import build_role_settings, list_telling_settings
from consultation.readiness import ReadinessResult, readiness_check

DATABASE = "How the machine is set up"
FAILED_ARCHIVE = """SELECT last_failed_wal FROM pg_stat_archiver
    WHERE current_setting('archive_mode') <> 'off' AND last_failed_time > coalesce(last_archived_time, '-infinity')"""


@readiness_check("database-log", "The database's own log holds no answer", group=DATABASE, lapses=True)
def check_database_log() -> ReadinessResult:
    if connection.vendor != "postgresql":
        return ReadinessResult(True, "SQLite keeps no log of statements.")
    telling = list_telling_settings()
    if not telling:
        return ReadinessResult(True, "It writes no statement and no value of a row.")
    role = connection.settings_dict["USER"]
    mend = "; ".join(sql for sql in build_role_settings(role) if any(name in sql.split() for name in telling))
    return ReadinessResult(
        False, f"A statement that fails is written with its answers. As PostgreSQL's superuser, once: {mend}."
    )


@readiness_check(
    "archive", "The database’s changes arrive where they are kept", group=DATABASE, lapses=True, alarm=True
)
def check_archive() -> ReadinessResult:
    """Otherwise a lost disk takes more than a minute's answers with it, and the disk fills with what waits."""
    if connection.vendor != "postgresql":
        return ReadinessResult(True, "SQLite has its nightly backup alone.")
    with connection.cursor() as cursor:
        cursor.execute(FAILED_ARCHIVE)
        failed = cursor.fetchone()
    if not failed:
        return ReadinessResult(True, "Nothing waits to be archived, or nothing is archived but the nightly backup.")
    return ReadinessResult(
        False,
        "The last change could not be archived: what is lost with the disk grows.",
        f"As postgres: pgbackrest --stanza=voice check. It cannot archive {failed[0]}.",
    )

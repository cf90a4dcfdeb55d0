"""Readiness checks: PostgreSQL's log holds no answer, and what it archives arrives."""

from django.db import connection

from consultation.readiness import ReadinessResult, readiness_check

DATABASE = "How the machine is set up"
FAILED_ARCHIVE = """SELECT last_failed_wal FROM pg_stat_archiver
    WHERE current_setting('archive_mode') <> 'off' AND last_failed_time > coalesce(last_archived_time, '-infinity')"""
# By default the log holds statements that failed, with their values and the second in which they came:
PRIVATE_LOG = {
    "log_min_error_statement": "panic",  # the statement that failed or waited for a lock, with its values
    "log_error_verbosity": "terse",  # "Failing row contains (...)", and the statements of a deadlock
    "log_statement": "none",
    "log_min_duration_statement": "-1",  # slow statements
    "log_min_duration_sample": "-1",
    "log_duration": "off",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


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


def list_telling_settings() -> dict[str, str]:
    """{name: value} of this connection's settings by which the log could hold an answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(PRIVATE_LOG)])
        return {name: value for name, value in sorted(cursor.fetchall()) if value != PRIVATE_LOG[name]}


def build_role_settings(role: str) -> list[str]:
    """What a superuser runs once for the site's role, which may not change these by itself. Every later connection of
    that role has them, through PgBouncer too."""
    quoted = connection.ops.quote_name(role)
    return [f"ALTER ROLE {quoted} SET {name} = '{value}'" for name, value in PRIVATE_LOG.items()]

"""Readiness check: PostgreSQL's log holds no answer."""

from django.db import connection

from cms.operations.postgresql.private_log import build_role_settings, list_telling_settings
from consultation.readiness import ReadinessResult, readiness_check

DATABASE = "How the machine is set up"


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

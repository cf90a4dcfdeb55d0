"""PostgreSQL's own log must hold no answer. By default it writes a statement that failed, with its values: closed answers
in clear, and the second in which they came.

The site's role may not change these settings by itself. A superuser sets them for it, once; every later connection of
that role has them, through PgBouncer too.
"""

from django.db import connection

# What the log would hold otherwise:
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


def list_telling_settings() -> dict[str, str]:
    """{name: value} of this connection's settings by which the log could hold an answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(PRIVATE_LOG)])
        return {name: value for name, value in sorted(cursor.fetchall()) if value != PRIVATE_LOG[name]}


def build_role_settings(role: str) -> list[str]:
    """What a superuser runs once for the site's role."""
    quoted = connection.ops.quote_name(role)
    return [f"ALTER ROLE {quoted} SET {name} = '{value}'" for name, value in PRIVATE_LOG.items()]

"""What only `manage.py doctor` looks at, beside the readiness checks: it takes seconds, asks other programs, or needs the
rights of the person who runs the server."""

import difflib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from cms.operations.doctor.readiness import SERVER_IS_HERE
from cms.operations.first_run.environment_files import COMMON, PRIVATE
from cms.settings.variables import VARIABLES, Variable
from consultation.readiness import ReadinessResult

# Values that name an example's place: children would read them.
TO_REPLACE = ("PARTNERSHIP", "DISTRICT", "EMAIL_FROM")
SQLITE_WANTED = {"journal_mode": "wal", "synchronous": 2}
# What its log must not hold is a readiness check (cms.operations.postgresql.readiness).
POSTGRESQL_WANTED = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "track_commit_timestamp": "off",
}
OLDEST_POSTGRESQL = 150000


def check_environment() -> ReadinessResult:
    """Values that are none, names that look mistyped, and values that are still an example's."""
    wrong = [
        f"{name} is {fault}" for name, value in _list_set_values() if (fault := _find_fault(VARIABLES[name], value))
    ]
    wrong += [f"{name} looks like {meant}" for name, meant in _find_mistyped()]
    wrong += [f"{name} is not set" for name in TO_REPLACE if not os.environ.get(name) and _is_used(name)]
    return ReadinessResult(
        not wrong,
        f"{', '.join(wrong)}." if wrong else f"{sum(name in os.environ for name in VARIABLES)} variables are set.",
        "Change voice.env; voice.env.sample explains each variable. Then restart the services.",
    )


def _list_set_values() -> Iterator[tuple[str, str]]:
    return ((name, os.environ[name]) for name in VARIABLES if os.environ.get(name))


def _find_fault(one: Variable, value: str) -> str:
    """What a value is in place of what it has to be; empty where it is that. The value itself may be secret."""
    if one.number and not (value.isdecimal() and int(value) > 0):
        return "no number"
    if one.choices and value not in one.choices:
        return f"none of {', '.join(one.choices)}"
    return "no file that is there" if one.is_file and not Path(value).is_file() else ""


def _is_used(name: str) -> bool:
    """Without a mail server nothing is sent, so nobody sends it."""
    return name != "EMAIL_FROM" or os.environ.get("EMAIL_HOST") != ""


def _find_mistyped() -> Iterator[tuple[str, str]]:
    for name in sorted(os.environ.keys() - VARIABLES.keys()):
        if close := difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.9):
            yield name, close[0]


def check_permissions(etc_dir: Path) -> ReadinessResult:
    """Others on this machine read neither keys nor data; the folders are ours to write. The site's user sees no keys."""
    open_ = [path for path in _list_private_paths(etc_dir) if os.path.exists(path) and path.stat().st_mode & 0o007]
    files = [path for path in (etc_dir / COMMON, etc_dir / PRIVATE) if os.path.exists(path)]
    keys = [path for path in files if path.stat().st_mode & 0o077]
    folders = [path for path in (settings.VAR_DIR, settings.BACKUP_DIR) if os.path.exists(path)]
    locked = [path for path in folders if not os.access(path, os.W_OK)]
    gone = [settings.VAR_DIR] if not os.path.exists(settings.VAR_DIR) else []
    wrong = [*(f"others can open {path}" for path in [*open_, *keys]), *(f"we cannot write {path}" for path in locked)]
    wrong += [f"there is no {path}" for path in gone]
    mend = [f"chmod o= {path}" for path in open_] + [f"chmod 600 {path}" for path in keys]
    mend += [f"chown -R voice-staff:voice-site {path}" for path in locked]
    mend += [f"install -d -o voice-staff -g voice-site -m 2770 {path}, or set VAR_DIR to where it is" for path in gone]
    return ReadinessResult(
        not wrong, f"{'; '.join(wrong)}." if wrong else "Keys and data are closed to others.", "; ".join(mend)
    )


def _list_private_paths(etc_dir: Path) -> list[Path]:
    database = [Path(settings.DATABASES["default"]["NAME"])] if connection.vendor == "sqlite" else []
    return [settings.VAR_DIR, settings.BACKUP_DIR, *database]


def check_database_settings() -> ReadinessResult:
    """The database loses nothing that was thanked, and answers travel to it unread."""
    wrong = list(_find_sqlite_faults() if connection.vendor == "sqlite" else _find_postgresql_faults())
    return ReadinessResult(
        not wrong,
        f"{', '.join(wrong)}." if wrong else "It keeps what it confirmed.",
        "Put postgresql/voice.conf of deploy_files into conf.d and restart PostgreSQL."
        if connection.vendor == "postgresql"
        else "Run the site with cms.settings.production on a disk of this machine, not of a network.",
    )


def _find_sqlite_faults() -> Iterator[str]:
    with connection.cursor() as cursor:
        for name, wanted in SQLITE_WANTED.items():
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if found != wanted:
                yield f"{name} is {found}, not {wanted}"


def _find_postgresql_faults() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        if int(cursor.fetchone()[0]) < OLDEST_POSTGRESQL:
            yield "PostgreSQL is older than 15"
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(POSTGRESQL_WANTED)])
        for name, found in sorted(cursor.fetchall()):
            if found != POSTGRESQL_WANTED[name]:
                yield f"{name} is {found}, not {POSTGRESQL_WANTED[name]}"
        cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        encrypted = cursor.fetchone()
        cursor.execute(f"SELECT {SERVER_IS_HERE}")
        if not cursor.fetchone()[0] and not (encrypted and encrypted[0]):
            yield "answers travel to the database in clear: add sslmode=verify-full to DATABASE_URL"


def check_time_synchronisation() -> ReadinessResult:
    timedatectl = shutil.which("timedatectl")
    if not timedatectl:
        return ReadinessResult(True, "This machine has no timedatectl: its host keeps the time.")
    asked = [timedatectl, "show", "--property=NTPSynchronized", "--value"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=5)  # noqa: S603
    if done.returncode:
        return ReadinessResult(True, "timedatectl cannot answer here: its host keeps the time.")
    return ReadinessResult(
        done.stdout.strip() == "yes",
        "It follows a time server." if done.stdout.strip() == "yes" else "It follows no time server.",
        "timedatectl set-ntp true (Debian: apt-get install systemd-timesyncd)",
    )

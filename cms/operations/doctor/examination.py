"""All that `manage.py doctor` looks at: every readiness check, and what only the person at the server can see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, transaction

from cms.operations.doctor import machine_checks, proxy_checks
from consultation.readiness import ReadinessResult, list_readiness_checks


@dataclass(frozen=True)
class Finding:
    key: str
    title: str
    ok: bool
    says: str
    mend: str
    alarm: bool = False


def examine_site(*, etc_dir: Path, ask_outside: bool = True) -> Iterator[Finding]:
    for key, title, run in _list_machine_checks(etc_dir, ask_outside):
        yield _examine(key, title, run, alarm=False)
    for check in list_readiness_checks():
        yield _examine(check.key, check.title, check.run, alarm=check.alarm)


def _list_machine_checks(etc_dir: Path, ask_outside: bool) -> Iterator[tuple[str, str, Callable]]:
    yield "environment", "The environment is whole", machine_checks.check_environment
    yield "permissions", "Nobody else reads the keys and the data", lambda: machine_checks.check_permissions(etc_dir)
    yield "database-settings", "The database keeps what it confirmed", machine_checks.check_database_settings
    yield "time-server", "The clock follows a time server", machine_checks.check_time_synchronisation
    if ask_outside:
        yield "certificates", "The certificates are good", proxy_checks.check_certificates
        yield "proxy", "The proxy hands on what it should, and no more", proxy_checks.check_proxy_headers
        yield "redirect", "Plain HTTP leads to TLS", proxy_checks.check_redirect_to_tls


def _examine(key: str, title: str, run: Callable[[], ReadinessResult], *, alarm: bool) -> Finding:
    """A check that breaks is a finding, and does not hide the others."""
    try:
        with transaction.atomic():
            found = run()
    except DatabaseError as error:
        mend = "See that the database runs and DATABASE_URL is right; then: manage.py prepare_site."
        found = ReadinessResult(False, f"The database does not answer ({type(error).__name__}).", mend)
    except Exception as error:  # whatever it is, it is told
        found = ReadinessResult(False, f"This could not be checked ({type(error).__name__}: {error}).")
    return Finding(key, title, found.ok, found.says, "" if found.ok else found.mend, alarm)

"""All that `manage.py doctor` looks at: every readiness check, and what only the person at the server can see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError

from cms.operations.connection_trial import explain_refused_connection
from cms.operations.doctor import machine_checks, proxy_checks
from consultation.domain.request_time import limit_database_time
from consultation.readiness import ReadinessCheck, ReadinessResult, list_readiness_checks


@dataclass(frozen=True)
class CheckOutcome:
    key: str
    title: str
    ok: bool
    says: str
    mend: str
    alarm: bool = False


def examine_site(*, etc_dir: Path, ask_outside: bool = True) -> Iterator[CheckOutcome]:
    machine = (ReadinessCheck(*one) for one in _list_machine_checks(etc_dir, ask_outside))
    checks = [*machine, *list_readiness_checks()]
    if refused := explain_refused_connection():
        return _examine_without_database(checks, refused)
    return map(_examine_check, checks)


def _examine_without_database(checks: list[ReadinessCheck], refused: str) -> Iterator[CheckOutcome]:
    """What needs no database. All else would say one and the same, each after its patience: it is counted."""
    with limit_database_time(0):
        found = [outcome for check in checks if (outcome := _examine_alone(check))]
    says = f"{refused} {len(checks) - len(found)} checks need it and were left out."
    return iter([CheckOutcome("database", "The database lets us in", False, says, "", alarm=True), *found])


def _examine_alone(check: ReadinessCheck) -> CheckOutcome | None:
    try:
        return _describe_outcome(check, check.run_alone())
    except DatabaseError:
        return None


def _list_machine_checks(etc_dir: Path, ask_outside: bool) -> Iterator[tuple[str, str, Callable]]:
    yield "environment", "The environment is whole", machine_checks.check_environment
    yield "permissions", "Nobody else reads the keys and the data", lambda: machine_checks.check_permissions(etc_dir)
    yield "database-settings", "The database keeps what it confirmed", machine_checks.check_database_settings
    yield "time-server", "The clock follows a time server", machine_checks.check_time_synchronisation
    if ask_outside:
        yield "certificates", "The certificates are good", proxy_checks.check_certificates
        yield "proxy", "The proxy hands on what it should, and no more", proxy_checks.check_proxy_headers
        yield "redirect", "Plain HTTP leads to TLS", proxy_checks.check_redirect_to_tls


def _examine_check(check: ReadinessCheck) -> CheckOutcome:
    return _describe_outcome(check, check.run_safely())


def _describe_outcome(check: ReadinessCheck, found: ReadinessResult) -> CheckOutcome:
    return CheckOutcome(check.key, check.title, found.ok, found.says, "" if found.ok else found.mend, check.alarm)

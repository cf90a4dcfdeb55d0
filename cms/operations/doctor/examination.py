"""All that `manage.py doctor` looks at: every readiness check, and what only the person at the server can see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cms.operations.doctor import machine_checks, proxy_checks
from consultation.readiness import ReadinessCheck, list_readiness_checks


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
    return map(_examine_check, [*machine, *list_readiness_checks()])


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
    found = check.run_safely()
    return CheckOutcome(check.key, check.title, found.ok, found.says, "" if found.ok else found.mend, check.alarm)

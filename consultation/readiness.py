"""Readiness checks: each capability declares, in its own `readiness.py`, what must be true before launch.

    @readiness_check("help-fresh", "Every help entry was checked within 90 days", lapses=True)
    def check_help_entries():
        return ReadinessResult(ok=True, says="12 entries, the oldest checked 20 days ago.")

The launch checklist (cms.operations.launch) asks for the checks by a signal, and runs them. A check changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.dispatch import Signal

from consultation.domain.signal_values import collect_return_values

MEND_DATABASE = "See that the database runs and DATABASE_URL is right; then: voice prepare_site"
readiness_asked = Signal()  # -> a ReadinessCheck


@dataclass(frozen=True)
class ReadinessResult:
    ok: bool
    says: str  # one sentence for officers: the state found, with no name of a setting or a command
    mend: str = ""  # what the person who runs the server does about it; `manage.py doctor` shows it


@dataclass(frozen=True)
class ReadinessCheck:
    key: str
    title: str
    run: Callable[[], ReadinessResult]
    group: str = ""
    # A condition that can lapse (a running worker, a fresh backup) only warns; it does not close a live site.
    lapses: bool = False
    # `/readyz` answers 503 while an alarm is not ok: somebody must act today. Quick, since a monitor asks each minute.
    alarm: bool = False

    def run_safely(self) -> ReadinessResult:
        """A check that breaks is not in order, and hides no other."""
        try:
            with transaction.atomic():  # on PostgreSQL a failed query would break the outer transaction
                return self.run_alone()
        except DatabaseError as error:
            return ReadinessResult(False, f"The database did not answer ({type(error).__name__}).", MEND_DATABASE)

    def run_alone(self) -> ReadinessResult:
        """The same without a transaction, which would ask the database: DatabaseError is the caller's."""
        try:
            return self.run()
        except DatabaseError:
            raise
        except Exception as error:
            return ReadinessResult(False, f"This could not be checked ({type(error).__name__}).")


def readiness_check(key: str, title: str, *, group: str = "", lapses: bool = False, alarm: bool = False) -> Callable:
    """Connects a receiver that answers with the check. The app's `ready()` imports the module."""

    def connect(run: Callable[[], ReadinessResult]) -> Callable[[], ReadinessResult]:
        check = ReadinessCheck(key, title, run, group, lapses, alarm)

        def answer(sender: Any, **kwargs: Any) -> ReadinessCheck:
            return check

        readiness_asked.connect(answer, weak=False, dispatch_uid=key)
        return run

    return connect


def list_readiness_checks() -> list[ReadinessCheck]:
    return collect_return_values(readiness_asked)

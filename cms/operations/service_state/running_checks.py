"""Whether anything is stuck: the readiness checks of what runs by itself, and every alarm, as they stand now."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.operations.scheduler.readiness import RUNNING
from consultation.readiness import ReadinessCheck, ReadinessResult, list_readiness_checks


@dataclass(frozen=True)
class RunningCheck:
    check: ReadinessCheck
    result: ReadinessResult

    @property
    def ok(self) -> bool:
        return self.result.ok

    @property
    def is_alarm(self) -> bool:
        """Somebody must act today."""
        return self.check.alarm and not self.ok


def list_running_checks() -> list[RunningCheck]:
    """What is stuck first."""
    found = _run_checks(check for check in list_readiness_checks() if check.alarm or check.group == RUNNING)
    return sorted(found, key=lambda one: (one.ok, not one.is_alarm))


def list_alarms() -> list[RunningCheck]:
    return [one for one in _run_checks(check for check in list_readiness_checks() if check.alarm) if not one.ok]


def _run_checks(checks: Iterable[ReadinessCheck]) -> list[RunningCheck]:
    return [RunningCheck(check, check.run_safely()) for check in checks]

"""Registry of readiness checks: each capability declares, in its own `readiness.py`, what must be true before launch.

    @check("help-fresh", "Every help entry was checked within 90 days", lapses=True)
    def help_fresh():
        return Found(ok=True, says="12 entries, the oldest checked 20 days ago.")

The launch checklist (cms.operations.launch) finds these modules and runs the checks. A check changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ReadinessResult:
    ok: bool
    says: str  # one sentence: the state found, or the action needed


@dataclass(frozen=True)
class ReadinessCheck:
    key: str
    title: str
    run: Callable[[], ReadinessResult]
    group: str = ""
    # A condition that can lapse (a running worker, a fresh backup) only warns; it does not close a live site.
    lapses: bool = False


READINESS_CHECKS: dict[str, ReadinessCheck] = {}


def register_readiness_check(key: str, title: str, *, group: str = "", lapses: bool = False) -> Callable:
    def keep(run: Callable[[], ReadinessResult]) -> Callable[[], ReadinessResult]:
        READINESS_CHECKS[key] = ReadinessCheck(key, title, run, group, lapses)
        return run

    return keep

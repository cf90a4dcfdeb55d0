"""Registry of readiness checks: each capability declares, in its own `ready.py`, what must be true before launch.

    @check("help-fresh", "Every help entry was checked within 90 days", lapses=True)
    def help_fresh():
        return Found(ok=True, says="12 entries, the oldest checked 20 days ago.")

The launch checklist (cms.launch) finds these modules and runs the checks. A check changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    ok: bool
    says: str  # one sentence: the state found, or the action needed


@dataclass(frozen=True)
class Check:
    key: str
    title: str
    run: Callable[[], Found]
    group: str = ""
    # A condition that can lapse (a running worker, a fresh backup) only warns; it does not close a live site.
    lapses: bool = False


CHECKS: dict[str, Check] = {}


def check(key: str, title: str, *, group: str = "", lapses: bool = False) -> Callable:
    def keep(run: Callable[[], Found]) -> Callable[[], Found]:
        CHECKS[key] = Check(key, title, run, group, lapses)
        return run

    return keep

"""What must be in order before the site opens: each room says how it knows, in a `ready.py` of its own.

    @check("help-fresh", "Every help entry was checked within 90 days", lapses=True)
    def help_fresh():
        return Found(ok=True, says="12 entries, the oldest checked 20 days ago.")

The launch checklist (cms.launch) finds these modules and runs the checks. A check only looks; it changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    ok: bool
    says: str  # one sentence: what is there, or what to do


@dataclass(frozen=True)
class Check:
    key: str
    title: str
    run: Callable[[], Found]
    group: str = ""
    # What comes and goes (a worker, a fresh backup) warns; it does not close a site that was whole before.
    lapses: bool = False


CHECKS: dict[str, Check] = {}


def check(key: str, title: str, *, group: str = "", lapses: bool = False) -> Callable:
    def keep(run: Callable[[], Found]) -> Callable[[], Found]:
        CHECKS[key] = Check(key, title, run, group, lapses)
        return run

    return keep

"""Sweeps for tests: they write to the file named in the environment."""

import os
import time


def _write(line):
    with open(os.environ["SWEEP_LOG"], "a", encoding="utf-8") as log:
        log.write(f"{line} {os.getpid()}\n")


def quick():
    _write("quick")
    return 3


def slow():
    _write("started")
    time.sleep(float(os.environ.get("SWEEP_SECONDS", "60")))
    _write("finished")


def broken():
    raise ValueError("the words of a child")


def unfinished():
    """Leaves something waiting, after as long as it may take."""
    _write("unfinished")
    time.sleep(float(os.environ.get("SWEEP_SECONDS", "0")))
    return False

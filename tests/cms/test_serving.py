"""`manage.py demo` keeps the site and a worker under one parent: both end together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A parent that runs two sleepers, each with a child of its own, in place of gunicorn and the worker.
PARENT = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
import django; django.setup()
from cms.management.commands import demo
demo.list_server_commands = lambda: [["sh", "-c", f"sleep 300 & echo $! >>{sys.argv[1]}; echo $$ >>{sys.argv[1]}; wait"]] * 2
demo.is_answering = lambda: True
sys.exit(demo.serve_until_stopped(announce=lambda: print("It answers.", flush=True)))
"""


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def family(tmp_path):
    """The parent, and the four processes under it."""
    log = tmp_path / "pids"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(log)], cwd=ROOT, env=dict(os.environ))
    end = time.monotonic() + 30
    while not log.exists() or len(log.read_text().split()) < 4:
        assert time.monotonic() < end and parent.poll() is None
        time.sleep(0.1)
    pids = [int(pid) for pid in log.read_text().split()]
    yield parent, pids
    for pid in pids:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    parent.kill()
    parent.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.slow
def test_ctrl_c_or_term_ends_every_process(family, number):
    parent, pids = family
    parent.send_signal(number)
    assert parent.wait(timeout=30) == 0
    assert [pid for pid in pids if alive(pid)] == []


@pytest.mark.slow
def test_when_one_of_them_ends_the_other_ends_too(family):
    parent, pids = family
    os.kill(pids[-1], signal.SIGKILL)
    assert parent.wait(timeout=30) == 1
    assert [pid for pid in pids if alive(pid)] == []

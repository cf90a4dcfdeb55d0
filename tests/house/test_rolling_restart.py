"""An upgrade restarts the web processes while people send, and no Send is refused: the socket stays open meanwhile.

As with systemd's sockets (cms/operations/deploy_files), the test holds the socket; gunicorn takes it over.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys

import pytest

from consultation.channels.web import form_tokens
from consultation.responses.response_ids import derive_response_id
from tests.house import test_survives_kills as crowds
from tests.production_site import ROOT, VENDORS, keys, looking, scratch_site, wait_for

PEOPLE = 120
# What systemd does for a service with a socket: it is number 3, and the process that finds its own number may have it.
TAKE_OVER = """
import os, sys
os.dup2({}, 3)
os.environ |= {{"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}}
os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "python:cms.operations.gunicorn", "cms.wsgi"])
"""


class SocketServer:
    """gunicorn on a socket that stays open when it ends."""

    def __init__(self, site):
        self.site, self.log = site, site.folder / "web.log"
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port, self.running = self.socket.getsockname()[1], None

    def start(self):
        with self.log.open("ab") as out:
            self.running = subprocess.Popen(
                [sys.executable, "-c", TAKE_OVER.format(self.socket.fileno())],
                cwd=ROOT,
                env=self.site.environment,
                pass_fds=(self.socket.fileno(),),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        wait_for(f"http://127.0.0.1:{self.port}", self, 120)

    def stop(self):
        """As systemd stops it: the requests at hand are answered, and new ones wait in the socket."""
        self.running.send_signal(signal.SIGTERM)
        assert self.running.wait(60) == 0

    def close(self):
        if self.running and self.running.poll() is None:
            self.running.kill()
            self.running.wait()
        self.socket.close()


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [VENDORS[0], pytest.param(VENDORS[1], marks=pytest.mark.postgres)])
def test_no_send_is_refused_while_the_web_processes_are_restarted(vendor, monkeypatch):
    monkeypatch.setattr(crowds, "PEOPLE", PEOPLE)
    monkeypatch.setattr(crowds, "CLIENTS", 6)
    monkeypatch.setattr(crowds, "ANSWER_SECONDS", 120)
    with scratch_site(vendor, keys()) as site, contextlib.closing(SocketServer(site)) as server:
        site.build()
        site.python("-m", "tests.house.small_survey")
        server.start()
        first = server.running.pid
        crowd = crowds.Crowd(server.port)
        crowd.start()
        crowd.wait_for(PEOPLE // 4)
        os.kill(first, signal.SIGHUP)  # new processes with new settings, the old ones end after their requests
        crowd.wait_for(PEOPLE // 2)
        server.stop()
        server.start()  # new code
        crowd.wait_for(PEOPLE)
        with looking(site) as ask:
            kept = ask("SELECT count(*) FROM consultation_response")
    assert crowd.failures == [] and server.running.pid != first
    assert [person.sends for person in crowd.thanked] == [1] * PEOPLE, "each first Send was thanked"
    assert kept == PEOPLE == len({_identify(person) for person in crowd.thanked})


def _identify(person):
    return derive_response_id(form_tokens.read_form_token(person.token).nonce)

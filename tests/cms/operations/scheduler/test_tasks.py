"""A monitor elsewhere hears from the site while screening is caught up, and no longer."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from cms.operations.scheduler import tasks
from cms.operations.scheduler.heartbeats import record_heartbeat
from cms.operations.scheduler.models import Heartbeat, SweepRun
from cms.operations.scheduler.screening_watch import SCREENING

pytestmark = pytest.mark.django_db


@pytest.fixture
def monitor(settings):
    """The paths that a monitor was asked for."""
    asked = []

    class Monitor(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *told):
            pass

    server = HTTPServer(("127.0.0.1", 0), Monitor)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.WORKER_PING_URL = f"http://127.0.0.1:{server.server_port}/ping/abc"
    yield asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_monitor_is_asked_while_screening_is_caught_up_and_not_when_it_stands_still(monitor):
    tasks.ping_monitor()
    assert monitor == [], "nothing was screened yet"
    now = timezone.now()
    run = SweepRun.objects.create(name=SCREENING, due_at=now, caught_up_at=now)
    tasks.ping_monitor()
    assert monitor == ["/ping/abc"]
    run.caught_up_at = now - timedelta(minutes=6)
    run.save()
    tasks.ping_monitor()
    assert monitor == ["/ping/abc"], "though it finishes each half minute"


def test_a_site_without_a_monitor_asks_nobody(settings, monkeypatch):
    SweepRun.objects.create(name=SCREENING, due_at=timezone.now(), caught_up_at=timezone.now())
    monkeypatch.setattr(tasks.urllib.request, "urlopen", lambda *asked, **more: 1 / 0)
    tasks.ping_monitor()
    settings.WORKER_PING_URL = "http://127.0.0.1:9/"
    with pytest.raises(ZeroDivisionError):
        tasks.ping_monitor()


def test_old_clocks_and_heartbeats_are_pruned():
    record_heartbeat("gone", timezone.now() - timedelta(days=2))
    SweepRun.objects.create(name="no.longer.listed", due_at=timezone.now())
    tasks.prune_schedule()
    assert not Heartbeat.objects.exists() and not SweepRun.objects.exists()

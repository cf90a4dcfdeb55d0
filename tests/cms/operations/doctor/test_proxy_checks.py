"""The doctor asks the site through a real nginx: certificates, names, headers, and the way from HTTP to TLS."""

import contextlib
import io
import json
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cms.operations.doctor import examination, proxy_checks
from tests.cms.operations.deploy_files.local_nginx import SAY, STAFF, Upstream, plan_on_loopback, run_nginx

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.any_database]


class SiteInside(BaseHTTPRequestHandler):
    """Hands each request to this process's own site, as gunicorn would."""

    protocol_version = "HTTP/1.1"
    more: dict = {}

    def do_GET(self):
        headers = {**dict(self.headers), **SiteInside.more}
        if self.path == "/accounts/login/":  # which would need the database of another thread
            status, body = (200 if headers["Host"] == STAFF else 404), b""
        else:
            answer = Client().get(self.path, headers=headers)
            status, body = answer.status_code, answer.content
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def proxied(settings, monkeypatch):
    """A site behind nginx, whose names lead to loopback here."""
    upstream = Upstream(("127.0.0.1", 0), SiteInside)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    port = upstream.server_address[1]
    with plan_on_loopback(port, port) as (folder, plan), run_nginx(folder, plan):
        settings.SITE_URL, settings.STAFF_HOST = f"https://{SAY}:{plan.https_listens[0].rpartition(':')[2]}", STAFF
        settings.PROXY_LIMITS = True
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        known, plain = socket.getaddrinfo, int(plan.http_listens[0].rpartition(":")[2])

        def find(host, port, *rest, **more):
            return known("127.0.0.1", plain if port == 80 else port, *rest, **more)

        monkeypatch.setattr(socket, "getaddrinfo", find)
        context = ssl.create_default_context(cafile=folder / "tls" / f"{SAY}.pem")
        context.load_verify_locations(folder / "tls" / f"{STAFF}.pem")
        monkeypatch.setattr(proxy_checks, "build_tls_context", lambda: context)
        monkeypatch.setattr(SiteInside, "more", {})
        yield
    upstream.shutdown()
    upstream.server_close()


@pytest.mark.django_db
def test_the_doctor_asks_through_the_proxy_and_finds_ours_in_order(proxied, tmp_path, monkeypatch):
    monkeypatch.setattr(examination, "list_readiness_checks", list)  # test_doctor runs those
    said = io.StringIO()
    with contextlib.suppress(CommandError):  # of a test's site other things are wrong
        call_command("doctor", etc_dir=tmp_path, as_json=True, stdout=said)
    found = {one["key"]: one for one in json.loads(said.getvalue())["checks"]}
    for key in ("certificates", "proxy", "redirect"):
        assert found[key]["ok"], found[key]["says"]


def test_a_certificate_that_nobody_trusts_or_that_ends_soon_is_found(proxied, monkeypatch):
    monkeypatch.setattr(proxy_checks, "FEWEST_DAYS", 60)
    assert "the certificate ends in 29 days" in proxy_checks.check_certificates().says
    monkeypatch.setattr(proxy_checks, "build_tls_context", ssl.create_default_context)
    assert "self-signed certificate" in proxy_checks.check_certificates().says


def test_a_proxy_that_hands_on_addresses_and_hides_the_scheme_is_found(proxied, monkeypatch):
    """As another proxy would, between nginx and the site."""
    more = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "http", "Host": "127.0.0.1", "X-Counted": ""}
    monkeypatch.setattr(SiteInside, "more", more)
    found = proxy_checks.check_proxy_headers()
    assert not found.ok and found.mend
    assert "addresses of people reach the site (X-Forwarded-For)" in found.says
    assert "the proxy does not say that it ends TLS" in found.says
    assert "does not hand the name on" in found.says
    assert "nothing counts guesses by address" in found.says


def test_a_site_that_nobody_reaches_is_told_kindly(settings, monkeypatch):
    settings.SITE_URL, settings.STAFF_HOST = "https://127.0.0.1:1", ""
    assert "does not answer (ConnectionRefusedError)" in proxy_checks.check_certificates().says
    assert "cannot be asked through its proxy" in proxy_checks.check_proxy_headers().says

"""What `manage.py doctor` learns by asking the site from outside, through the proxy: certificates, hosts and headers."""

import json
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from cms.operations.health import PROBE_HEADER, probe_signer
from consultation.readiness import ReadinessResult

SECONDS = 5
FEWEST_DAYS = 21
MEND_PROXY = "Use nginx/nginx.conf of deploy_files, or give your proxy the same headers; then `nginx -t` and reload."


def build_tls_context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _ask_site(host: str, path: str, headers: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes, Any]:
    """The reply to one request over TLS, and the certificate."""
    port = urlsplit(settings.SITE_URL).port or 443
    connection = HTTPSConnection(host, port, timeout=SECONDS, context=build_tls_context())
    try:
        connection.request("GET", path, headers=headers or {})
        certificate = connection.sock.getpeercert()
        reply = connection.getresponse()
        return reply, reply.read(), certificate
    finally:
        connection.close()


def _list_hosts() -> list[str]:
    return [host for host in (urlsplit(settings.SITE_URL).hostname, settings.STAFF_HOST) if host]


def check_certificates() -> ReadinessResult:
    said = []
    for host in _list_hosts():
        try:
            _, _, certificate = _ask_site(host, "/livez")
        except ssl.SSLCertVerificationError as error:
            said.append(f"{host}: {error.verify_message}")
        except (OSError, HTTPException) as error:
            said.append(f"{host} does not answer ({type(error).__name__})")
        else:
            days = int((ssl.cert_time_to_seconds(certificate["notAfter"]) - time.time()) / 86400)
            if days < FEWEST_DAYS:
                said.append(f"{host}: the certificate ends in {days} days")
    return ReadinessResult(
        not said,
        f"{'; '.join(said)}." if said else "Both hosts answer, and their certificates are good for three weeks.",
        "Renew the certificate (certbot renew), and see that nginx runs: systemctl status nginx.",
    )


def check_proxy_headers() -> ReadinessResult:
    """The proxy ends TLS and says so, hands the host on and no address, and keeps staff pages off the public name."""
    try:
        said = list(_find_proxy_faults())
    except (OSError, HTTPException, ValueError) as error:
        said = [f"the site cannot be asked through its proxy ({type(error).__name__})"]
    return ReadinessResult(
        not said,
        f"{'; '.join(said)}." if said else "It hands on host and scheme, and no address.",
        MEND_PROXY,
    )


def _find_proxy_faults():
    public, *staff = _list_hosts()
    for host in (public, *staff):
        forged = {PROBE_HEADER: probe_signer.sign("probe"), "X-Forwarded-For": "192.0.2.1"}
        _, body, _ = _ask_site(host, "/livez", forged)
        found = json.loads(body)
        if not found["secure"]:
            yield f"{host}: the proxy does not say that it ends TLS (X-Forwarded-Proto)"
        if found["host"].partition(":")[0] != host:
            yield f"{host}: the proxy does not hand the name on (Host)"
        if settings.PROXY_LIMITS and not found["counted"]:
            yield f"{host}: nothing counts guesses by address, for PROXY_LIMITS=1 is true of the nginx of deploy_files alone"
        if found["addresses"]:
            yield f"{host}: addresses of people reach the site ({', '.join(found['addresses'])})"
    if staff and _ask_site(public, "/accounts/login/")[0].status != 404:
        yield f"{public} shows pages of staff"
    if staff and _ask_site(staff[0], "/accounts/login/")[0].status != 200:
        yield f"{staff[0]} does not show the sign-in page"


def check_redirect_to_tls() -> ReadinessResult:
    host = _list_hosts()[0]
    connection = HTTPConnection(host, 80, timeout=SECONDS)
    try:
        connection.request("GET", "/")
        where = connection.getresponse().getheader("Location", "")
    except (OSError, HTTPException) as error:
        return ReadinessResult(False, f"Port 80 does not answer ({type(error).__name__}).", MEND_PROXY)
    finally:
        connection.close()
    ok = where.startswith("https://")
    return ReadinessResult(ok, "Port 80 leads to TLS." if ok else "Port 80 does not lead to TLS.", MEND_PROXY)

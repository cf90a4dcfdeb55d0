"""A real nginx with the generated configuration, on loopback, and a small upstream in place of the site."""

import contextlib
import datetime
import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cms.operations.deploy_files import file_writer
from cms.operations.deploy_files.server_plan import ServerPlan
from tests.missing_programs import SERVER_PROGRAMS
from tests.production_site import free_port

SAY, STAFF = "say.example.org", "staff.example.org"


def write_certificate(folder, host):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=30))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False).sign(
        key, hashes.SHA256()
    )
    (folder / f"{host}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / f"{host}.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))


class Echo(BaseHTTPRequestHandler):
    """Answers everything, and keeps the headers of the last request."""

    protocol_version = "HTTP/1.1"
    seen: dict = {}
    slow = 0.0  # seconds until it answers
    away = False  # as a site that has died: it ends the connection and says nothing

    def do_GET(self):
        if Echo.away:
            self.close_connection = True
            return
        Echo.seen = dict(self.headers)
        time.sleep(Echo.slow)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


class Upstream(ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True


@dataclass
class Nginx:
    plan: ServerPlan
    folder: Path
    upstream: Upstream
    context: ssl.SSLContext = field(default_factory=ssl._create_unverified_context)

    def ask(self, method, path, host=SAY, body=None, headers=(), connection=None):
        """Status and content. TLS to loopback, with the name in Host, as nginx chooses its server by SNI or Host."""
        opened = connection or self.connect()
        opened.request(method, path, body, {"Host": host, **dict(headers)})
        reply = opened.getresponse()
        content = reply.read()
        if connection is None:
            opened.close()
        return reply.status, content

    def connect(self, source="127.0.0.1"):
        """A connection from this address, of which loopback has many."""
        port = int(self.plan.https_listens[0].rpartition(":")[2])
        return HTTPSConnection("127.0.0.1", port, timeout=20, context=self.context, source_address=(source, 0))


@contextlib.contextmanager
def plan_on_loopback(public_port, staff_port):
    """A plan whose folders are in a temporary one that nginx's workers may enter."""
    folder = Path(tempfile.mkdtemp(prefix="voice-nginx-"))
    folder.chmod(0o755)
    for name in ("tls", "log", "cache", "pages"):
        (folder / name).mkdir()
    for host in (SAY, STAFF):
        write_certificate(folder / "tls", host)
    try:
        yield (
            folder,
            ServerPlan(
                user="www-data" if os.geteuid() == 0 else "",
                pid=str(folder / "nginx.pid"),
                log_dir=str(folder / "log"),
                certificates=str(folder / "tls"),
                cache_dir=str(folder / "cache" / "voice"),
                pages_dir=str(folder / "pages"),
                public_address=f"127.0.0.1:{public_port}",
                staff_address=f"127.0.0.1:{staff_port}",
                http_listens=(f"127.0.0.1:{free_port()}",),
                https_listens=(f"127.0.0.1:{free_port()}",),
                sends_at_once=60,
            ),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def run_nginx(folder, plan, hurry=1):
    """`hurry`: its patience with clients is so many times shorter."""
    (folder / "pages" / "busy.html").write_text(file_writer.render_file("nginx/busy.html", plan))
    conf = file_writer.render_file("nginx/nginx.conf", plan)
    patience = re.compile(r"(?<=client_header_timeout )\d+(?=s;)|(?<=client_body_timeout )\d+(?=s;)")
    conf = patience.sub(lambda seconds: str(int(seconds[0]) // hurry), conf)
    (folder / "nginx.conf").write_text(conf)
    command = [SERVER_PROGRAMS["nginx"], "-e", str(folder / "log" / "start"), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True, capture_output=True, text=True)
    running = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        host, _, port = plan.https_listens[0].rpartition(":")
        for _ in range(100):
            with contextlib.suppress(ConnectionRefusedError), socket.create_connection((host, int(port))):
                break
            time.sleep(0.05)
        yield
    finally:
        running.terminate()
        running.wait(timeout=10)

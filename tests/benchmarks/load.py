"""A cheap load client: keep-alive sockets, prepared bytes, a new anonymous visitor each time.

One journey is a GET of the form and a POST of the answers with the form's hidden fields. It talks to loopback only,
and every loop is bounded in count and time.
"""

import gzip
import multiprocessing
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode, urlsplit

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"set-cookie: *([^;\r]+)", re.IGNORECASE)
HIDDEN_INPUT = re.compile(r"<input\b[^>]*\btype=[\"']?hidden[^>]*>", re.IGNORECASE)
NAME, VALUE = re.compile(r"\bname=\"?([^\"\s>]+)"), re.compile(r"\bvalue=\"?([^\"\s>]*)")


class Failed(Exception):
    """The server's answer was not the one that the journey expects."""


@dataclass(frozen=True)
class Journey:
    """Where a form is, what is answered, and what the page after it says."""

    name: str
    address: str
    path: str
    answers: str  # urlencoded
    thanks: bytes = b"Thank you"


@dataclass
class Measured:
    """What came of one journey at one number of clients; parts of several rounds add up."""

    laps: list = field(default_factory=list)  # seconds, sorted
    errors: list = field(default_factory=list)
    seconds: float = 0.0
    cpu: dict = field(default_factory=dict)  # {process tree: CPU seconds}

    def add(self, laps, errors, seconds, cpu):
        self.laps = sorted(self.laps + laps)
        self.errors += errors
        self.seconds += seconds
        for name, used in cpu.items():
            self.cpu[name] = self.cpu.get(name, 0.0) + used

    def percentile(self, share):
        """Milliseconds within which this share of the journeys ended."""
        return round(self.laps[min(len(self.laps) - 1, int(share * len(self.laps)))] * 1000, 2)

    def cpu_ms(self, *names):
        """CPU milliseconds of these process trees (all of them without a name) for one journey."""
        used = sum(seconds for name, seconds in self.cpu.items() if not names or name in names)
        return used * 1000 / len(self.laps)

    @property
    def per_second(self):
        return len(self.laps) / self.seconds


class Connection:
    """Just enough HTTP for a server that tells its lengths."""

    def __init__(self, address):
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port
        if self.host != "127.0.0.1":
            raise ValueError(f"{address} is not this machine")
        self.socket = None

    def request(self, method, path, body=b"", cookie=b""):
        """(status, cookie, body); a connection that the server closed while idle is opened again, once."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept-Encoding: gzip\r\n".encode()
        if cookie:
            head += b"Cookie: " + cookie + b"\r\n"
        if method == "POST":
            head += b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(body)
        try:
            return self._exchange(head + b"\r\n" + body)
        except (ConnectionError, Failed):
            self.close()
            return self._exchange(head + b"\r\n" + body)

    def _exchange(self, message):
        if self.socket is None:
            self.socket = socket.create_connection((self.host, self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(message)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(LENGTH.search(head)[1])
        while len(body) < length:
            body += self._more()
        if b"connection: close" in head.lower():
            self.close()
        cookie = COOKIE.search(head)
        plain = gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body
        return int(head[9:12]), cookie[1] if cookie else b"", plain

    def _more(self):
        part = self.socket.recv(65536)
        if not part:
            raise Failed("the server closed the connection")
        return part

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def hidden_fields(html):
    """urlencoded: what a browser would send back unchanged."""
    tags = HIDDEN_INPUT.findall(html)
    return urlencode(
        [(NAME.search(tag)[1], VALUE.search(tag)[1]) for tag in tags if VALUE.search(tag)], quote_via=quote_plus
    )


def travel(journey, connection):
    """One visitor: opens the form, sends it, is thanked."""
    status, cookie, page = connection.request("GET", journey.path)
    if status != 200:
        raise Failed(f"{journey.name}: GET gives {status}")
    body = f"{hidden_fields(page.decode())}&{journey.answers}".encode()
    status, _, page = connection.request("POST", journey.path, body, cookie)
    if status != 200 or journey.thanks not in page:
        raise Failed(f"{journey.name}: POST gives {status}: {page[:300]!r}")


def _clients(journey, clients, count, seconds, results):
    lock, todo, stop = threading.Lock(), iter(range(count)), time.perf_counter() + seconds
    laps, errors = [], []

    def client():
        connection = Connection(journey.address)
        while time.perf_counter() < stop:
            with lock:
                if next(todo, None) is None:
                    break
            began = time.perf_counter()
            try:
                travel(journey, connection)
            except (Failed, OSError) as error:
                errors.append(str(error))
                connection.close()
            else:
                laps.append(time.perf_counter() - began)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((laps, errors, time.perf_counter() - began))


def drive(journey, *, clients, count, seconds):
    """(laps, errors, seconds) of at most `count` journeys by so many clients, in a process of their own."""
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    process = context.Process(target=_clients, args=(journey, clients, count, seconds, results))
    process.start()
    done = results.get(timeout=seconds + 120)
    process.join()
    return done

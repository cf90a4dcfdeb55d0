"""Build the demo (database, roles, static files, example data), then serve the site with a worker."""

import contextlib
import gc
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

from cms.demo.demo_channels import renew_tablet_pin
from cms.demo.demo_loader import issue_demo_receipt, load_demo
from cms.demo.demo_staff import list_demo_logins
from cms.demo.empty_tables import write_empty_tables

MOST_SECONDS = 60  # to wait for the first page


class Command(BaseCommand):
    help = "Build the demo and serve it on 127.0.0.1:8000, with a worker. Ctrl-C ends both; the data stays."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--fresh", action="store_true", help="throw the data away and start over")
        parser.add_argument("--no-serve", action="store_true", help="build only")
        parser.add_argument("--real", metavar="DIR", help="load the real comments of this folder beside the demo")

    def handle(self, *, fresh, no_serve, real, **options):
        if not settings.DEMO:
            raise CommandError("This is not a demo: production data is never filled with examples.")
        if fresh:
            delete_demo_data()
        if not os.environ.get("NO_MIGRATIONS"):
            write_empty_tables(settings.DATABASES["default"])
        call_command("migrate", verbosity=0, run_syncdb=bool(os.environ.get("NO_MIGRATIONS")))
        # What the site has loaded stays: nobody need look through it again and again.
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        call_command("sync_roles", stdout=open(os.devnull, "w"))  # noqa: SIM115
        call_command("collectstatic", interactive=False, verbosity=0)
        load_demo(Path(real) if real else None, say=self.stdout.write)
        addresses = describe_demo_addresses()
        connections.close_all()

        def announce():
            self.stdout.write(addresses)
            self.stdout.flush()  # while it serves, nothing else empties a pipe's buffer

        if no_serve:
            announce()
        else:
            sys.exit(serve_until_stopped(announce))


def delete_demo_data():
    """Delete the embedded database, its media and its mails. A database server's data is never dropped."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"]:
        raise CommandError("--fresh only throws an embedded database away. Drop and create yours, then run again.")
    connections.close_all()
    for ending in ("", "-wal", "-shm"):
        Path(f"{database['NAME']}{ending}").unlink(missing_ok=True)
    for folder in (settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH):
        shutil.rmtree(folder, ignore_errors=True)


def site_url():
    return f"http://{os.environ.get('BIND', '127.0.0.1:8000')}"


def describe_demo_addresses():
    here = site_url()
    places = ["", f"Have your say   {here}/en/", f"Sign in         {here}/accounts/login/", ""]
    words = issue_demo_receipt()
    kept = [f"Come back to an answer at {here}/en/receipt/ with the words: {' '.join(words)}"] if words else []
    pin = renew_tablet_pin()
    tablet = [f"Try a shared tablet at {here}/en/kiosk/ with the PIN {pin}"] if pin else []
    mail = [f"Mails that the demo sends are files in {settings.EMAIL_FILE_PATH}"]
    return "\n".join([*places, *list_demo_logins(), *kept, *tablet, *mail, ""])


def list_server_commands():
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:cms.operations.gunicorn", "cms.wsgi"]
    return [gunicorn, [*manage, "worker"]]


def is_answering():
    """Whether the site replies at all: an error, too, is no reason to wait longer."""
    try:
        urllib.request.urlopen(f"{site_url()}/en/", timeout=10).close()  # noqa: S310
    except urllib.error.HTTPError:
        return True
    except OSError:  # not listening yet
        return False
    return True


def serve_until_stopped(announce):
    """Run the site and a worker as child processes; when one ends, or on a signal, end both. Returns the exit code.

    `announce` is called once the site answers, or after MOST_SECONDS. The worker starts after that: its start would
    delay the first page.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "cms.settings.dev"),
    }
    told = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: told.append(number))

    def start(command):
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)  # noqa: S603

    web, *waiting = list_server_commands()
    children, late = [start(web)], time.monotonic() + MOST_SECONDS
    try:
        while not told and all(child.poll() is None for child in children):
            if waiting and (is_answering() or time.monotonic() > late):
                announce()
                children += map(start, waiting)
                waiting = []
            time.sleep(0.2)
    finally:
        end_processes(children)
    return 0 if told else 1


def end_processes(children):
    """Send TERM to each process group, wait up to 25 seconds, then KILL the rest."""
    for child in children:
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + 25
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _signal_group(child, number):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)

"""A real site for journeys: the demo, built once a session, served by gunicorn with a worker beside it."""

import contextlib
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.missing_programs import CHROMIUM
from tests.production_site import Site as Processes
from tests.production_site import free_port, keys

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
WIDTHS = (320, 768, 1280)


def environment(folder):
    """The site as a newcomer runs it, with all its data in one folder; one process serves one browser."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "NO_MIGRATIONS")}
    return kept | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.journeys.settings", "WEB_WORKERS": "1"}


def manage(folder, *arguments, text=None):
    """Run manage.py on the site and return its output; fail with all output."""
    done = subprocess.run(
        [*MANAGE, *arguments], cwd=ROOT, env=environment(folder), input=text, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory, worker_id):
    """The folder of a built demo, made by whichever test process comes first; JOURNEY_DEMO names one made before."""
    if os.environ.get("JOURNEY_DEMO"):
        return Path(os.environ["JOURNEY_DEMO"])
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demo"
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            folder.mkdir(exist_ok=True)
            Processes(folder, f"sqlite:///{folder}/voice.sqlite3", keys()).make_tables()
            output = manage(folder, "demo", "--no-serve")
            (folder / "done").write_text(output)
    return folder


@dataclass
class Site:
    url: str
    folder: Path
    printed: str

    def shell(self, code):
        """Run Python in the site's environment and return its output."""
        return manage(self.folder, "shell", "-v0", "-c", code).strip()

    def ask(self, sql, *values):
        """One value of the site's database."""
        with contextlib.closing(sqlite3.connect(self.folder / "voice.sqlite3", timeout=20)) as opened:
            return opened.execute(sql, values).fetchone()[0]


def wait_for(url, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            return urllib.request.urlopen(url, timeout=2).status
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {seconds} seconds")


@contextmanager
def served(built, folder):
    """A copy of the demo, served on a port of its own."""
    shutil.copytree(built, folder)
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
    with open(folder / "server.log", "w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment(folder), stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield Site(f"http://127.0.0.1:{port}", folder, (built / "done").read_text())
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="module")
def site(built_demo, tmp_path_factory):
    """A site of its own for each module's tests."""
    with served(built_demo, tmp_path_factory.mktemp("site") / "var") as made:
        yield made


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def kept_contexts():
    """Contexts of the browser that the tests of a module share."""
    return []


@pytest.fixture(autouse=True)
def no_page_outlives_its_test(request, kept_contexts):
    """Close what a test opened: a page that stays keeps its process, its timers and its memory."""
    yield
    opened = request.getfixturevalue("chromium").contexts if "chromium" in request.fixturenames else ()
    for context in [context for context in opened if context not in kept_contexts]:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # a test's stand-in for the network may be at work, or never end
        context.close()


@pytest.fixture(scope="module")
def html_errors(tmp_path_factory):
    """html_errors([(name, html), ...]): what the Nu HTML checker, started once a module, finds wrong in those pages."""
    from tests.journeys.html_checker import html_checker

    with html_checker(tmp_path_factory.mktemp("nu") / "log") as check:
        yield lambda pages: [error for name, html in pages for error in check(name, html)]


@pytest.fixture
def new_page(chromium, site):
    """new_page(width=, javascript=): a fresh visitor's page on the site."""

    def make(width=1280, javascript=True, **more):
        context = chromium.new_context(
            base_url=site.url, viewport={"width": width, "height": 900}, java_script_enabled=javascript, **more
        )
        return context.new_page()

    return make


@pytest.fixture
def sign_in(new_page):
    """sign_in("planner@example.org"): a page of that person, past the sign-in form."""

    def enter(email, **options):
        return pass_sign_in(new_page(**options), email)

    return enter


def pass_sign_in(page, email):
    """Sign in on that page as that member of the demo's staff."""
    from cms.demo.demo_staff import PASSWORD

    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit], main form button:not([name])")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


@pytest.fixture
def parks(home):
    """A small consultation with a branch, in two languages."""
    from tests.factories import consultation, question

    items = [
        question("a", "multiple", ["Parks", "Town"]),
        question("b", "single", ["Bus", "Walk"], show_if={"question": "q-a", "any_of": ["a-2"]}),
        question("c", "long_text"),
    ]
    page, version = consultation(home, items=items)
    version.content["languages"] = ["en", "ur"]
    return page


@pytest.fixture
def tablet(chromium, live_server):
    """tablet(width=768): a fresh browser on the site."""

    def make(width=768, **options):
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 1024}, has_touch=True, **options
        )
        return context.new_page()

    return make


@pytest.fixture
def signed_in(tablet, client_as, live_server):
    """signed_in("moderator", width=1280): a browser of that member of staff."""

    def enter(role, **options):
        page, client = tablet(**options), client_as(role)
        cookies = [
            {"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()
        ]
        page.context.add_cookies(cookies)
        return page

    return enter


@pytest.fixture
def page_of(chromium, live_server, person):
    """page_of("moderator"), page_of(reader, width=320, javascript=False): a browser of that member of staff."""
    from django.test import Client

    def enter(user, width=1280, javascript=True, **more):
        client = Client()
        user = person(user) if isinstance(user, str) else user
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=javascript, **more
        )
        context.add_cookies([{"name": "staff", "value": client.cookies["staff"].value, "url": live_server.url}])
        return context.new_page()

    return enter


@pytest.fixture
def opened(page_of):
    """opened("/staff/paper/", role="moderator"): a page of a member of staff, open there."""

    def open_page(path, role="moderator", **options):
        page = page_of(role, **options)
        page.goto(path)
        return page

    return open_page

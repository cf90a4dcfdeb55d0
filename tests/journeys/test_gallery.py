"""The gallery reaches every state of every page, takes its pictures, and no state has a barrier."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gallery.gallery_registry import FACES, all_states
from tests.gallery.gallery_viewports import FIRST, plan_visits
from tests.journeys.conftest import ROOT, environment
from tests.journeys.test_every_page import findings, nu, sideways
from tests.missing_programs import take_your_time

pytestmark = [pytest.mark.journey, pytest.mark.slow]
STATES = all_states()


@pytest.fixture(scope="module")
def out(site, tmp_path_factory):
    """A gallery of the demo on a phone, in English and Urdu, light and dark, looked at by axe. That every
    public page is in every other language, and has room for it, is seen in test_every_page."""
    take_your_time()
    folder = tmp_path_factory.mktemp("gallery")
    command = [
        sys.executable,
        "-m",
        "tests.gallery",
        "--site",
        site.url,
        "--out",
        str(folder),
        "--width",
        "320",
        "--check",
    ]
    command += [part for code in FIRST for part in ("--language", code)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(site.folder), capture_output=True, text=True, timeout=3000
    )
    assert (folder / "index.html").exists(), done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def shown(out):
    return {one["name"]: one for one in json.loads((out / "gallery.json").read_text())}


def test_every_state_is_reached_and_has_its_pictures(out, shown):
    for state in STATES:
        taken = plan_visits(state, FIRST, (320,))
        wanted = [visit.file(state, look) for visit in taken for look in visit.looks]
        assert [picture["file"] for picture in shown[state.name]["pictures"]] == wanted
        assert all((out / name).read_bytes().startswith(b"\x89PNG") for name in wanted)


def test_axe_finds_nothing_and_nothing_scrolls_sideways_in_any_state(shown):
    assert {name: one["problems"] for name, one in shown.items() if one["problems"]} == {}


@pytest.mark.nu
def test_the_markup_of_every_state_is_valid(out, shown, tmp_path):
    pages = [
        (f"{name} in {language}", (out / file).read_text())
        for name, one in shown.items()
        for language, file in one["markup"].items()
    ]
    assert nu(pages, tmp_path) == []


@pytest.mark.nu
def test_the_gallery_itself_can_be_read_by_everyone(out, chromium, tmp_path):
    from tests.gallery.accessibility_scan import _load_axe_source

    page = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto((out / "index.html").as_uri())
    assert findings(page, _load_axe_source()) == []
    assert sideways(page) <= 0
    assert page.locator("h2").count() == len(FACES)
    assert page.locator("h3").count() == len(STATES)
    assert page.locator(".shots a img:not([alt=''])").count() == page.locator(".shots li").count()
    assert nu([("index.html", Path(out, "index.html").read_text())], tmp_path) == []

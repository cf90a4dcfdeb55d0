"""The gallery reaches every state of every page, takes its pictures, and no state has a barrier."""

import json
import subprocess
import sys

import pytest

from tests.gallery.accessibility_scan import findings
from tests.gallery.gallery_registry import FACES, all_states
from tests.gallery.gallery_viewports import FIRST, WIDTHS, plan_visits
from tests.journeys.conftest import ROOT, environment
from tests.journeys.test_every_page import sideways
from tests.missing_programs import take_your_time

pytestmark = [pytest.mark.journey, pytest.mark.slow]
STATES = all_states()
# One of each kind: a picture in each look, of paper, without a script, of a member of staff, and each of a report.
PICTURED = ("before-home", "before-listening", "staff-desk-guide", "staff-report", "staff-compare")


def gallery(site, folder, languages, *words):
    """The folder of a gallery of the demo in these languages."""
    take_your_time()
    command = [sys.executable, "-m", "tests.gallery", "--site", site.url, "--out", str(folder), *words]
    command += [part for code in languages for part in ("--language", code)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(site.folder), capture_output=True, text=True, timeout=3000
    )
    assert (folder / "index.html").exists(), done.stdout + done.stderr
    return folder


def told(folder):
    """What it says of each state, by the state's name."""
    return {one["name"]: one for one in json.loads((folder / "gallery.json").read_text())}


@pytest.fixture(scope="module")
def looked(site, tmp_path_factory):
    """Every state on a phone, light and dark, looked at by axe; no pictures, which nobody would look at. That every
    public page is in every other language, and has room for it, is seen in test_every_page, and each type of question
    from right to left in test_question_types."""
    return gallery(site, tmp_path_factory.mktemp("looked"), ("en",), "--width", "320", "--check", "--no-pictures")


@pytest.fixture(scope="module")
def pictured(site, tmp_path_factory):
    """Pictures of a few states, in every look."""
    return gallery(
        site, tmp_path_factory.mktemp("pictured"), FIRST, *(part for name in PICTURED for part in ("--only", name))
    )


def test_every_state_is_reached(looked):
    for name, one in told(looked).items():
        visits = plan_visits(next(state for state in STATES if state.name == name), ("en",), (320,))
        assert len(one["reached"]) == len(visits), (name, one["problems"])
    assert list(told(looked)) == [state.name for state in STATES]


def test_axe_finds_nothing_and_nothing_scrolls_sideways_in_any_state(looked):
    assert {name: one["problems"] for name, one in told(looked).items() if one["problems"]} == {}


def test_faint_words_among_others_of_their_kind_are_found(chromium):
    page = chromium.new_page()
    page.set_content("<p>One</p><p>Two</p><p>Three</p><p style='color: #aaa'>Faint</p>")
    assert "color-contrast: p:nth-child(4)" in findings(page)
    page.locator("p").last.evaluate("one => { one.style.color = '' }")
    assert not any("contrast" in each for each in findings(page))


def test_words_outside_their_card_are_found(chromium):
    page = chromium.new_page()
    page.set_content(
        "<main><p class=card style='width: 9rem; white-space: nowrap'>Wider than the card around it</p></main>"
    )
    assert "outside its box: Wider than the card around it" in findings(page)
    page.locator("p").evaluate("one => { one.style.overflowX = 'auto' }")
    assert not any("outside" in each for each in findings(page))


@pytest.mark.nu
def test_the_markup_of_every_state_is_valid(looked, html_errors):
    pages = [
        (f"{name} in {language}", (looked / file).read_text())
        for name, one in told(looked).items()
        for language, file in one["markup"].items()
    ]
    assert len(pages) == sum(state.ours for state in STATES)
    assert html_errors(pages) == []


def test_a_state_has_its_pictures(pictured):
    shown = told(pictured)
    states = [state for state in STATES if state.name in shown]
    assert {state.name for state in states} >= set(PICTURED)
    for state in states:
        wanted = [visit.file(state, look) for visit in plan_visits(state, FIRST, WIDTHS) for look in visit.looks]
        assert [picture["file"] for picture in shown[state.name]["pictures"]] == wanted
        assert all((pictured / name).read_bytes().startswith(b"\x89PNG") for name in wanted)


@pytest.mark.nu
def test_the_gallery_itself_can_be_read_by_everyone(looked, pictured, chromium, html_errors):
    page = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
    for folder in (looked, pictured):
        page.goto((folder / "index.html").as_uri())
        assert findings(page) == []
        assert sideways(page) <= 0
        assert page.locator("h3").count() == len(told(folder))
        assert page.locator(".shots a img:not([alt=''])").count() == page.locator(".shots li").count()
        assert html_errors([("index.html", (folder / "index.html").read_text())]) == []
    page.goto((looked / "index.html").as_uri())
    assert page.locator("h2").count() == len(FACES)

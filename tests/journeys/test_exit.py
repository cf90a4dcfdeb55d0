"""The exit in a real browser: the page is blank before the next one loads, and Back shows no answer."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import expect

STATIC = Path(settings.BASE_DIR) / "consultation" / "static"
HERE, WEATHER = "http://here.test", "http://weather.test"
PAGE = """{% extends "components/base_public.html" %}{% block main %}<form>
<input id="words" value="four kind words go"><textarea id="text">My words</textarea>
<input id="box" type="checkbox" checked>
<input type="hidden" id="token" value="kept"></form>{% endblock %}"""
pytestmark = pytest.mark.journey


def answer(route, asked):
    """Serve the page, its static files and a weather page, and record requests."""
    url = route.request.url
    asked.append(url)
    if url.startswith(WEATHER):
        return route.fulfill(content_type="text/html", body="<title>Weather</title>Rain later")
    path = url.removeprefix(HERE)
    if path.startswith("/static/"):
        return route.fulfill(path=STATIC / path.removeprefix("/static/"))
    html = engines["django"].from_string(PAGE).render({}, RequestFactory().get("/"))
    return route.fulfill(content_type="text/html", body=html)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def page(settings, asked, chromium):
    settings.EXIT_URL = f"{WEATHER}/today"
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/*", lambda route: answer(route, asked))
    page.goto(f"{HERE}/en/")
    yield page
    context.close()


def test_exit_opens_the_weather_in_place_of_the_page(page):
    length = page.evaluate("history.length")
    page.click("a.exit")
    page.wait_for_url(f"{WEATHER}/**")
    assert page.evaluate("history.length") == length


def test_exit_blanks_the_page_before_the_weather_is_asked_for(page):
    page.evaluate("""addEventListener("beforeunload", () => console.log(JSON.stringify(
        [document.documentElement.hidden, document.title, words.value, text.value, box.checked])))""")
    with page.expect_console_message() as seen:
        page.click("a.exit")
    assert seen.value.text == '[true,"","","",false]'


def test_three_times_shift_leaves(page):
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"{WEATHER}/**")


def test_capital_letters_do_not_leave(page, asked):
    page.focus("#text")
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert not page.evaluate("document.documentElement.hidden")
    assert not any(url.startswith(WEATHER) for url in asked)


def test_leaving_the_page_clears_what_was_written_and_keeps_the_hidden_token(page):
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("[words.value, text.value, box.checked, token.value]") == ["", "", False, "kept"]


def test_a_page_kept_by_the_browser_is_loaded_anew(page, asked):
    before = len(asked)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.wait_for_load_state()
    expect(page.locator("#text")).to_have_value("My words")
    assert f"{HERE}/en/" in asked[before:]


def test_escape_closes_help_and_returns_to_its_control(page):
    page.click(".bar details:last-of-type summary")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.evaluate("document.querySelector('.bar details[open]')")


def test_the_keyboard_hint_shows_only_with_the_script(page):
    assert page.is_visible("[data-with-script]")

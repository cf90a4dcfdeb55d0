"""The box "May we show your words?" in a real browser: 320 px, with and without a script, by keyboard, without signal."""

import pytest
from playwright.sync_api import expect

from consultation.interface_text import get_text
from consultation.responses.models import Response
from tests.journeys.channel_steps import looked_at
from tests.journeys.small_surveys import bilingual, to_check, visit
from tests.journeys.test_languages import pick

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TAP = 44  # px
WORDS = "More lights."


@pytest.fixture
def address(home, live_server):
    bilingual(home)
    return f"{live_server.url}/LANG/have-your-say/parks/answer/"


def at_check(chromium, address, language="en", path="#qd", **options):
    page = visit(chromium, address.replace("LANG", language) + path, **options)
    page.locator("textarea").locator("visible=true").fill(WORDS)
    page.locator(".step:visible a[href='#check']").last.click()
    return page


def box(page):
    return page.locator("input[name=quote]")


def send(page):
    page.locator(".end .btn:visible").click()
    page.locator("h1", has_text="We have your answers").wait_for()


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("script", [True, False])
def test_it_stands_before_send_with_a_large_target_and_nothing_wrong(chromium, address, language, script):
    page = at_check(chromium, address, language, java_script_enabled=script)
    assert not box(page).is_checked()
    label = page.locator("label", has=box(page)).bounding_box()
    assert label["height"] >= TAP
    assert label["width"] >= 200
    assert label["x"] >= 0
    assert label["x"] + label["width"] <= 320
    assert box(page).bounding_box()["y"] < page.locator(".end .btn:visible").bounding_box()["y"]
    if script:
        assert looked_at(page) == []


def test_it_is_seen_on_no_step_before(chromium, address):
    page = visit(chromium, address.replace("LANG", "en"))
    expect(box(page)).not_to_be_visible()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("yes", [True, False])
def test_what_was_ticked_arrives(chromium, address, script, yes):
    page = at_check(chromium, address, java_script_enabled=script)
    question = page.get_by_role("group", name=get_text("check.quote"))
    if yes:
        question.get_by_role("checkbox", name="Yes").focus()
        page.keyboard.press("Space")
    send(page)
    assert Response.objects.get().may_quote is yes


def test_easy_words_ask_the_same(chromium, address):
    page = at_check(chromium, address, path="?easy=1#qd")
    expect(page.get_by_role("group", name=get_text("check.quote"))).to_be_visible()
    assert looked_at(page) == []


def test_the_tick_is_sent_when_the_signal_returns(chromium, address):
    page = at_check(chromium, address)
    box(page).check()
    page.context.set_offline(True)
    page.locator(".end .btn:visible").click()
    expect(page.locator(".signal")).not_to_be_empty()
    assert not Response.objects.exists()
    page.context.set_offline(False)
    page.locator("h1", has_text="We have your answers").wait_for()
    assert Response.objects.get().may_quote is True


def test_the_tick_stays_when_the_language_changes(chromium, address):
    page = visit(chromium, address.replace("LANG", "en"))
    to_check(page)
    box(page).check()
    pick(page, "اردو")
    expect(page.locator("html")).to_have_attribute("lang", "ur")
    assert box(page).is_checked()

"""A child asks somebody to get in touch: on a dying signal, from inside a survey, without a script, at 320 pixels."""

import json

import pytest
from playwright.sync_api import expect

from consultation.channels.web import contact_form
from consultation.responses.models import Response
from consultation.responses.vault import open_sealed_text
from consultation.safeguarding.models import ContactRequest
from tests.journeys.small_surveys import bilingual, press_next, shown, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NUMBER = "07700 900123"


@pytest.fixture
def address(home, live_server):
    return f"{live_server.url}/en/contact/"


@pytest.fixture
def survey(home, live_server):
    bilingual(home)
    return f"{live_server.url}/en/have-your-say/parks/answer/"


def fill_in(place):
    place.get_by_label("Being hurt").check()
    place.get_by_label("What should we call you?").fill("Bee")
    place.get_by_label("Send me a text").check()
    place.get_by_label("Your number or email").fill(NUMBER)
    place.get_by_label("Tuesday").check()
    place.get_by_label("At lunch time").check()


def send(place):
    place.get_by_role("button", name="Send this form").click()


def kept():
    content = json.loads(open_sealed_text(ContactRequest.objects.get().sealed))
    return [content[name] for name in ("name", "way", "how", "about", "days", "times")]


BEE = ["Bee", "text", NUMBER, ["hurt"], ["1"], ["lunch"]]


def until(page, text, seconds=240):
    """Let the page's clock run until the form's signal says so."""
    for _ in range(seconds // 8):
        if text in page.locator("#contact .signal").inner_text():
            return
        page.clock.run_for(8_000)
        page.wait_for_timeout(60)
    raise AssertionError(f"{text!r} was not said in {seconds} seconds")


def test_on_a_dying_signal_the_form_goes_on_trying_and_says_that_it_is_not_sent(chromium, address):
    page = visit(chromium, address)
    fill_in(page)
    page.context.set_offline(True)
    page.clock.install()
    send(page)
    until(page, "We are still trying")
    until(page, "It has not been sent")
    expect(page.locator("#contact .signal")).to_contain_text("What you wrote is still here.")
    assert page.title() == "Not sent yet - Have your say"
    assert page.get_by_label("Your number or email").input_value() == NUMBER
    page.context.set_offline(False)
    expect(page.locator("main")).to_contain_text("We have your form.")
    assert kept() == BEE


def test_a_form_that_was_changed_while_it_waits_does_not_go_out_half_written(chromium, address):
    page = visit(chromium, address)
    fill_in(page)
    page.context.set_offline(True)
    send(page)
    expect(page.locator("#contact .signal")).to_contain_text("still trying")
    page.get_by_label("Your number or email").press_sequentially("4", delay=0)
    expect(page.locator("#contact .signal")).to_contain_text("You changed something")
    page.context.set_offline(False)
    page.wait_for_timeout(300)
    assert not ContactRequest.objects.exists()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_refused_form_comes_back_filled(chromium, address, monkeypatch, script):
    page = visit(chromium, address, java_script_enabled=script)
    fill_in(page)
    page.get_by_label("Your number or email").fill("")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("We need a safe way to reach you.")
    assert page.get_by_label("What should we call you?").input_value() == "Bee"
    for name in ("Being hurt", "Send me a text", "Tuesday", "At lunch time"):
        assert page.get_by_label(name).is_checked(), name
    page.get_by_label("Your number or email").fill(NUMBER)
    send(page)
    expect(page.locator("main")).to_contain_text("We have your form.")
    assert kept() == BEE


def test_without_a_script_a_failure_of_ours_gives_the_form_back_filled(chromium, address, monkeypatch):
    page = visit(chromium, address, java_script_enabled=False)
    fill_in(page)
    with monkeypatch.context() as patch:
        patch.setattr(contact_form, "request_contact", lambda **_: 1 / 0)
        send(page)
        expect(page.get_by_role("alert")).to_contain_text("That is our fault")
    send(page)
    expect(page.locator("main")).to_contain_text("We have your form.")
    assert kept() == BEE


def test_the_page_says_that_closing_wipes_and_loading_again_does(chromium, address):
    page = visit(chromium, address)
    fill_in(page)
    expect(page.locator("#contact")).to_contain_text("If you close it or load it again, it is wiped.")
    page.reload()
    assert page.get_by_label("Your number or email").input_value() == ""


def test_the_last_letters_are_counted_and_no_word_is_cut(chromium, address):
    page = visit(chromium, address)
    box, left = page.get_by_label("Is there a thing you do not want us to say?"), page.locator("#not_say + .left")
    box.fill("x" * 299)
    page.wait_for_timeout(600)
    assert left.count() == 0
    box.fill("x" * 420)
    expect(left).to_contain_text("80")
    assert left.get_attribute("aria-live") == "polite"
    box.fill("x" * 510)
    expect(left).to_contain_text("Take out 10 letters.")
    assert len(box.input_value()) == 510
    box.fill("x")
    expect(left).to_be_empty()


# From inside a survey.


def open_help(page):
    page.locator(".bar details:not(#languages) summary").click()
    return page.locator(".bar details:not(#languages) > .panel")


def test_help_opens_inside_the_survey_and_no_answer_is_lost(chromium, survey):
    page = visit(chromium, survey)
    page.get_by_label("Parks").check()
    panel = open_help(page)
    panel.get_by_role("link", name="More help").click()
    expect(panel.get_by_role("heading", name="Get help now")).to_be_focused()
    panel.get_by_role("link", name="Ask someone to contact me").first.click()
    expect(panel.get_by_role("heading", name="Ask someone to contact me")).to_be_focused()
    fill_in(panel)
    panel.get_by_label("Your number or email").fill("")
    send(panel)
    expect(panel.get_by_role("alert")).to_contain_text("We need a safe way to reach you.")
    panel.get_by_role("alert").get_by_role("link").click()
    expect(panel.get_by_label("Your number or email")).to_be_focused()
    panel.get_by_label("Your number or email").fill(NUMBER)
    send(panel)
    expect(panel).to_contain_text("We have your form.")
    assert kept() == BEE and page.url == survey and len(page.context.pages) == 1
    page.keyboard.press("Escape")
    assert page.get_by_label("Parks").is_checked() and shown(page) == ["qa"]
    press_next(page)
    page.get_by_role("link", name="Check your answers").locator("visible=true").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="We have your answers")).to_be_visible()
    assert Response.objects.count() == 1


def test_help_that_was_opened_still_has_its_form_when_the_signal_dies(chromium, survey):
    page = visit(chromium, survey)
    page.get_by_label("Parks").check()
    with page.expect_response("**/en/contact/"):
        panel = open_help(page)
    page.context.set_offline(True)
    panel.get_by_role("link", name="Ask someone to contact me").click()
    fill_in(panel)
    send(panel)
    expect(panel.locator("#contact .signal")).to_contain_text("still trying")
    page.keyboard.press("Escape")
    press_next(page)
    page.context.set_offline(False)
    expect(panel).to_contain_text("We have your form.")
    assert kept() == BEE and len(shown(page)) == 1


def test_without_any_signal_the_numbers_are_there_and_it_says_so(chromium, survey):
    page = visit(chromium, survey)
    page.context.set_offline(True)
    panel = open_help(page)
    panel.get_by_role("link", name="Ask someone to contact me").click()
    expect(panel).to_contain_text("Call or text the numbers here.")
    expect(panel.locator('a[href="tel:08001111"]')).to_be_visible()


def test_without_a_script_help_opens_in_a_tab_of_its_own(chromium, survey):
    page = visit(chromium, survey, java_script_enabled=False)
    page.get_by_label("Parks").check()
    panel = open_help(page)
    expect(panel).to_contain_text("It opens in a new tab. Your answers stay here.")
    with page.context.expect_page() as opened:
        panel.get_by_role("link", name="Ask someone to contact me").click()
    fill_in(opened.value)
    send(opened.value)
    expect(opened.value.locator("main")).to_contain_text("We have your form.")
    assert kept() == BEE and page.get_by_label("Parks").is_checked()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_the_panel_scrolls_and_shows_that_it_does_on_a_small_screen(chromium, survey, script):
    page = visit(chromium, survey, width=360, java_script_enabled=script)
    page.set_viewport_size({"width": 360, "height": 560})
    panel = open_help(page)
    box, style = panel.bounding_box(), "el => getComputedStyle(el)"
    assert box["y"] + box["height"] <= 560 and box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert panel.evaluate("el => el.scrollHeight > el.clientHeight")
    assert panel.evaluate(f"el => ({style})(el).overflowY") == "auto"
    assert panel.evaluate(f"el => ({style})(el).backgroundAttachment").startswith("local, scroll")
    before = panel.screenshot(animations="disabled")
    panel.evaluate("el => el.scrollTo(0, el.scrollHeight)")
    assert panel.screenshot(animations="disabled") != before
    expect(panel.get_by_role("link", name="More help")).to_be_visible()


def test_a_change_of_language_keeps_the_form_that_is_being_filled_in(chromium, survey):
    page = visit(chromium, survey)
    panel = open_help(page)
    panel.get_by_role("link", name="Ask someone to contact me").click()
    fill_in(panel)
    page.keyboard.press("Escape")
    page.locator("#languages summary").click()
    page.locator("#languages").get_by_role("link", name="اردو").click()
    expect(page.locator("html")).to_have_attribute("lang", "ur")
    page.locator(".bar details:not(#languages) summary").click()
    assert page.get_by_label("Your number or email").input_value() == NUMBER

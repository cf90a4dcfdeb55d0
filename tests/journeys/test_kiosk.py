"""A shared tablet in a real browser: several people, Back, no signal, keyboard; axe on every page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.channels.kiosk import actions as kiosks
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import open_sealed_text
from tests.journeys.channel_steps import SECRET, answer, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pin(parks, officer):
    until = timezone.localdate() + timedelta(days=2)
    return kiosks.set_up_kiosk(page=parks, name="Club", until=until, languages=["en", "ur"], by=officer)[1]


def start(page, pin):
    page.goto("/en/kiosk/")
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Touch here to start").wait_for()


def begin(page):
    page.get_by_role("button", name="Touch here to start").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("form.ask").wait_for()
    page.locator("#check").wait_for(state="hidden")  # the style has come


def traces(page):
    """All data that a page left on the device."""
    kept = page.evaluate(
        "[document.cookie, localStorage.length, sessionStorage.length, JSON.stringify(history.state)]"
    )
    return [page.context.cookies(), *kept]


def at_the_start(page):
    return page.get_by_role("button", name="Touch here to start").is_visible() and SECRET not in page.content()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [320, 768])
def test_one_after_another(tablet, pin, script, width):
    page = tablet(width, java_script_enabled=script)
    start(page, pin)
    for number in (1, 2):
        begin(page)
        answer(page)
        page.get_by_role("button", name="Send my answers").click()
        page.get_by_role("heading", name="We have your answers").wait_for()
        assert Response.objects.count() == number
        page.get_by_role("main").get_by_role("button", name="Clear the screen").click()
        page.get_by_role("button", name="Touch here to start").wait_for()
        assert at_the_start(page)
    assert set(Response.objects.values_list("channel", flat=True)) == {Channel.KIOSK}
    assert {open_sealed_text(each.sealed) for each in Answer.objects.all()} == {SECRET}


@pytest.mark.parametrize("script", [True, False])
def test_clear_the_screen_sends_nothing(tablet, pin, script):
    page = tablet(java_script_enabled=script)
    start(page, pin)
    begin(page)
    answer(page)
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_role("button", name="Clear the screen").click()
    page.get_by_text("The screen is clear.").wait_for()
    assert at_the_start(page)
    assert not any("Nobody" in body for body in sent), "what was typed did not leave the tablet"
    assert Response.objects.count() == 0


def test_back_shows_nothing_of_the_one_before(tablet, pin):
    page = tablet()
    start(page, pin)
    begin(page)
    answer(page)
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("button", name="Show me four words").click()
    page.locator(".words").wait_for()
    page.get_by_role("main").get_by_role("button", name="Clear the screen").click()
    page.get_by_role("button", name="Touch here to start").wait_for()
    assert traces(page) == [[], "", 0, 0, '{"kiosk":1}']
    for _ in range(6):
        page.go_back()
        page.wait_for_timeout(100)
        assert at_the_start(page)
        assert page.locator(".words, form.ask").count() == 0
    begin(page)
    page.go_back()
    page.wait_for_timeout(100)
    expect(page.locator("#qa"), "Back on question 1 stays there").to_be_visible()
    assert page.locator("form.ask :checked").count() == 0
    assert page.locator("textarea").input_value() == ""
    assert SECRET not in page.content()


def test_back_after_leaving_the_address_asks_for_the_pin(tablet, pin):
    page = tablet()
    start(page, pin)
    begin(page)
    answer(page)
    page.goto("/en/help/")
    page.go_back()
    page.get_by_label("PIN").wait_for()
    assert SECRET not in page.content()


def test_an_idle_screen_warns_calmly_and_clears(tablet, pin):
    page = tablet()
    page.clock.install()
    start(page, pin)
    begin(page)
    answer(page)
    page.clock.run_for(60_000)
    expect(page.locator("#still")).not_to_be_visible()
    page.clock.run_for(15_000)
    dialog = page.locator("#still")
    assert "Are you still there? This will clear in 1" in dialog.inner_text()
    assert page.evaluate("document.activeElement.closest('#still') !== null"), "the button has the focus"
    assert looked_at(page) == []
    page.get_by_role("button", name="I am still here").click()
    expect(dialog).not_to_be_visible()
    page.clock.run_for(65_000)
    expect(dialog, "the time began anew").not_to_be_visible()
    page.clock.run_for(30_000)
    page.get_by_text("This screen was left for a while").wait_for()
    assert at_the_start(page)
    assert Response.objects.count() == 0


def test_the_thank_you_page_goes_away_by_itself(tablet, pin):
    page = tablet()
    page.clock.install()
    start(page, pin)
    begin(page)
    answer(page)
    page.get_by_role("button", name="Send my answers").click()
    page.clock.run_for(1_000)
    page.get_by_role("heading", name="We have your answers").wait_for()
    page.clock.run_for(62_000)
    page.get_by_role("button", name="Touch here to start").wait_for()
    expect(page.get_by_text("Nothing was sent")).not_to_be_visible()
    assert Response.objects.count() == 1


def sent_without_a_signal(tablet, pin):
    page = tablet()
    page.clock.install()
    start(page, pin)
    begin(page)
    answer(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send my answers").click()
    return page


def test_without_a_signal_the_screen_is_cleared_all_the_same(tablet, pin):
    page = tablet()
    start(page, pin)
    begin(page)
    answer(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Clear the screen").click()
    page.get_by_role("button", name="Touch here to start").wait_for()
    assert at_the_start(page)
    page.context.set_offline(False)
    begin(page)
    assert page.locator("textarea").input_value() == ""


def test_what_waits_to_be_sent_again_is_given_up_when_the_screen_is_cleared(tablet, pin):
    page = sent_without_a_signal(tablet, pin)
    for _ in range(3):
        page.clock.run_for(3_000)
        page.wait_for_timeout(50)
    page.locator("#clear button").click()
    page.get_by_role("button", name="Touch here to start").wait_for()
    page.context.set_offline(False)
    page.clock.run_for(120_000)
    page.wait_for_timeout(200)
    assert Response.objects.count() == 0
    assert at_the_start(page), "nothing of it comes up again for the next person"


def test_whoever_pressed_send_and_went_away_is_sent_once_the_signal_is_back(tablet, pin):
    page = sent_without_a_signal(tablet, pin)
    for _ in range(24):
        page.clock.run_for(8_000)
        page.wait_for_timeout(30)
    page.get_by_text("waits for a signal").wait_for()
    assert at_the_start(page)
    assert Response.objects.count() == 0
    begin_again = page.get_by_role("button", name="Touch here to start")
    page.context.set_offline(False)
    page.clock.run_for(12_000)
    expect(page.get_by_text("waits for a signal")).to_be_hidden()
    expect(begin_again).to_be_visible()
    assert open_sealed_text(Answer.objects.get().sealed) == SECRET


def test_a_signal_that_comes_and_goes_does_not_leave_answers_on_the_screen(tablet, pin):
    page = tablet()
    page.clock.install()
    start(page, pin)
    begin(page)
    answer(page)
    for offline in (True, False):
        page.context.set_offline(offline)
        expect(page.locator(".signal")).to_contain_text("no signal" if offline else "signal again")
    page.clock.run_for(91_000)
    page.get_by_text("Nothing was sent").wait_for()
    assert at_the_start(page)


def test_three_times_shift_clears(tablet, pin):
    page = tablet()
    start(page, pin)
    begin(page)
    answer(page)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.get_by_text("The screen is clear.").wait_for()


def test_all_of_it_by_keyboard(tablet, pin):
    page = tablet()
    page.goto("/en/kiosk/")
    page.get_by_label("PIN").focus()
    page.keyboard.type(pin)
    page.keyboard.press("Enter")
    press(page, "Touch here to start")
    press(page, "Start")
    page.locator("form.ask").wait_for()
    page.locator("#check").wait_for(state="hidden")
    page.get_by_label("Parks").focus()
    page.keyboard.press("Space")
    page.get_by_role("link", name="Check your answers").locator("visible=true").focus()
    page.keyboard.press("Enter")
    press(page, "Send my answers")
    page.get_by_role("heading", name="We have your answers").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H1", "who listens hears where they are"
    page.get_by_role("main").get_by_role("button", name="Clear the screen").press("Enter")
    page.get_by_role("button", name="Touch here to start").wait_for()


def press(page, name):
    button = page.get_by_role("button", name=name, exact=True)
    button.wait_for()
    button.press("Enter")


def test_in_urdu_and_back_to_the_tablets_own_language(tablet, pin, parks):
    page = tablet()
    start(page, pin)
    page.get_by_role("button", name="اردو").click()
    page.locator("html[dir=rtl]").wait_for()
    assert looked_at(page) == []
    page.locator("button[value=before]").click()
    page.locator("input[value=ask]").wait_for(state="attached")
    assert looked_at(page) == []
    page.locator("main .btn").first.click()
    page.locator("form.ask").wait_for()
    assert page.locator("html").get_attribute("lang") == "ur"
    page.locator("#clear button").click()
    page.locator("html[lang=en]").wait_for()
    expect(page.get_by_role("button", name="Touch here to start")).to_be_visible()


def test_a_worker_ends_it_and_nobody_else(tablet, pin):
    page = tablet()
    start(page, pin)
    page.get_by_text("For the worker").click()
    page.get_by_label("PIN").fill("123 456 789")
    page.get_by_role("button", name="End here").click()
    page.get_by_text("That PIN did not work").wait_for()
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="End here").click()
    page.get_by_text("This screen has ended.").wait_for()
    page.go_back()
    page.wait_for_timeout(100)
    expect(page.get_by_role("button", name="Touch here to start")).not_to_be_visible()

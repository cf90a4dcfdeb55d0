"""Send on a weak signal, from an old page, or to a closed or changed consultation returns the typed answers."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.channels.web import views
from consultation.responses.models import Answer, Response
from consultation.responses.vault import open_sealed_text
from consultation.surveys.models import ConsultationPage, PublishedVersion
from tests.factories import content, question
from tests.journeys.small_surveys import bilingual, press_next, shown, to_check, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = "More lights, please."
ELSEWHERE = re.compile("^https://")


@pytest.fixture
def published(home):
    return bilingual(home)


@pytest.fixture
def address(published, live_server):
    return f"{live_server.url}/en/have-your-say/parks/answer/"


def filled_in(chromium, address, **options):
    """A page with a choice and some words, on its check page."""
    page = visit(chromium, address, **options)
    page.get_by_label("Parks").check()
    page.locator("textarea").evaluate("(area, words) => { area.value = words }", WORDS)
    to_check(page)
    return page


def send(page):
    page.get_by_role("button", name="Send my answers").click()


def kept(page):
    expect(page.get_by_role("heading", name="We have your answers")).to_be_visible()
    assert Response.objects.count() == 1
    assert open_sealed_text(Answer.objects.get().sealed) == WORDS


def until(page, text, seconds=240):
    """Let the page's clock run until the signal says so."""
    for _ in range(seconds // 8):
        if text in page.locator(".signal").inner_text():
            return
        page.clock.run_for(8_000)
        page.wait_for_timeout(60)
    raise AssertionError(f"{text!r} was not said in {seconds} seconds")


def still_here(page):
    assert page.get_by_label("Parks").is_checked()
    assert page.locator("textarea").input_value() == WORDS


# With a script.


def test_send_tries_again_by_itself_and_sends_when_the_signal_is_back(chromium, address):
    page = filled_in(chromium, address)
    page.context.set_offline(True)
    page.clock.install()
    send(page)
    signal = page.locator(".signal")
    until(page, "We are still trying")
    until(page, "It has not been sent")
    expect(signal).to_contain_text("This page keeps trying")
    assert page.title() == "Not sent yet - Have your say"
    assert page.evaluate("document.activeElement.textContent") == "Try again"
    still_here(page)
    page.locator(".step .change").first.click()
    expect(signal, "it cannot be missed from a step either").to_be_visible()
    page.context.set_offline(False)
    kept(page)


def test_a_button_tries_again_at_once(chromium, address):
    page = filled_in(chromium, address)
    page.route("**/answer/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.clock.install()
    send(page)
    until(page, "It has not been sent")
    page.unroute("**/answer/")
    page.get_by_role("button", name="Try again").click()
    kept(page)


def test_a_server_that_is_busy_or_broken_is_tried_again(chromium, address):
    page = filled_in(chromium, address)
    answers = iter([503, 502])
    page.clock.install()

    def busy_at_first(route):
        status = next(answers, None)
        route.fulfill(status=status, body="busy") if status else route.continue_()

    page.route("**/answer/", busy_at_first)
    send(page)
    for _ in range(4):
        page.clock.run_for(8_000)
        page.wait_for_timeout(100)
    kept(page)


def test_what_no_try_can_mend_is_said_at_once(chromium, address):
    page = filled_in(chromium, address)
    page.route("**/answer/", lambda route: route.fulfill(status=403, body=""))
    send(page)
    expect(page.locator(".signal")).to_contain_text("That is our fault")
    assert "keeps trying" not in page.locator(".signal").inner_text()
    still_here(page)


def test_an_answer_changed_while_send_waits_does_not_go_out_half_written(chromium, address):
    page = filled_in(chromium, address)
    page.context.set_offline(True)
    send(page)
    expect(page.locator(".signal")).to_contain_text("still trying")
    page.locator("#qd .change").click()
    page.locator("textarea").press_sequentially(" And", delay=0)
    expect(page.locator(".signal")).to_contain_text("You changed something")
    page.context.set_offline(False)
    page.wait_for_timeout(300)
    assert Response.objects.count() == 0
    page.locator("textarea").fill(WORDS)
    page.locator("#qd .go a:visible").click()
    send(page)
    kept(page)


def test_a_signal_that_goes_and_comes_is_said_on_every_step(chromium, address):
    page = visit(chromium, address)
    page.context.set_offline(True)
    expect(page.locator(".signal")).to_contain_text("You have no signal. You can go on.")
    expect(page.locator(".signal")).to_be_visible()
    page.get_by_label("Parks").check()
    press_next(page)
    assert shown(page) == ["qc"], "steps need no signal"
    page.context.set_offline(False)
    expect(page.locator(".signal")).to_contain_text("You have signal again")


def test_on_slow_3g_the_first_question_is_there_within_seconds(chromium, published, live_server):
    page = chromium.new_context(viewport={"width": 320, "height": 640}).new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow_3g = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    network.send("Network.emulateNetworkConditions", slow_3g)
    page.goto(f"{live_server.url}/en/have-your-say/parks/answer/")
    seconds = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd / 1000")
    assert seconds < 5
    page.get_by_label("Parks").check()
    page.locator("textarea").evaluate("(area, words) => { area.value = words }", WORDS)
    to_check(page)
    send(page)
    kept(page)


def test_whoever_presses_send_and_leaves_at_once_has_sent(chromium, address):
    page = filled_in(chromium, address)
    page.route(ELSEWHERE, lambda route: route.fulfill(content_type="text/html", body="Rain later"))
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 1500, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    network.send("Network.emulateNetworkConditions", slow)
    send(page)
    expect(page.locator(".signal")).to_contain_text("Sending")
    page.locator("a.exit").click()
    page.wait_for_url(ELSEWHERE)
    for _ in range(30):
        if Response.objects.exists():
            break
        page.wait_for_timeout(100)
    assert open_sealed_text(Answer.objects.get().sealed) == WORDS


# Both with a script and without.


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def page(request, chromium, address):
    return filled_in(chromium, address, java_script_enabled=request.param)


def test_a_page_open_for_too_long_sends_with_one_more_press(page, settings):
    settings.FORM_TOKEN_DAYS = -1
    send(page)
    expect(page.locator("#check .warn")).to_contain_text("Press Send once more")
    still_here(page)
    settings.FORM_TOKEN_DAYS = 7
    send(page)
    kept(page)


def test_one_that_closed_while_someone_answered_takes_the_answers(page):
    ConsultationPage.objects.update(closes=timezone.localdate() - timezone.timedelta(days=1))
    send(page)
    expect(page.locator("main")).to_contain_text("A trained person will still read what you wrote")
    kept(page)


def test_one_that_closed_long_ago_gives_the_words_back(page, settings):
    settings.FORM_TOKEN_DAYS = -1
    ConsultationPage.objects.update(closes="2020-01-01")
    send(page)
    expect(page.locator("#check .warn")).to_contain_text("Your answers were not sent")
    still_here(page)
    assert page.get_by_role("button", name="Send my answers").count() == 0


def test_one_that_was_taken_down_gives_the_words_back_even_to_an_unknown_token(page, settings):
    ConsultationPage.objects.update(live=False)
    settings.SECRET_KEY = "another"
    send(page)
    expect(page.locator("#check .warn")).to_contain_text("Your answers were not sent")
    still_here(page)


def test_one_that_was_changed_takes_answers_to_what_was_asked(page, published):
    changed = content(question("a", "single", ["Only this"]), languages=["en"])
    PublishedVersion.objects.create(page=published[0], number=3, content=changed, published_at=timezone.now())
    send(page)
    kept(page)
    assert Response.objects.get().version == published[1]


# Without a script.


@pytest.fixture
def plain(chromium, address):
    page = visit(chromium, address, java_script_enabled=False)
    page.get_by_label("Parks").check()
    press_next(page)
    press_next(page)
    page.locator("textarea").fill(WORDS)
    press_next(page)
    return page


def test_a_failure_of_ours_gives_the_form_back_with_all_in_it(plain, monkeypatch):
    def broken(**_):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(views, "submit_response", broken)
        send(plain)
        expect(plain.locator("#check .warn")).to_contain_text("That is our fault")
    still_here(plain)
    send(plain)
    kept(plain)


def test_the_browsers_own_error_page_sends_again_with_reload(plain):
    assert "Press Reload there" in plain.locator(".end").last.inner_text()
    plain.context.set_offline(True)
    send(plain)
    plain.wait_for_load_state()
    plain.context.set_offline(False)
    plain.reload()
    kept(plain)

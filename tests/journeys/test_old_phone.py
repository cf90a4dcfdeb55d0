"""A browser without the features of the last five years loses no answer and can do everything."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.channels.kiosk import actions as kiosks
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import open_sealed_text
from tests.journeys.small_surveys import bilingual, press_next, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# What Safari did not have before 2022 and 2023, on phones and tablets that get no newer one.
LACKS = """
delete SubmitEvent.prototype.submitter;
for (const kind of [Element, Document, DocumentFragment]) delete kind.prototype.replaceChildren;
delete Array.prototype.at;
delete HTMLDialogElement.prototype.showModal;
delete HTMLDialogElement.prototype.close;
window.FormData = class extends FormData { constructor(form) { super(form); } };
Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => [], cancel() {} } });
"""
WORDS = "There is no light by the gate."


@pytest.fixture
def address(home, live_server):
    bilingual(home)
    return f"{live_server.url}/en/have-your-say/parks/answer/"


def without_has(page):
    """Its style is understood up to `:has()`: no question can be hidden."""

    def older(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("selector(:has(a))", "(none: all)"))

    page.route("**/look/**.css", older)


def visited(chromium, address, *, script=True, has=True):
    page = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=script).new_page()
    page.add_init_script(LACKS)
    if not has:
        without_has(page)
    page.goto(address)
    return page


def send(page):
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="We have your answers")).to_be_visible()


def test_another_language_an_order_and_send(chromium, address):
    page = visited(chromium, address)
    page.get_by_label("Parks").check()
    page.locator("#languages summary").click()
    page.locator("#languages a", has_text="اردو").click()
    page.wait_for_selector("html[lang=ur]")
    page.locator("#languages summary").click()
    page.locator("#languages a", has_text="English").click()
    page.wait_for_selector("html[lang=en]")
    press_next(page)
    page.locator("#qc .sort [data-thing='3'] button").click()
    press_next(page)
    page.locator("textarea").fill(WORDS)
    press_next(page)
    send(page)
    assert Response.objects.get().closed == {"a": ["1"], "c": ["3"]}


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_where_no_question_can_be_hidden_no_words_are_dropped(chromium, home, live_server, script):
    """What is asked after "Town" stands on the page of someone who never chose it."""
    bilingual(home, more={"b": {"type": "long_text", "options": []}})
    page = visited(chromium, f"{live_server.url}/en/have-your-say/parks/answer/", script=script, has=False)
    assert page.locator(".step:visible").count() == 4
    expect(page.get_by_role("button", name="Send my answers")).to_have_count(1)
    page.get_by_label("Parks").check()
    page.locator("#qb textarea").fill(WORDS)
    send(page)
    assert Response.objects.get().closed == {"a": ["1"]}
    assert open_sealed_text(Answer.objects.get().sealed) == WORDS


def test_words_under_a_question_that_went_away_again_are_not_sent(chromium, home, live_server):
    bilingual(home, more={"b": {"type": "long_text", "options": []}})
    page = visit(chromium, f"{live_server.url}/en/have-your-say/parks/answer/")
    page.get_by_label("Town").check()
    press_next(page)
    page.locator("#qb textarea").fill(WORDS)
    page.go_back()
    page.get_by_label("Town").uncheck()
    page.get_by_label("Parks").check()
    page.locator("#qa .go a[href='#check']").click()
    send(page)
    assert Answer.objects.count() == 0


def rest_until_asked(page):
    """Nobody touches the tablet for a minute or more. The survey is written into the page, so its script may begin to
    watch a moment after the questions are there."""
    for _ in range(20):
        page.clock.run_for(5_000)
        if page.get_by_text("Are you still there?").is_visible():
            return
    expect(page.get_by_text("Are you still there?")).to_be_visible()


def test_a_shared_tablet(tablet, parks, officer):
    until = timezone.localdate() + timedelta(days=2)
    pin = kiosks.set_up_kiosk(page=parks, name="Club", until=until, languages=["en"], by=officer)[1]
    page = tablet()
    page.add_init_script(LACKS)
    page.clock.install()
    page.goto("/en/kiosk/")
    page.get_by_label("PIN").fill(pin)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Touch here to start").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_label("Parks").check()
    rest_until_asked(page)
    page.get_by_role("button", name="I am still here").click()
    expect(page.get_by_text("Are you still there?")).to_be_hidden()
    page.locator("#qa .go a[href='#check']").click()
    send(page)
    page.get_by_role("button", name="Show me four words").click()
    expect(page.locator("ol.words li")).to_have_count(4)
    page.get_by_role("main").get_by_role("button", name="Clear the screen").click()
    expect(page.get_by_role("button", name="Touch here to start")).to_be_visible()
    assert Response.objects.get().channel == Channel.KIOSK

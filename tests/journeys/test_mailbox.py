"""A child without a safe phone and a lead, both at 320 px and by keyboard, with a script and without."""

import pytest
from playwright.sync_api import expect

from consultation.reading.mailbox_screening import screen_mailbox_messages
from consultation.safeguarding.mailbox.models import Mailbox
from tests.journeys.small_surveys import visit
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def child(request, chromium, home, live_server):
    page = visit(chromium, f"{live_server.url}/en/contact/", java_script_enabled=request.param)
    page.context.scripted = request.param
    return page


@pytest.fixture
def lead(page_of, child):
    page = page_of("safeguarding_lead", width=320, javascript=child.context.scripted)
    page.context.scripted = child.context.scripted
    return page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.press("Enter")


def check_page(page):
    """Nothing scrolls sideways, and axe, which is a script itself, finds nothing."""
    assert sideways(page) == 0, page.url
    # The bar that stays in sight covers nothing there. Keys would stay in the box that has the focus.
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    assert not page.context.scripted or findings(page) == [], page.url


def come_back(child, live_server, words, language="en"):
    child.goto(f"{live_server.url}/{language}/receipt/")
    child.locator("#words").fill(" ".join(words).upper())
    child.keyboard.press("Enter")
    expect(child.locator("#words")).to_have_count(0)


def ask_without_a_phone(child):
    child.get_by_label("I have no safe phone").press("Space")
    child.get_by_label("You can write more about it").fill("I do not like going home on Fridays.")
    check_page(child)
    press(child, "Send this form")
    expect(child.get_by_role("heading", name="Your four words")).to_be_visible()
    check_page(child)
    return child.locator("ol.words li").all_inner_texts()


def test_a_child_asks_a_lead_answers_the_child_writes_again_and_the_lead_closes(child, lead, live_server):
    words = ask_without_a_phone(child)
    assert len(words) == 4
    screen_mailbox_messages()

    lead.goto("/staff/safeguarding/")
    check_page(lead)
    lead.get_by_role("button", name="Take it").press("Enter")
    expect(lead.locator("main")).to_contain_text("I do not like going home on Fridays.")
    expect(lead.locator("main")).to_contain_text("Whoever finds the four words reads this")
    check_page(lead)
    lead.get_by_label("Your message").fill("Thank you for writing. Is there a day that is better?")
    press(lead, "Send it to the child")
    expect(lead.get_by_text("It is there for the child.")).to_be_visible()

    come_back(child, live_server, words)
    expect(child.locator("main")).to_contain_text("Is there a day that is better?")
    expect(child.locator("main")).to_contain_text("These four words are only for messages between you and us")
    expect(child.locator("main")).not_to_contain_text("going home on Fridays")
    check_page(child)
    press(child, "Send this message")
    expect(child.locator("main .warn[role=alert]")).to_be_focused()
    check_page(child)
    child.get_by_label("Write to us").fill("Mondays are better.")
    press(child, "Send this message")
    expect(child.locator("main")).to_contain_text("We aim to answer by")
    check_page(child)

    lead.goto("/staff/safeguarding/mailboxes/?show=mine")
    check_page(lead)
    lead.get_by_role("link", name="Open").press("Enter")
    expect(lead.locator("main")).to_contain_text("Mondays are better.")
    lead.get_by_label("Your message").fill("Somebody you trust knows now, so we stop writing here.")
    press(lead, "Close, with this as the reason")
    expect(lead.locator("main")).to_contain_text("Closed. The child can read why")

    come_back(child, live_server, words, "ur")
    assert child.locator("html").get_attribute("dir") == "rtl"
    expect(child.locator("main")).to_contain_text("Somebody you trust knows now")
    expect(child.locator("textarea")).to_have_count(0)
    check_page(child)
    if child.context.scripted:
        nobody_reads_it_afterwards(child)


def nobody_reads_it_afterwards(page):
    for come_again in (page.reload, page.go_back):
        come_again()
        expect(page.locator("main")).not_to_contain_text("Somebody you trust knows now")


def go_offline_and_send(child):
    """Press Send without any signal; then it comes back."""
    child.context.set_offline(True)
    press(child, "Send this form")
    if child.context.scripted:
        expect(child.locator("#contact .signal")).to_contain_text("still trying")
    else:
        child.wait_for_url("chrome-error://**")
    child.context.set_offline(False)
    if not child.context.scripted:
        child.reload()  # the browser sends the form again


def test_on_a_dying_signal_a_child_gets_four_words_once_and_finds_the_answer_of_a_lead(child, lead, live_server):
    child.get_by_label("I have no safe phone").press("Space")
    child.get_by_label("You can write more about it").press_sequentially("I walk home alone now.")
    go_offline_and_send(child)
    expect(child.get_by_role("heading", name="Your four words")).to_be_visible()
    words = child.locator("ol.words li").all_inner_texts()
    assert Mailbox.objects.count() == 1 and sideways(child) == 0

    lead.goto("/staff/safeguarding/")
    lead.get_by_role("button", name="Take it").press("Enter")
    expect(lead.locator("main")).to_contain_text("I walk home alone now.")
    lead.get_by_label("Your message").fill("Thank you for writing. Who do you trust at school?")
    press(lead, "Send it to the child")
    expect(lead.get_by_text("It is there for the child.")).to_be_visible()

    come_back(child, live_server, words)
    expect(child.locator("main")).to_contain_text("Who do you trust at school?")
    assert sideways(child) == 0


def test_the_page_is_left_at_once_and_what_was_typed_is_gone(child, live_server):
    words = ask_without_a_phone(child)
    come_back(child, live_server, words)
    child.route("**/*weather*", lambda route: route.fulfill(body="weather"))
    child.get_by_label("Write to us").fill("He is here.")
    child.locator("a.exit").first.click()
    child.wait_for_url("**/*weather*")
    child.goto(f"{live_server.url}/en/receipt/")
    assert "He is here." not in child.content()

"""Four words, from Send to withdrawal: without a script, and by keyboard alone."""

import pytest
from playwright.sync_api import expect

from consultation.responses.models import Answer, AnswerState, Response
from tests.journeys.small_surveys import bilingual, to_check, visit, ways_to_read

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(home, live_server):
    bilingual(home)
    return f"{live_server.url}/en/have-your-say/parks/answer/"


def test_an_error_takes_the_focus_also_without_a_script(chromium, home, live_server):
    for script in (True, False):
        for path, button in (("receipt/", "Look it up"), ("contact/", "Send this form")):
            page = visit(chromium, f"{live_server.url}/en/{path}", java_script_enabled=script)
            page.get_by_role("button", name=button).click()
            expect(page.locator("main .warn[role=alert]")).to_be_focused()
            page.context.close()


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def sent(request, chromium, address):
    page = visit(chromium, address, java_script_enabled=request.param)
    page.get_by_label("Parks").check()
    to_check(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Do you want four words?")).to_be_visible()
    page.scripted = request.param
    return page


def press(page, name):
    """Press by keyboard."""
    button = page.get_by_role("button", name=name)
    button.focus()
    page.keyboard.press("Enter")


def words_on(page):
    expect(page.locator("ol.words")).to_be_visible()
    return page.locator("ol.words li").all_inner_texts()


def test_words_once_and_once_more(sent):
    press(sent, "Show me four words")
    words = words_on(sent)
    expect(sent.locator("main")).to_contain_text("You can see them one more time")
    press(sent, "I have them")
    expect(sent.locator("ol.words")).to_have_count(0)
    press(sent, "I missed them. Show them again.")
    assert words_on(sent) == words
    expect(sent.locator("main")).to_contain_text("This is the last time we can show them")
    sent.reload()
    expect(sent.locator("main")).to_contain_text("we cannot show them again")


def test_coming_back_reading_what_became_of_it_and_taking_it_back(sent, live_server):
    press(sent, "Show me four words")
    words = words_on(sent)
    sent.goto(f"{live_server.url}/en/receipt/")
    sent.get_by_label("Type your four words").focus()
    sent.keyboard.type(" ".join(words).upper())
    sent.keyboard.press("Enter")
    expect(sent.locator("main")).to_contain_text("Not read yet")
    press(sent, "Take my answers back")
    expect(sent.locator("main")).to_contain_text("You cannot undo this")
    press(sent, "Yes, take them back")
    expect(sent.locator("main")).to_contain_text("You took your answers back")
    assert Response.objects.get().withdrawn


def test_what_is_read_and_what_is_counted_is_said(sent, live_server):
    press(sent, "Show me four words")
    words = words_on(sent)
    Response.objects.update(counted=1)
    Answer.objects.update(state=AnswerState.RELEASED)
    sent.goto(f"{live_server.url}/en/receipt/")
    sent.get_by_label("Type your four words").fill(" ".join(words))
    press(sent, "Look it up")
    expect(sent.locator("main")).to_contain_text("Your answers are in the results")
    expect(sent.locator("main")).to_contain_text("It is too late to take them back")
    ways_to_read(sent).get_by_label("Easy words").check()
    expect(sent.locator("main")).to_contain_text("This keeps you from being picked out")
    if sent.scripted:
        nobody_else_sees_it_afterwards(sent)


def nobody_else_sees_it_afterwards(page):
    """Refresh and Back come to the plain page: nothing is sent again, and nothing of what it said is there."""
    for come_again in (page.reload, page.go_back):
        come_again()
        expect(page.get_by_label("Type your four words")).to_have_value("")
        expect(page.locator("main")).not_to_contain_text("Your answers are in the results")

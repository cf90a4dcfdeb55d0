"""What one key does at the reading desk: take back what was sent, correct a kind; and the practice desk by keyboard."""

import pytest
from playwright.sync_api import expect

from consultation.reading import actions
from consultation.reading.models import Reading, Screening
from consultation.reading.practice_desk.practice_answers import load_practice_texts
from consultation.responses.models import Answer, AnswerState
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.models import TriageCase
from tests import factories
from tests.journeys.reading_steps import focused, swapped
from tests.journeys.test_reading import answers  # noqa: F401

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DEALER = "Big Dex waits by the shop. Ask Big Dex."
LAPTOP = {"width": 1366, "height": 657}


def assert_the_bar_is_below_the_words(page):
    words, bar = page.locator(".raw p").bounding_box(), page.locator(".dock").bounding_box()
    assert page.evaluate("scrollY") == 0
    assert words["y"] + words["height"] <= bar["y"]


def assert_all_words_can_be_seen_on_a_phone(page):
    """At 320 px the last words scroll clear of the bar, and nothing is wider than the screen."""
    page.set_viewport_size({"width": 320, "height": 568})
    page.locator(".raw p").evaluate("element => element.scrollIntoView({ block: 'start' })")
    words, bar = page.locator(".raw p").bounding_box(), page.locator(".dock").bounding_box()
    position = page.locator(".dock").evaluate("element => getComputedStyle(element).position")
    assert position == "static" or words["y"] + min(words["height"], 200) <= bar["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_was_sent_is_taken_back_by_one_key_until_a_lead_claims_it(answers, person, page_of):  # noqa: F811
    reader, lead = person("moderator"), person("safeguarding_lead")
    page = page_of(reader)
    page.set_viewport_size(LAPTOP)
    page.goto("/staff/reading/")
    page.keyboard.press("e")
    page.keyboard.type("Please look.")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.wait_for_url(f"**/{answers[1].pk}/")
    expect(page.locator("main")).to_contain_text("You can take it back until a lead claims it")
    page.keyboard.press("u")
    page.wait_for_url(f"**/{answers[0].pk}/")
    expect(page.locator("#note")).to_have_value("Please look.")
    assert_the_bar_is_below_the_words(page)
    assert_all_words_can_be_seen_on_a_phone(page)
    assert Answer.objects.get(pk=answers[0].pk).state == AnswerState.UNREAD

    page.keyboard.press("t")
    page.wait_for_url(f"**/{answers[1].pk}/")
    safeguarding.claim_case(case=TriageCase.objects.get(), by=lead)
    page.goto("/staff/reading/done/")
    expect(page.locator("main")).to_contain_text("With a lead")
    assert page.locator("main form[action*=undo]").count() == 0
    assert Answer.objects.get(pk=answers[0].pk).state == AnswerState.TRIAGE


def test_it_is_taken_back_without_a_script(answers, person, page_of):  # noqa: F811
    reader = person("moderator")
    actions.decide_answer(answer=answers[0], by=reader, decision="triage", spans=[], note="Please look.")
    page = page_of(reader, width=320, javascript=False)
    page.goto("/staff/reading/done/")
    page.get_by_role("button", name="Take back").click()
    page.wait_for_url(f"**/{answers[0].pk}/#answer")
    assert not Reading.objects.exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_dealer_who_was_proposed_as_a_worker_is_corrected_by_one_key(person, page_of, home, javascript):
    _, version = factories.consultation(home, items=[factories.question("a", "long_text")])
    answer = factories.response(version, texts={"q-a": DEALER}).answers.get()
    spans = [{"start": at, "end": at + 7, "type": "WORKER", "why": "Name"} for at in (0, 31)]
    Screening.objects.create(answer=answer, order=[False, "", ""], engine="t", spans=spans, reasons=[])
    page = page_of(person("moderator"), width=1366, javascript=javascript)
    page.set_viewport_size(LAPTOP)
    page.goto(f"/staff/reading/{answer.pk}/")
    expect(page.locator(".seen")).to_contain_text("[WORKER 1]")
    if javascript:
        page.keyboard.press("ArrowRight")
        swapped(page, lambda: page.keyboard.press("y"))
        expect(page.locator(".seen")).to_have_text("[NICKNAME 1] waits by the shop. Ask [NICKNAME 1].")
        assert focused(page) == "answer"
        swapped(page, lambda: page.keyboard.press("y"))
        expect(page.locator(".seen")).to_contain_text("[HANDLE")
        assert_the_bar_is_below_the_words(page)
        assert_all_words_can_be_seen_on_a_phone(page)
    else:
        page.locator("#kind-1").click()
        expect(page.locator(".seen")).to_have_text("[NICKNAME 1] waits by the shop. Ask [NICKNAME 1].")


@pytest.mark.parametrize("width", [1366, 320])
def test_a_new_reader_practises_by_keyboard(person, page_of, home, width):
    _, texts = load_practice_texts()
    page = page_of(person("moderator"), width=width)
    page.set_viewport_size({"width": width, "height": 657})
    page.goto("/staff/reading/guide/")
    page.get_by_role("link", name="Practise").press("Enter")
    page.wait_for_url("**/practice-desk/1/")
    keys = {"clear": "c", "never_quote": "i", "triage": "t", "not_used": "n"}
    for one in texts:
        expect(page.locator("h1")).to_contain_text(f"answer {one.number} of {len(texts)}")
        if width == LAPTOP["width"] and page.locator("#uncover").count() == 0:
            assert_the_bar_is_below_the_words(page)
        if page.locator("#reason").count() and one.lead[0] != "triage":
            page.keyboard.press("w")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Escape")
        page.keyboard.press(keys[one.lead[0]])
        last = one.number == len(texts)
        page.wait_for_url("**/result/" if last else f"**/practice-desk/{one.number + 1}/")
    expect(page.get_by_text("As a lead would.")).to_have_count(len(texts))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not Answer.objects.exists()


@pytest.mark.parametrize("role", ["moderator", "safeguarding_lead"])
def test_the_menu_is_one_row_on_a_laptop_and_one_button_on_a_phone(answers, person, page_of, role):  # noqa: F811
    """Desk, board and case, with every entry that the role has: the rest is under "More", without a script too."""
    someone = person(role, email="oluwaseun-alexandra.featherstonehaugh@childrens-services.test")
    case = safeguarding.open_case(answer=answers[0], by=person("moderator"), priority="T1", why="A worry.")
    board = "/staff/safeguarding/"
    desk = [f"/staff/reading/{answers[1].pk}/", "/staff/reading/audit-sample/"]
    page = page_of(someone, javascript=False)
    for path in desk if role == "moderator" else [board, f"{board}{case.pk}/", f"{board}closed/"]:
        page.set_viewport_size(LAPTOP)
        page.goto(path)
        assert page.locator(".local").bounding_box()["height"] < 70, f"{path}: more than one row"
        assert page.evaluate("document.documentElement.scrollWidth") <= 1366
        expect(page.get_by_role("link", name="Sign out")).to_be_in_viewport()
        page.locator(".local summary").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Audit sample")).to_be_visible()
        assert page.get_by_role("navigation", name="This room").count() == 1, "no entry twice"
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(path)
        assert page.locator(".top").bounding_box()["height"] < 70, f"{path}: more than one row"
        expect(page.locator("#menu")).not_to_be_visible()
        page.get_by_role("button", name="Menu", exact=True).press("Enter")
        page.locator(".local summary").press("Enter")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.get_by_role("link", name="Sign out").focus()
        expect(page.get_by_role("link", name="Sign out")).to_be_in_viewport()


def test_escape_and_going_elsewhere_close_the_menu(answers, person, page_of):  # noqa: F811
    page = page_of(person("moderator"))
    page.goto("/staff/reading/audit-sample/")
    menu = page.locator(".local details")
    page.locator(".local summary").press("Enter")
    page.get_by_role("link", name="Paper forms").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".local summary")).to_be_focused()
    assert not menu.evaluate("element => element.open")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Sign out").focus()
    expect(menu).not_to_have_attribute("open", "")

"""A child answers: in English without a script, in Urdu with one."""

import pytest
from playwright.sync_api import expect

from consultation.responses.models import Answer, Response
from consultation.responses.vault import open_sealed_text
from tests.factories import consultation, question
from tests.journeys.small_surveys import press_next, shown, ways_to_read

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

URDU = {
    "text": {"en": "Where do you go?", "ur": "آپ کہاں جاتے ہیں؟"},
    "easy": {"en": "Where do you go, in easy words?"},
}


@pytest.fixture
def survey(home, live_server):
    items = [
        question("a", "multiple", ["Parks", "Town", "None of these"], **URDU),
        question("b", "faces", show_if={"question": "q-a", "any_of": ["a-2"]}),
        question("c", "single", ["Bus", "Walk"], show_if={"question": "q-b", "any_of": ["1", "2"]}),
        question("d", "ranking", ["Lights", "Wardens", "Clubs"], rank=3),
        question("e", "long_text"),
    ]
    items[0]["options"][2]["exclusive"] = True
    items[1]["options"] = [
        {"id": str(n), "key": str(n), "text": {"en": f"Face {n}"}, "easy": {}, "exclusive": False} for n in range(1, 6)
    ]
    consultation(home, items=items)
    return f"{live_server.url}/LANG/have-your-say/parks/answer/"


def visit(chromium, address, **options):
    page = chromium.new_context(viewport={"width": 320, "height": 640}, **options).new_page()
    page.goto(address)
    return page


def test_english_without_a_script(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"), java_script_enabled=False)
    assert shown(page) == ["qa"]
    page.get_by_label("Town").check()
    press_next(page)
    assert shown(page) == ["qb"]
    page.get_by_label("Face 2").check()
    press_next(page)
    assert shown(page) == ["qc"]
    page.get_by_label("Bus").check()
    page.keyboard.press("Enter")
    assert Response.objects.count() == 0, "Enter sends nothing"
    page.go_back()
    page.go_back()
    assert shown(page) == ["qa"]
    assert page.get_by_label("Town").is_checked(), "Back keeps answers"
    page.get_by_label("Town").uncheck()
    page.get_by_label("Parks").check()
    press_next(page)
    assert shown(page) == ["qd"], "a question that rests on a hidden one is hidden with it"
    page.get_by_role("radiogroup", name="My first pick").get_by_label("Wardens").check()
    press_next(page)
    page.locator("textarea").fill("More lights, please.")
    press_next(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    assert shown(page) == ["qa", "qd", "qe"]
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="We have your answers")).to_be_visible()
    response = Response.objects.get()
    assert response.closed == {"a": ["1"], "d": ["2"]}
    assert open_sealed_text(Answer.objects.get().sealed) == "More lights, please."
    page.reload()
    assert Response.objects.count() == 1, "a reload of the thank-you page sends the same form, counted once"


def test_easy_words_without_a_script(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"), java_script_enabled=False)
    expect(page.get_by_text("in easy words?")).not_to_be_visible()
    ways_to_read(page).get_by_label("Easy words").check()
    expect(page.get_by_text("in easy words?")).to_be_visible()


def test_urdu_with_a_script(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "ur"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("#qa .ask-us").inner_text() == URDU["text"]["ur"]
    page.locator("#qa input[value='2']").check()
    press_next(page)
    assert shown(page) == ["qb"]
    assert page.evaluate("document.activeElement.closest('.step').id") == "qb", "focus moves to the new step"
    assert "#" not in page.url, "the address does not tell which question was shown"
    page.go_back()
    assert shown(page) == ["qa"]
    page.locator("#qa input[value='3']").check()
    assert not page.locator("#qa input[value='2']").is_checked(), "'none of these' stands alone"
    press_next(page)
    assert shown(page) == ["qd"]
    page.locator("[data-thing='2'] button").click()
    press_next(page)
    page.locator("textarea").fill("روشنی")
    press_next(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator(".end .btn:visible").click()
    page.wait_for_selector("form[action*='/receipt/words/']")
    assert Response.objects.get().language == "ur"
    assert Response.objects.get().closed == {"a": ["3"], "d": ["2"]}
    assert open_sealed_text(Answer.objects.get().sealed) == "روشنی"


def test_a_form_that_comes_back_shows_what_to_do(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"))
    page.get_by_role("link", name="Check your answers").locator("visible=true").click()
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_selector(".panel.warn[role=alert]")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.classList.contains('warn')"), "the summary has the focus"


def test_an_address_with_an_unknown_step_begins_at_the_first(chromium, survey):
    assert shown(visit(chromium, survey.replace("LANG", "en") + "#main")) == ["qa"]
    assert shown(visit(chromium, survey.replace("LANG", "en") + "#qd")) == ["qd"]


def test_back_to_a_step_that_is_hidden_now_meets_no_empty_page(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"))
    page.get_by_label("Town").check()
    press_next(page)
    page.locator("#qb .go a:visible", has_text="Back").click()
    expect(page.locator("#qa")).to_be_visible()
    page.get_by_label("Town").uncheck()
    page.go_forward()
    assert shown(page) == ["qb"]
    page.get_by_label("Face 2").check()
    page.get_by_role("link", name="Check your answers").locator("visible=true").click()
    assert "qb" not in shown(page), "its answer is not sent either"


def test_history_holds_numbers_and_never_a_question(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"))
    titles, states = [page.title()], [page.evaluate("history.state")]
    page.get_by_label("Parks").check()
    for _ in range(2):
        press_next(page)
        titles.append(page.title())
        states.append(page.evaluate("history.state"))
    assert titles == [f"Question {n} of 3 - Parks - Have your say" for n in (1, 2, 3)]
    assert states == [{"step": 0}, {"step": 1}, {"step": 2}]
    page.locator(".go a:visible", has_text="Back").click()
    expect(page.locator("#qd")).to_be_visible()
    page.go_back()
    assert shown(page) == ["qa"], "the phone's Back and the page's are the same step back"
    assert page.title() == "Question 1 of 3 - Parks - Have your say"


def test_a_page_loaded_anew_knows_no_steps_and_begins_again(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"))
    page.get_by_label("Parks").check()
    press_next(page)
    page.reload()
    page.go_back()
    assert shown(page) == ["qa"]


def test_after_send_the_page_is_read_from_its_start_and_back_leaves_the_survey(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"))
    page.get_by_label("Parks").check()
    press_next(page)
    page.get_by_role("link", name="Check your answers").locator("visible=true").click()
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_selector("form[action*='/receipt/words/']")
    assert page.evaluate("document.activeElement.id") == "main"
    page.go_back()
    page.wait_for_url(lambda url: url.endswith("/en/"))


def test_a_link_that_leads_away_asks_before_answers_are_wiped(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"))
    page.locator("a.name").click()
    page.wait_for_url(lambda url: url.endswith("/en/"))  # nothing was answered yet
    page.goto(survey.replace("LANG", "en"))
    page.get_by_label("Parks").check()
    for link in (page.locator("#qa .go a", has_text="Back").locator("visible=true"), page.locator(".foot a").first):
        link.click()
        expect(page.locator(".signal")).to_contain_text("If you leave this page, they are wiped.")
        assert page.evaluate("document.activeElement.textContent") == "Stay on this page"
        page.keyboard.press("Enter")
        assert link.evaluate("link => link === document.activeElement")
        expect(page.locator(".signal")).to_be_empty()
    assert page.get_by_label("Parks").is_checked()
    page.locator(".foot a").first.click()
    page.get_by_role("link", name="Leave without sending").click()
    page.wait_for_url(lambda url: url.endswith("/en/safer/"))


def test_back_from_the_first_question_asks_once_before_answers_are_wiped(chromium, survey):
    address = survey.replace("LANG", "en")
    page = visit(chromium, address.removesuffix("answer/"))
    page.goto(address)
    page.go_back()
    page.wait_for_url(lambda url: not url.endswith("answer/"))  # nothing was answered yet
    page.goto(address)
    page.get_by_label("Parks").check()
    press_next(page)
    page.go_back()
    assert shown(page) == ["qa"]
    page.go_back()
    expect(page.locator(".signal")).to_contain_text("If you leave this page, they are wiped.")
    assert page.evaluate("document.activeElement.textContent") == "Stay on this page"
    page.keyboard.press("Enter")
    expect(page.locator(".signal")).to_be_empty()
    assert page.get_by_label("Parks").is_checked() and shown(page) == ["qa"]
    press_next(page)
    page.go_back()
    page.go_back()
    press_next(page)  # whoever goes on instead goes on
    assert len(shown(page)) == 1 and shown(page) != ["qa"]
    page.go_back()
    assert shown(page) == ["qa"]


def test_a_second_back_leaves(chromium, survey):
    address = survey.replace("LANG", "en")
    page = visit(chromium, address.removesuffix("answer/"))
    page.goto(address)
    page.get_by_label("Parks").check()
    page.go_back()
    expect(page.locator(".signal")).to_contain_text("If you leave this page, they are wiped.")
    page.go_back()
    page.wait_for_url(lambda url: not url.endswith("answer/"))


def test_without_a_script_it_is_said_where_the_links_are(chromium, survey):
    page = visit(chromium, survey.replace("LANG", "en"), java_script_enabled=False)
    expect(page.locator(".foot").get_by_text("before you send, your answers are wiped")).to_be_visible()

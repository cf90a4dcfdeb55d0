"""Change of language at any time: with a script every answer stays, without one the loss is announced first."""

import re

import pytest
from playwright.sync_api import expect

from consultation.responses.models import Answer, Response
from consultation.responses.vault import open_sealed_text
from consultation.surveys.models import ConsultationPage
from tests.factories import consultation, question
from tests.journeys.small_surveys import bilingual, press_next, shown, to_check, visit, ways_to_read

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ELSEWHERE = re.compile("^https://")


@pytest.fixture
def address(home, live_server):
    bilingual(home)
    return f"{live_server.url}/en/have-your-say/parks/answer/"


def pick(page, native):
    page.locator("#languages summary").click()
    page.locator("#languages a", has_text=native).click()


def token(page):
    return page.locator("input[name=token]").get_attribute("value")


def test_with_a_script_every_answer_stays_and_so_does_the_step(chromium, address):
    page = visit(chromium, address)
    ways_to_read(page).get_by_label("Easy words").check()
    page.get_by_label("Town").check()
    press_next(page)
    page.get_by_label("Bus").check()
    press_next(page)
    page.locator("#qc .sort li", has_text="Clubs").get_by_role("button").first.click()
    press_next(page)
    page.locator("textarea").fill("More lights, please.")
    page.locator("[name='d.soon']").check()
    before, steps = token(page), page.evaluate("history.length")
    pick(page, "اردو")
    page.wait_for_selector("html[lang=ur][dir=rtl]")
    assert shown(page) == ["qd"]
    assert page.locator("#qd .ask-us").inner_text() == "کیا بدلنا چاہیے؟"
    assert page.locator("textarea").input_value() == "More lights, please."
    assert page.locator("#easy").is_checked()
    assert token(page) == before
    assert page.url.endswith("/ur/have-your-say/parks/answer/")
    assert page.evaluate("history.length") == steps
    page.go_back()
    assert shown(page) == ["qc"], "the phone's Back is the step before, in the new language"
    assert page.locator("#qc .sort .on").get_attribute("data-thing") == "3"
    assert page.url.endswith("/ur/have-your-say/parks/answer/")
    page.locator("#qc > .go a[href='#check']").click()
    page.locator(".end .btn:visible").click()
    page.wait_for_selector("form[action*='/receipt/words/']")
    response = Response.objects.get()
    assert response.closed == {"a": ["2"], "b": "1", "c": ["3"]}
    assert (response.language, open_sealed_text(Answer.objects.get().sealed)) == ("ur", "More lights, please.")
    assert Answer.objects.get().soon


def test_the_change_is_announced_where_the_focus_stays(chromium, address):
    page = visit(chromium, address)
    pick(page, "اردو")
    page.wait_for_selector("html[lang=ur]")
    expect(page.locator("#languages [role=status]")).to_contain_text("اردو")
    assert page.evaluate("document.activeElement.matches('#languages summary')")


def test_there_and_back_leaves_a_page_that_works(chromium, address):
    page = visit(chromium, address)
    page.get_by_label("Parks").check()
    pick(page, "اردو")
    page.wait_for_selector("html[lang=ur]")
    pick(page, "English")
    page.wait_for_selector("html[lang=en][dir=ltr]")
    assert page.get_by_label("Parks").is_checked()
    page.get_by_label("None of these").check()
    assert not page.get_by_label("Parks").is_checked(), "'none of these' still stands alone"
    press_next(page)
    assert shown(page) == ["qc"]
    assert page.locator("[data-without-script]:visible").count() == 0


def in_urdu_with_the_weather_outside(chromium, address):
    page = visit(chromium, address)
    page.route(ELSEWHERE, lambda route: route.fulfill(content_type="text/html", body="Rain later"))
    pick(page, "اردو")
    page.wait_for_selector("html[lang=ur]")
    return page


def test_three_times_shift_still_leaves(chromium, address):
    page = in_urdu_with_the_weather_outside(chromium, address)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(ELSEWHERE)


def test_the_exit_still_takes_the_place_of_the_page(chromium, address):
    page = in_urdu_with_the_weather_outside(chromium, address)
    length = page.evaluate("history.length")
    page.locator("a.exit").click()
    page.wait_for_url(ELSEWHERE)
    assert page.evaluate("history.length") == length


def test_after_an_error_the_problem_is_told_in_the_new_language(chromium, home, live_server):
    bilingual(home, more={"a": {"limit": 1}})
    page = visit(chromium, f"{live_server.url}/en/have-your-say/parks/answer/")
    page.get_by_label("Parks").check()
    page.get_by_label("Town").check()
    to_check(page)
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_selector(".panel.warn[role=alert]")
    assert "You picked more than 1" in page.locator("#check").inner_text()
    pick(page, "اردو")
    page.wait_for_selector("html[lang=ur]")
    told = page.locator("#check .panel.warn").inner_text()
    assert "You picked" not in told
    assert "1" in told
    page.locator("#check .panel.warn a").click()
    assert shown(page) == ["qa"]
    expect(page.locator("#qa .you.warn")).to_be_visible()
    assert page.locator("#qa input[value='2']").is_checked()
    page.locator("#qa input[value='2']").uncheck()
    page.locator("#qa .go a[href='#check']").click()
    page.locator(".end .btn:visible").click()
    page.wait_for_selector("form[action*='/receipt/words/']")
    assert Response.objects.get().closed == {"a": ["1"]}


def test_without_a_signal_nothing_changes_and_it_says_so(chromium, address):
    page = visit(chromium, address)
    page.get_by_label("Parks").check()
    page.context.set_offline(True)
    pick(page, "اردو")
    expect(page.locator("#languages [role=status]")).to_contain_text("did not change")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_label("Parks").is_checked()


def test_a_survey_that_closed_or_changed_meanwhile_still_changes_its_language(chromium, address):
    page = visit(chromium, address)
    page.get_by_label("Parks").check()
    ConsultationPage.objects.update(closes="2020-01-01")
    pick(page, "اردو")
    page.wait_for_selector("html[lang=ur]")
    assert page.locator("#qa input[value='1']").is_checked()


def test_without_a_script_the_warning_comes_before_the_links(chromium, address):
    page = visit(chromium, address, java_script_enabled=False)
    expect(page.locator("#languages a").first, "one press alone wipes nothing").not_to_be_visible()
    page.locator("#languages summary").click()
    panel = page.locator("#languages .panel").inner_text()
    assert panel.index("what you picked and wrote is wiped") < panel.index("اردو")
    assert "stay on this page" not in panel
    page.locator("#languages a", has_text="اردو").click()
    assert page.url.endswith("/ur/have-your-say/parks/answer/")
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_a_language_that_the_survey_lacks_leads_home_in_it_after_a_warning(chromium, home, live_server):
    consultation(home, items=[question("a", "single", ["Parks", "Town"])])
    page = visit(chromium, f"{live_server.url}/en/have-your-say/parks/answer/")
    page.locator("#languages summary").click()
    assert "what you picked and wrote is wiped" in page.locator("#languages .panel").inner_text()
    page.locator("#languages a", has_text="Polski").click()
    page.wait_for_url(f"{live_server.url}/pl/")
    assert page.locator("html").get_attribute("lang") == "pl"


def test_after_an_error_nothing_is_lost_without_a_script(chromium, home, live_server):
    bilingual(home, more={"a": {"limit": 1}})
    page = visit(chromium, f"{live_server.url}/en/have-your-say/parks/answer/#qa", java_script_enabled=False)
    page.get_by_label("Parks").check()
    page.get_by_label("Town").check()
    page.locator("#qa .go a[href='#check']").click()
    page.locator(".end .btn:visible").click()
    page.locator(".panel.warn[role=alert]").wait_for()
    page.locator("#languages summary").press("Enter")
    assert page.locator("#languages a:visible").count() == 0, "a link would lose it"
    page.locator("#languages button[lang=ur]").press("Enter")
    page.wait_for_selector("html[lang=ur]")
    assert page.locator("#qa input:checked").count() == 2
    assert page.locator("#check .panel.warn a").inner_text()
    assert not Response.objects.exists()

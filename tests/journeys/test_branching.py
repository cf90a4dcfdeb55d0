"""An officer writes a nested condition by keyboard and mends an impossible one; respondents take both paths."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError, expect

from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from tests.journeys.officer_steps import write_title
from tests.journeys.test_publishing import add_block, add_item

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def write_questions(page, index):
    page.goto(f"/staff/pages/add/consultation/consultationpage/{index.pk}/")
    write_title(page, "Libraries")
    page.fill("[name=summary]", "Tell us about libraries.")
    for number, (kind, text, choices) in enumerate(
        [("One choice", "Do you use a library?", ["Yes", "No"]), ("Several choices", "What for?", ["Books", "Films"])]
    ):
        add_block(page, kind)
        page.fill(f"[name=body-{number}-value-text]", text)
        for place, choice in enumerate(choices):
            if place:
                add_item(page, "options", number)
            page.fill(f"[name=body-{number}-value-options-{place}-value-text]", choice)
    add_block(page, "Five faces, from very bad to very good")
    page.fill("[name=body-2-value-text]", "How is it?")


class Keys:
    """A person at the keyboard, somewhere in the conditions of a question."""

    def __init__(self, page, rule):
        self.page, self.rule = page, rule

    def press(self, key):
        self.page.keyboard.press(key)

    def insert(self, kind):
        """Open the menu of the last place to insert at, and pick a kind."""
        self.rule.get_by_role("button", name="Insert a block").last.focus()
        self.press("Enter")
        self.page.get_by_role("option", name=kind, exact=True).wait_for()
        self.press("Tab")
        self.page.keyboard.type(kind)
        self.press("ArrowDown")
        self.press("Enter")

    def tab_to(self, locator):
        locator.wait_for()
        for _ in range(25):
            if locator.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not get to {locator}")

    def condition(self, within, question, answer, place=0):
        self.tab_to(within.get_by_role("combobox", name="The answer to").nth(place))
        self.page.keyboard.type(question)
        answers = within.get_by_role("group", name="These answers").nth(place)
        self.tab_to(answers.get_by_role("checkbox", name=answer, exact=True))
        self.press("Space")


def write_condition(page):
    """Shown to those who do not use a library, and to those who do for books."""
    rule = page.locator("[data-contentpath='show_if']").nth(2)
    keys = Keys(page, rule)
    keys.insert("Condition")
    keys.condition(rule, "Do you", "No")
    keys.insert("Group")
    group = rule.locator("[data-contentpath='of'] [data-contentpath='of']")
    keys.condition(group, "Do you", "Yes")
    group.get_by_role("button", name="Add", exact=True).last.focus()
    keys.press("Enter")
    keys.condition(group, "What", "Books", place=1)
    join = group.locator("xpath=..").get_by_role("combobox", name="How they belong together").first
    join.focus()
    page.keyboard.type("All")
    return rule, keys


IN_WORDS = "Show if “No” to question 1, or (“Yes” to question 1, and “Books” to question 2)."


def join(rule, words):
    whole = rule.get_by_role("combobox", name="How they belong together").first
    whole.focus()
    rule.page.keyboard.type(words)


def save(page):
    page.get_by_role("button", name="Save draft").click()


def mend(officer):
    """Both must be true, which nobody can meet; then one of them is enough."""
    rule, _ = write_condition(officer)
    rule.get_by_text(IN_WORDS).wait_for()
    join(rule, "All")
    save(officer)
    # "Saved" where the editor had saved a draft by itself, "created" where the officer was faster.
    officer.get_by_text(re.compile("could not be (saved|created)")).first.wait_for()
    rule = officer.locator("[data-contentpath='show_if']").last  # the others are folded again: nothing is wrong there
    unreachable = rule.get_by_text("No answers lead to this question: its conditions rule each other out.")
    expect(unreachable).to_be_visible(timeout=20_000)
    join(rule, "Any")
    said = officer.get_by_text("has been").first
    for _ in range(4):  # a press while the editor saves by itself may be lost
        save(officer)
        with suppress(TimeoutError):
            said.wait_for(timeout=5000)
            return
    said.wait_for()


def preview(officer):
    officer.get_by_role("button", name="Toggle preview").click()
    frames = officer.locator("iframe[title='Preview'][src]")
    expect(frames).to_have_count(1)
    survey = frames.content_frame
    survey.get_by_label("Yes", exact=True).check()
    survey.get_by_role("link", name="Next").first.click()
    survey.get_by_label("Films").check()
    survey.locator("#qb").get_by_role("link", name="Next").click()
    expect(survey.locator("#check")).to_be_visible()
    assert survey.get_by_role("heading", name="How is it?").is_hidden()


def answer(visitor, *choices):
    """The questions that someone meets who makes these choices, up to the page before Send."""
    visitor.goto("/en/have-your-say/libraries/answer/")
    met, left = [], list(choices)
    while True:
        here = visitor.locator(".step:visible")
        met.append(here.locator(".ask-us").inner_text().strip())
        while left and here.get_by_label(left[0], exact=True).count():
            here.get_by_label(left.pop(0), exact=True).check()
        onward = here.locator(".go .btn:visible")
        assert onward.count() == 1
        onward.click()
        if visitor.locator("#check").is_visible():
            return met


def test_an_officer_mends_a_condition_that_nobody_meets_and_people_take_both_ways(page_of, home, live_server):
    officer = page_of("engagement_officer")
    write_questions(officer, ConsultationIndexPage.objects.get())
    mend(officer)
    preview(officer)
    page = ConsultationPage.objects.get()
    assert page.get_latest_revision_as_object().body[2].value["show_if"]["join"] == "any"
    page.get_latest_revision().publish(skip_permission_checks=True)
    both, last = ["Do you use a library?", "What for?"], ["How is it?"]
    for script in (True, False):
        visitor = officer.context.browser.new_page(base_url=live_server.url, java_script_enabled=script)
        assert answer(visitor, "No") == both + last
        assert answer(visitor, "Yes", "Films") == both
        assert answer(visitor, "Yes", "Books", "Films") == both + last
        visitor.locator("#check ~ .end .go a:visible").click()
        expect(visitor.get_by_role("heading", name="How is it?")).to_be_visible()
        visitor.close()

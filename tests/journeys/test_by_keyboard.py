"""Every type of question by keyboard alone, on a small phone: with a script and without."""

import re

import pytest
from playwright.sync_api import expect

from consultation.responses.models import Answer, Response
from consultation.responses.vault import open_sealed_text
from tests.journeys.test_question_types import SCRIPTS, asked, at, box, page_of, row, survey  # noqa: F401

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def focus(page, locator):
    """Reach a control by Tab, as someone without a pointer does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("cannot be reached by Tab")


def onward(page):
    focus(page, page.locator(".go a.btn:visible"))
    page.keyboard.press("Enter")


def pick(page, place):
    """The first choice of a group, by Tab and Space; its value."""
    first = place.locator("input:visible").first
    focus(page, first)
    page.keyboard.press("Space")
    return first.get_attribute("value")


def type_in(page, field, words):
    focus(page, field)
    page.keyboard.type(words)


def order_by_keys(page, first, script):
    """Good wifi first and warmth second: by buttons that move them, or by choosing places."""
    if not script:
        for place, thing in enumerate((5, 2)):
            focus(page, row(first, place + 1).locator("input").first)
            page.keyboard.press("Space")
            for _ in range(thing - 1):
                page.keyboard.press("ArrowDown")
        return
    for thing in (2, 5):
        focus(page, first.locator(f".sort li[data-thing='{thing}'] button").first)
        page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_text(re.compile("Pick"))
    focus(page, first.locator(".sort li[data-thing='5'] button", has_text="Move up"))
    page.keyboard.press("Enter")
    expect(first.get_by_role("status")).to_have_text("Good wifi is number 1.")


@SCRIPTS
def test_every_type_by_keyboard(survey, at, asked, script):  # noqa: F811
    page = survey(script=script)
    said = {}

    focus(page, box(at(page, "near"), 1))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    said["near"] = "2"
    onward(page)
    where = at(page, "where")
    for choice in (4, 6):
        focus(page, box(where, choice))
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("the ramp")
    said["where"] = ["4", "6"]
    onward(page)
    type_in(page, at(page, "hours").locator("input[inputmode]"), "3")
    page.keyboard.press("Enter")
    assert Response.objects.count() == 0, "Enter sends nothing"
    said["hours"] = 3
    onward(page)
    month, year = at(page, "since").locator("select").all()
    type_in(page, month, "Mar")
    type_in(page, year, "2026")
    said["since"] = "2026-03"
    for question in ("last-time", "asked"):
        onward(page)
        said[question] = pick(page, at(page, question))
    for question in ("called", "idea"):
        onward(page)
        type_in(page, at(page, question).locator("textarea"), f"About {question}.")
    onward(page)
    focus(page, box(at(page, "want"), 1))
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    said["want"] = "5"
    onward(page)
    focus(page, box(at(page, "inside"), 2))
    page.keyboard.press("Space")
    said["inside"] = ["2"]
    onward(page)
    said["open"] = {key: pick(page, row(at(page, "open"), place)) for place, key in enumerate("abc", start=1)}
    onward(page)
    order_by_keys(page, at(page, "first"), script)
    said["first"] = ["5", "2"]
    for question in ("travel", "area", "age", "year"):
        onward(page)
        said[question] = pick(page, at(page, question))
    onward(page)
    focus(page, page.locator(".end button:visible"))
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action*='/receipt/words/']")
    assert Response.objects.get().closed == {asked.by_id(name)["key"]: value for name, value in said.items()}
    texts = {answer.question: open_sealed_text(answer.sealed) for answer in Answer.objects.all()}
    assert texts == {"where:other": "the ramp", "called": "About called.", "idea": "About idea."}

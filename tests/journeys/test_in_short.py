"""An officer changes the lines at the head of a report and signs them: by keyboard at 320 pixels, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from insights.summaries.models import ReportSummary
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401  (fixtures)
from tests.journeys.test_by_keyboard import focus
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WRONG, RIGHT = "About 57 of 80 spoke about Lights.", "About 50 of 80 (62%) spoke about Lights."


def short(page):
    return page.locator("section", has=page.get_by_role("heading", name="In short", exact=True))


def clear(page, field):
    focus(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")


def enter_at(page, control):
    focus(page, control)
    page.keyboard.press("Enter")


def test_the_lines_are_changed_and_signed_by_keyboard_at_320_pixels(signed_in, release):  # noqa: F811
    page = signed_in("engagement_officer", width=320)
    page.goto(f"/insights/releases/{release.pk}/")
    expect(short(page)).to_contain_text("Drafted by fixed rules")
    enter_at(page, page.get_by_role("link", name="Change these lines"))
    page.get_by_role("heading", name="In short", level=1).wait_for()
    clear(page, page.get_by_label("Who answered, and who is missing"))
    clear(page, page.get_by_label("First message", exact=False).first)
    page.keyboard.type(WRONG)
    enter_at(page, page.get_by_role("button", name="Save"))

    page.get_by_role("alert").wait_for()
    mistake = page.get_by_role("alert").get_by_role("link")
    expect(mistake).to_contain_text("57")
    assert sideways(page) <= 0 and findings(page) == []
    enter_at(page, mistake)
    field = page.locator("#id_message-1")
    expect(field).to_have_value(WRONG)
    assert field.evaluate("one => one === document.activeElement"), "the mistake leads to its line"
    page.keyboard.press("Control+A")
    page.keyboard.type(RIGHT)
    quote = page.locator("#id_message-1-quote")
    focus(page, quote)
    page.keyboard.type("No quote")
    expect(quote).to_have_value("")
    enter_at(page, page.get_by_role("button", name="Save"))

    page.get_by_role("status").get_by_text("Read it once more").wait_for()
    expect(short(page)).to_contain_text(RIGHT)
    expect(short(page)).to_contain_text("Nobody has signed it yet")
    assert short(page).locator("blockquote").count() == 1, "the quote of the second message alone"
    enter_at(page, page.get_by_role("button", name="Sign with my name"))
    expect(short(page)).to_contain_text("Signed by")
    assert sideways(page) <= 0 and findings(page) == []
    assert ReportSummary.objects.get().signed_by is not None


def test_they_are_changed_and_signed_without_a_script(signed_in, release):  # noqa: F811
    page = signed_in("engagement_officer", width=390, java_script_enabled=False)
    page.goto(f"/insights/releases/{release.pk}/")
    page.get_by_role("link", name="Change these lines").click()
    page.locator("#id_message-1").fill(WRONG)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("57")
    assert page.locator("#id_message-1").input_value() == WRONG, "nothing that was written is lost"
    page.locator("#id_message-1").fill(RIGHT)
    page.locator("#id_message-2").fill("")
    page.locator("#id_message-2-quote").select_option("")
    page.get_by_role("button", name="Save").click()
    lines = short(page)
    expect(lines).to_contain_text(RIGHT)
    said = lines.locator("blockquote").first.inner_text()
    assert "lights number" in said
    page.get_by_role("button", name="Sign with my name").click()
    expect(lines).to_contain_text(re.compile(r"Signed by .+ on \d+ \w+ \d{4}"))
    expect(page.get_by_role("button", name="Sign with my name")).to_have_count(0)

    other = signed_in("planner", width=390, java_script_enabled=False)
    other.goto(f"/insights/releases/{release.pk}/")
    expect(short(other)).to_contain_text("Signed by")
    expect(other.get_by_role("link", name="Change these lines")).to_have_count(0)
    short(other).get_by_role("link", name="Lights").first.click()
    expect(other).to_have_url(re.compile("lights"))

    page.get_by_role("link", name="Change these lines").click()
    expect(page.locator("main")).to_contain_text("Saving takes the signature away.")
    page.get_by_role("button", name="Save").click()
    expect(short(page)).to_contain_text("Nobody has signed it yet")

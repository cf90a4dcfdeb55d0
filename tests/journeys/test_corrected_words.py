"""A sentence that children read is corrected by one officer and shown by another, by keyboard, with and without a script."""

import pytest
from playwright.sync_api import expect

from tests.gallery.accessibility_scan import findings
from tests.journeys.test_every_page import sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEW = "جو آپ نے کہا، جو ہم نے کیا"


def press(page, name):
    button = page.get_by_role("button", name=name, exact=False).first
    button.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "javascript"), [(320, True), (1280, False)])
def test_an_officer_writes_and_another_one_shows_it(home, page_of, chromium, live_server, width, javascript):
    writer = page_of("engagement_officer", width=width, javascript=javascript)
    writer.goto("/staff/languages/ur/words/nav.did/")
    before = writer.locator("textarea[name=text]").input_value()
    writer.fill("textarea[name=text]", NEW)
    writer.fill("[name=checker]", "Asma Iqbal")
    press(writer, "Change the words")
    expect(writer.locator("body")).to_contain_text("shown when another officer has read them")
    assert writer.get_by_role("button", name="show them").count() == 0, "nobody shows their own words"
    public = chromium.new_page(viewport={"width": 320, "height": 640})
    public.goto(f"{live_server.url}/ur/")
    assert before in public.inner_text("body") and NEW not in public.inner_text("body")

    second = page_of("engagement_officer", width=width, javascript=javascript)
    second.goto("/staff/task-list/")
    second.get_by_role("link", name="Urdu").first.click()
    second.wait_for_url("**/staff/languages/ur/#second")
    assert before in second.inner_text("main") and NEW in second.inner_text("main")
    if javascript:
        assert findings(second) == []
        assert sideways(second) == 0
    press(second, "I read them: show them")
    expect(second.locator("body")).to_contain_text("1 word: on the pages now")
    public.reload()
    assert NEW in public.inner_text("body") and before not in public.inner_text("body")

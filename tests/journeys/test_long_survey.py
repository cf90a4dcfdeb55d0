"""An officer edits a long survey: it opens folded, looking saves nothing, and a deletion is announced at once."""

import pytest
from playwright.sync_api import expect

from tests.benchmarks import long_consultation
from tests.gallery.accessibility_scan import findings

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WAGTAILS = "w-minimap"  # its overview beside the form scrolls without a place for the focus


@pytest.fixture
def long(home):
    return long_consultation.page(20)


@pytest.fixture
def page(signed_in, long):
    page = signed_in("engagement_officer", width=1280)
    page.context.set_default_timeout(30000)
    page.goto(f"/staff/pages/{long.pk}/edit/")
    return page


def opened(page, block):
    section = page.locator(f"#block-{block}-section")
    section.locator("[data-panel-toggle]").first.click()
    expect(page.locator(f"#block-{block}-content [data-contentpath=text] input").first).to_be_visible()
    return section


def form_of(page):
    return page.evaluate(
        "[...new FormData(document.querySelector('form[data-edit-form]')).entries()].map(String).join('|')"
    )


def test_a_long_survey_is_edited_by_words(page):
    expect(page.locator("[name='body-21-value-kept']")).to_be_attached()
    assert page.locator("[name$='-value-text']").count() == 0
    assert [found for found in findings(page) if WAGTAILS not in found] == []
    before = form_of(page)
    waiting = opened(page, "q4")
    expect(waiting).to_contain_text("Show if “Bus” or “Bike” to question 1.")
    assert form_of(page) == before

    first = opened(page, "q0")
    paste = first.locator("[data-paste]").first
    paste.locator("summary").click()
    paste.get_by_role("textbox").fill("- Train\nbus\n" + "x" * 130)
    paste.get_by_role("button", name="Add these choices").click()
    expect(paste.get_by_role("status")).to_contain_text("1 added. Left out: “bus” (it is there already)")
    expect(first.locator("[name='body-1-value-options-4-value-text']")).to_have_value("Train")
    paste.get_by_role("button", name="Undo").click()
    expect(page.locator("[name='body-1-value-options-4-deleted']")).to_have_value("1")
    paste.get_by_role("textbox").fill("Tram\nBoat")
    paste.get_by_role("button", name="Add these choices").click()
    first.locator("[name='body-1-value-options-5-value-text']").fill("Night tram")
    paste.get_by_role("button", name="Undo").click()
    expect(paste.get_by_role("status")).to_contain_text("but for 1 that you changed since")
    expect(first.locator("[name='body-1-value-options-5-value-text']")).to_have_value("Night tram")
    expect(page.locator("[name='body-1-value-options-6-deleted']")).to_have_value("1")

    page.fill("[name='body-1-value-text']", "Considering everything, characterise the accessibility of places?")
    expect(first.locator("[data-measured]").first).to_contain_text("Begin with: accessibility")

    first.get_by_title("Duplicate").first.click()
    copy = page.locator("[name='body-22-id']")
    expect(copy).to_be_attached()
    assert copy.input_value() not in ("q0", "")
    first.locator("[data-streamfield-action='DELETE']").first.click()
    lost = page.locator("[data-lost]")
    expect(lost).to_contain_text("“How is the way to place number 5?” waits for a question that was deleted.")
    lost.get_by_role("link", name="“How is the way to place number 10?”").click()
    expect(page.locator("#block-q9-content [data-contentpath=text] input").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 768])
def test_the_pages_beside_the_editor_fit_and_lead_to_the_open_question(page, long, width):
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("voices", "changes", "map"):
        page.goto(f"/staff/editor/{long.pk}/{name}/")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    page.get_by_role("link", name="20. How is").click()
    expect(page.get_by_role("button", name="Save draft")).to_be_in_viewport()
    expect(page.locator("#block-q19-content [data-contentpath=text] input").first).to_be_visible()
    expect(page.locator("#block-q19-section [data-panel-toggle]").first).to_be_focused()
    expect(page.locator("#block-q19-section [data-panel-toggle]").first).to_be_in_viewport()


def test_a_form_that_is_sent_takes_no_more_words(page):
    """What was typed after "Save draft" stood in the old page alone, and was gone with it."""
    page.route("**/edit/", lambda route: route.fulfill(status=204))  # no new page comes
    sent = "form => new Promise(done => { form.requestSubmit(); setTimeout(() => done(form.inert), 200) })"
    assert page.locator("form[data-edit-form]").evaluate(sent)

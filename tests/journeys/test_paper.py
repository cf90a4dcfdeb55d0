"""A reader types paper forms in: by keyboard alone, with slips, with undo, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from consultation.channels.paper.paper_references import make_form_reference
from consultation.responses.models import Answer, Channel, Response
from consultation.responses.vault import open_sealed_text
from tests.consultation.channels.paper import asked
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def version(home):
    return asked.published(home)[1]


def address(version, language="en"):
    return f"/staff/paper/type/{make_form_reference(version, language).text}/"


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def waits_at(page, name):
    expect(page.locator(f"[name='{name}']:focus")).to_have_count(1)


def keys(page, *pressed):
    for key in pressed:
        page.keyboard.press(key)


def save(page):
    """To the end by keyboard, and Enter on the button that waits there."""
    for _ in range(60):
        if focused(page) == "do" and page.evaluate("document.activeElement.id") == "save":
            break
        keys(page, "Control+Enter" if page.evaluate("document.activeElement.tagName") == "TEXTAREA" else "Enter")
    with page.expect_navigation():
        keys(page, "Enter")


def test_a_form_by_keyboard_alone(opened, version):
    page = opened("/staff/paper/")
    waits_at(page, "reference")
    page.keyboard.type(make_form_reference(version, "en").text.lower().replace("-", " "))
    with page.expect_navigation():
        keys(page, "Enter")
    waits_at(page, "b")
    page.keyboard.type("13")
    assert [item.get_attribute("data-code") for item in page.locator("#c-b li.on").all()] == ["1", "3"]
    keys(page, "Enter")
    assert focused(page) == "b.other"
    keys(page, "Control+Enter")
    assert focused(page) == "c"
    page.keyboard.type("4")
    assert focused(page) == "d", "one sign says all: the page goes on by itself"
    assert page.locator("#place").inner_text() == "Question 3 of 15"
    keys(page, "ArrowUp", "2", "1")
    assert page.locator("[name=c]").input_value() == "2"
    assert focused(page) == "e"
    page.keyboard.type("2.2k21")  # not well; no agreement; both lines of the grid; first and second place
    assert focused(page) == "i.p3"
    assert page.locator("#q-h output").all_inner_texts() == ["Not safe", "I don't know"]
    page.locator("[name=o]").focus()
    page.keyboard.type("No light by the canal.")
    keys(page, "Enter")
    page.keyboard.type("It is dark.")
    keys(page, "Control+Enter", "s", "Enter")
    save(page)
    assert "Saved." in page.locator("#said").inner_text()
    waits_at(page, "b")
    assert page.locator("[name=o]").input_value() == ""
    response = Response.objects.get(channel=Channel.PAPER)
    assert response.closed["b"] == ["1", "3"]
    assert (response.closed["c"], response.closed["d"], response.closed["e"]) == ("2", "1", "2")
    assert (response.closed["h"], response.closed["i"]) == ({"a": "2", "b": "dk"}, ["2", "1"])
    answer = Answer.objects.get()
    assert (open_sealed_text(answer.sealed), answer.soon) == ("No light by the canal.\nIt is dark.", True)


def test_a_slip_is_shown_where_it_is_and_nothing_is_lost(opened, version):
    page = opened(address(version))
    waits_at(page, "b")
    page.keyboard.type("19")
    keys(page, "Enter")
    page.keyboard.type("The canal")
    save(page)
    assert page.title().startswith("Error:")
    waits_at(page, "b")
    assert "“9” is not one of the choices here" in page.locator("#q-b .errorlist").inner_text()
    assert page.locator("[name='b.other']").input_value() == "The canal"
    keys(page, "Control+a")
    page.keyboard.type("1")
    save(page)
    assert Response.objects.get().closed == {"b": ["1", "4"]}, "words beside “other” choose it"


def test_undo_the_last_form(opened, version):
    page = opened(address(version))
    waits_at(page, "b")
    page.keyboard.type("1")
    save(page)
    with page.expect_navigation():
        page.locator("#undo").press("Enter")
    assert "Taken back" in page.locator("#said").inner_text()
    waits_at(page, "b")
    assert page.locator("[name=b]").input_value() == "1"
    assert Response.objects.get().withdrawn
    keys(page, "Control+a")
    page.keyboard.type("2")
    save(page)
    assert Response.objects.get(withdrawn=False).closed == {"b": ["2"]}


def test_a_double_click_counts_once(opened, version):
    page = opened(address(version))
    waits_at(page, "b")
    page.keyboard.type("1")
    page.locator("#save").dblclick()
    page.locator("#said").wait_for()
    assert Response.objects.count() == 1


def test_without_a_script(opened, version):
    page = opened(address(version, "ur"), javascript=False)
    page.locator("[name=c]").fill("4")
    with page.expect_navigation():
        page.locator("[name=c]").press("Enter")
    assert page.locator("#c-c li.on kbd").inner_text() == "4"
    assert not Response.objects.exists()
    page.locator("[name=o]").fill("وہاں روشنی نہیں ہے")
    page.locator("#save").click()
    assert "Saved." in page.locator("#said").inner_text()
    assert Response.objects.get().closed == {"c": "4"}
    page.locator("#undo").click()
    assert page.locator("[name=o]").input_value() == "وہاں روشنی نہیں ہے"


def test_leaving_with_a_begun_form_asks_first(opened, version):
    page = opened(address(version))
    waits_at(page, "b")
    page.keyboard.type("1")
    asked_first = []
    page.on("dialog", lambda dialog: (asked_first.append(dialog.type), dialog.accept()))
    page.goto("/staff/paper/")
    assert asked_first == ["beforeunload"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_pages_are_accessible(opened, version, width, language):
    page = opened("/staff/paper/?reference=12-3-EN-A", width=width)
    assert findings(page) == []
    assert sideways(page) == 0
    page.goto(address(version, language))
    assert findings(page) == []
    assert sideways(page) == 0
    page.locator("[name=b]").fill("19")
    page.locator("#save").click()
    expect(page).to_have_title(re.compile("^Error:"))
    assert findings(page) == []
    page.locator("[name=b]").fill("1")
    page.locator("#save").click()
    assert "Saved." in page.locator("#said").inner_text()
    assert findings(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_officers_pages_are_accessible(opened, version, width):
    page = opened(f"/staff/paper/forms/{version.page_id}/", width=width, role="engagement_officer")
    assert findings(page) == []
    assert sideways(page) == 0

"""From sign-in to live, counted in presses of the mouse: an officer's, a lead's and a second officer's, each by itself.

The browser counts, not the test: each true press of a button of the mouse is one. To type, and to press a key, is none.
"""

import contextlib
import re

import pytest
from playwright.sync_api import TimeoutError, expect

from consultation.reading.staffing.models import NamedReader
from consultation.surveys.models import ConsultationPage
from tests import factories
from tests.consultation.surveys.conftest import PROMISES
from tests.journeys.officer_steps import step

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PATIENCE = 30000
MOST_FROM_A_TEMPLATE, MOST_FROM_BLANK, MOST_TO_APPROVE = 12, 40, 3
COUNT = """addEventListener("pointerdown", (event) => {
  if (event.isTrusted) sessionStorage.setItem("presses", Number(sessionStorage.getItem("presses")) + 1);
}, true)"""


@pytest.fixture
def enter(tablet, person, home):
    """enter(role): the page of a new colleague, who has signed in by the form."""
    factories.somebody_reads(person)
    NamedReader.objects.all().delete()  # the rota is filled; who reads this one is the officer's to say

    def sign_in(role):
        page, user = tablet(width=1280), person(role)
        page.set_default_timeout(PATIENCE)
        page.add_init_script(COUNT)
        page.goto("/staff/")
        page.fill("input[name=login]", user.email)
        page.fill("input[name=password]", "correct horse battery")
        with page.expect_navigation():
            page.get_by_role("button", name="Sign in", exact=True).click()
        return page

    return sign_in


def presses(page):
    return int(page.evaluate("sessionStorage.getItem('presses')"))


def promise(page):
    """Every promise, on its tab: what is ticked already stays."""
    for name, value in PROMISES.items():
        field = page.locator(f"[name={name}]")
        if isinstance(value, list):
            for box in (field.and_(page.locator(f"[value={key}]")) for key in value):
                box.check()
        elif value is True:
            field.check()
        else:
            field.fill(str(value))


def follow(page, key, field):
    """By a step of the consultation's home to a field of the editor, which has the focus then."""
    with page.expect_navigation():
        step(page, key).get_by_role("link").click()
    expect(page.locator(f"[name={field}]").first).to_be_focused()


def expect_states(page, **states):
    for key, state in states.items():
        expect(step(page, key)).to_have_attribute("data-state", state, timeout=PATIENCE)


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()


def finish(page):
    """Name who reads, and send it from where that leads."""
    with page.expect_navigation():
        step(page, "reads").get_by_role("link").click()
    page.locator("[name=readers]").first.check()
    page.get_by_role("button", name="Name them").click()
    expect_states(page, approval="Next")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_role("status").first).to_contain_text("It is sent for approval")
    return presses(page)


def approve(page):
    page.get_by_role("link", name=re.compile("Approval|Safety check|Look at it")).first.click()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status").first).to_contain_text(re.compile("Approved|It is live"))
    return presses(page)


def two_people_approve(enter):
    lead, officer = approve(enter("safeguarding_lead")), approve(enter("engagement_officer"))
    assert ConsultationPage.objects.get().live
    assert (lead, officer) <= (MOST_TO_APPROVE, MOST_TO_APPROVE)
    return f"the lead {lead}, the second officer {officer}"


def start(page, way, title=""):
    page.get_by_role("main").get_by_role("link", name="Start a consultation").click()
    page.get_by_role("link", name=way).first.click()
    if title:
        page.fill("[name=title]", title)
    page.get_by_role("button", name="Make a draft").click()


def test_from_a_template(enter):
    page = enter("engagement_officer")
    start(page, "Where feels safe?")
    expect_states(page, asks="Done", listens="Next")
    follow(page, "listens", "groups_invited")
    promise(page)
    save(page)
    expect_states(page, listens="Done", dates="Done", checks="Done", reads="Next")
    pressed = finish(page)
    expect_states(page, approval="With others now")
    print(f"from a template: {pressed}; {two_people_approve(enter)}")
    assert pressed <= MOST_FROM_A_TEMPLATE


ASKED = (("One choice", "Where do you go most?", ("Park", "Town", "Home")),) * 6 + (
    ("Five faces, from very bad to very good", "How is it there?", ()),
    ("Five faces, from very bad to very good", "How is the bus?", ()),
    ("Short text", "What would help?", ()),
    ("Short text", "What else?", ()),
)


def ask(page, number, kind, text, choices):
    """One question: two presses; its choices are typed, and Enter begins the next. A press that comes before the editor's
    script is pressed, and counted, once more."""
    option = page.get_by_role("option", name=kind, exact=True)
    page.get_by_role("button", name="Insert a block").last.click()
    with contextlib.suppress(TimeoutError):
        option.wait_for(timeout=PATIENCE / 3)
    if not option.is_visible():
        page.get_by_role("button", name="Insert a block").last.click()
    option.click()
    page.fill(f"[name=body-{number}-value-text]", text)
    for place, choice in enumerate(choices):
        field = page.locator(f"[name=body-{number}-value-options-{place}-value-text]")
        if place:
            expect(field).to_be_focused()
        field.fill(choice)
        if place < len(choices) - 1:
            field.press("Enter")


def test_from_blank_with_ten_questions(enter):
    page = enter("engagement_officer")
    start(page, "Blank", title="Places")
    follow(page, "asks", "summary")
    page.fill("[name=summary]", "Tell us where you go.")
    for number, question in enumerate(ASKED):
        ask(page, number, *question)
    page.get_by_role("tab", name="How we will listen").click()
    promise(page)
    save(page)
    pressed = finish(page)
    print(f"from blank: {pressed}; {two_people_approve(enter)}")
    assert pressed <= MOST_FROM_BLANK
    assert len(ConsultationPage.objects.get().versions.get().content["items"]) == len(ASKED)

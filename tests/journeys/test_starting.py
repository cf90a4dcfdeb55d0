"""An officer who has never done it goes from nothing to "sent for approval" by the steps beside the draft, and nothing else.

What they press and fill is counted: ten minutes without a manual is few of both.
"""

import pytest
from playwright.sync_api import expect

from consultation.questionnaires.models import ConsultationPage
from consultation.reading.staffing.models import NamedReader
from tests import factories
from tests.consultation.questionnaires.conftest import PROMISES

from .test_publishing import page_of  # noqa: F401

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_PRESSED, MOST_FILLED = 16, 14


class Hands:
    """A browser that counts what a person does in it."""

    def __init__(self, page):
        self.page, self.pressed, self.filled = page, 0, 0

    def press(self, role, name, within=None, **more):
        (within or self.page).get_by_role(role, name=name, **more).first.click()
        self.pressed += 1

    def fill(self, name, value):
        self.page.fill(f"[name={name}]", str(value))
        self.filled += 1

    def tick(self, selector):
        self.page.locator(selector).check()
        self.pressed += 1


@pytest.fixture
def hands(page_of, person, home):  # noqa: F811
    """The rota has a lead and a backup; a reader is there, and nobody is named."""
    factories.somebody_reads(person)
    NamedReader.objects.all().delete()
    page = page_of("engagement_officer")
    page.set_default_navigation_timeout(60000)
    expect.set_options(timeout=30000)
    return Hands(page)


def step(page, key):
    return page.locator(f"[data-step={key}]")


def open_tab_of(hands, key, field):
    """A step leads into the editor, and to the field that it is about."""
    hands.press("link", None, within=step(hands.page, key))
    expect(hands.page.locator(f"[name={field}]")).to_be_visible()


def test_from_nothing_to_sent_for_approval_by_the_steps(hands):
    page = hands.page
    page.goto("/staff/")
    hands.press("link", "Start a consultation", within=page.locator("main"))
    hands.press("link", "Where feels safe?")
    hands.press("button", "Make a draft of it")
    expect(step(page, "asks")).to_have_attribute("data-state", "Done")
    expect(step(page, "listens")).to_have_attribute("data-state", "Next")

    open_tab_of(hands, "listens", "groups_invited")
    make_the_promises(hands)
    expect(step(page, "dates")).to_have_attribute("data-state", "Done")
    expect(step(page, "checks")).to_have_attribute("data-state", "Done")

    hands.press("link", None, within=step(page, "reads"))
    hands.tick("[name=readers] >> nth=0")
    hands.press("button", "Name them")
    expect(page.get_by_text("Every working day has a reader")).to_be_visible()
    hands.press("link", "Steps to publishing")
    expect(step(page, "reads")).to_have_attribute("data-state", "Done")

    hands.press("button", "Send for approval")
    expect(page.get_by_role("status")).to_contain_text("It is sent for approval")
    expect(step(page, "approval")).to_have_attribute("data-state", "With others now")
    assert ConsultationPage.objects.get().current_workflow_task.name == "Safety check"
    assert hands.pressed <= MOST_PRESSED and hands.filled <= MOST_FILLED, (hands.pressed, hands.filled)


def make_the_promises(hands):
    """All fields of the one tab, and the two days of the other."""
    for name, value in PROMISES.items():
        if name in ("opens", "closes"):
            continue
        if isinstance(value, list):
            for key in value:
                hands.tick(f"[name={name}][value={key}]")
        elif value is True:
            hands.tick(f"[name={name}]")
        else:
            hands.fill(name, value)
    hands.page.keyboard.press("Escape")
    hands.press("tab", "Content")
    for name in ("opens", "closes"):
        hands.fill(name, PROMISES[name])
    hands.page.keyboard.press("Escape")
    hands.press("button", "Save draft")
    expect(step(hands.page, "listens")).to_have_attribute("data-state", "Done")

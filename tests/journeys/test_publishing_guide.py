"""A new officer goes from nothing to "sent for approval" by the publishing guide alone.

Presses and fields are counted: ten minutes without a manual means few of both.
"""

import pytest
from playwright.sync_api import expect

from consultation.reading.staffing.models import NamedReader
from consultation.surveys.models import ConsultationPage
from tests import factories
from tests.journeys.officer_steps import Hands, make_the_promises, open_tab_of, step

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_PRESSED, MOST_FILLED = 16, 14


@pytest.fixture
def hands(page_of, person, home):
    """The rota has a lead and a backup; a reader is there, and nobody is named."""
    factories.somebody_reads(person)
    NamedReader.objects.all().delete()
    page = page_of("engagement_officer")
    page.set_default_navigation_timeout(60000)
    expect.set_options(timeout=30000)
    return Hands(page)


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
    hands.press("link", "Where feels safe?", within=page.locator(".crumb"))
    expect(step(page, "reads")).to_have_attribute("data-state", "Done")

    hands.press("button", "Send for approval")
    expect(page.get_by_role("status")).to_contain_text("It is sent for approval")
    expect(step(page, "approval")).to_have_attribute("data-state", "With others now")
    assert ConsultationPage.objects.get().current_workflow_task.name == "Safety check"
    assert hands.pressed <= MOST_PRESSED and hands.filled <= MOST_FILLED, (hands.pressed, hands.filled)

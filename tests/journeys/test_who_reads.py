"""By keyboard alone: an officer names readers, and a lead closes free text with one button when nobody reads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.reading.staffing.models import NamedReader
from consultation.surveys.models import ConsultationPage
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_TABS = 60


@pytest.fixture
def asked(home):
    today = timezone.localdate()
    page, version = factories.consultation(
        home, items=[factories.question("a", "long_text")], opens=today, closes=today + timedelta(days=14)
    )
    factories.response(version, texts={"q-a": "It is dark."}, day=today - timedelta(days=14))
    return page


def tab_to(page, name):
    """Press Tab until the control with this name has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim().replace(/\\s+/g, ' ')"
        )
        if focused.startswith(name):
            return
    raise AssertionError(f"Tab never reaches “{name}”")


def test_an_officer_names_a_reader_and_a_lead_stops_the_asking(page_of, asked, person):
    reader = person("moderator")
    officer = page_of("engagement_officer")
    officer.goto(f"/staff/readers/{asked.pk}/")
    tab_to(officer, str(reader))
    officer.keyboard.press("Space")
    tab_to(officer, "Name them")
    officer.keyboard.press("Enter")
    officer.get_by_role("status").get_by_text("They are named to read it.").wait_for()
    assert NamedReader.objects.get().reader == reader
    lead = page_of("safeguarding_lead")
    lead.goto("/staff/safeguarding/")
    tab_to(lead, "Close free text now")
    lead.keyboard.press("Enter")
    lead.get_by_role("status").get_by_text("no words can be written any more").wait_for()
    assert ConsultationPage.objects.get(pk=asked.pk).free_text_closed

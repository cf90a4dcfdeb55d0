"""An officer finds a consultation's home by keyboard, and two people take a draft to “It is live”; axe finds nothing on the
page of the approval with its buttons, on its refusal and on “It is live”."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.surveys.models import ConsultationPage
from tests import factories
from tests.consultation.surveys.conftest import PROMISES, asked
from tests.journeys.channel_steps import looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_TABS = 80
THREE_BUTTONS = ["Approve", "Ask for changes", "Decline"]


@pytest.fixture
def draft(home, person):
    """A draft that nothing stops, sent for approval by its author."""
    from consultation.surveys.models import ConsultationIndexPage

    factories.somebody_reads(person)
    index = ConsultationIndexPage.objects.get(locale=home.locale)
    page = ConsultationPage(
        title="Libraries", slug="libraries", summary="Tell us.", locale=index.locale, live=False, **PROMISES
    )
    page.body = [asked("go", "Do you go?", choices=["Yes", "No"]), asked("feel", "How is it?", "faces")]
    index.add_child(instance=page)
    author = person("engagement_officer")
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return page


def tab_to(page, name):
    """Press Tab until the link or button of this name has the focus, as somebody without a mouse does."""
    said = "document.activeElement.textContent.trim().replace(/\\s+/g, ' ')"
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(said) == name:
            return
    raise AssertionError(f"{name} is not reached by {MOST_TABS} presses of Tab")


def open_by_key(page, name, path):
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")


def test_from_the_staff_menu_to_the_home_and_a_room_and_back_by_keyboard(signed_in, parks):
    today = timezone.localdate()
    ConsultationPage.objects.filter(pk=parks.pk).update(opens=today, closes=today + timedelta(days=5))
    page = signed_in("engagement_officer", width=1280)
    page.goto("/staff/")
    expect(page.get_by_role("link", name="Consultations").first).to_be_visible()
    open_by_key(page, "Consultations", "/staff/consultations/")
    open_by_key(page, "Parks", "/staff/consultations/parks/")
    expect(page.get_by_role("heading", name="It is live")).to_be_visible()
    tab_to(page, "Copy the link")
    page.keyboard.press("Enter")
    expect(page.locator("#copied")).to_contain_text(re.compile("Copied|Copy it with your keyboard"))
    open_by_key(page, "Promote", f"/staff/promotion/{parks.pk}/")
    open_by_key(page, "Parks", "/staff/consultations/parks/")


def test_from_the_last_approval_to_it_is_live(signed_in, draft):
    lead = signed_in("safeguarding_lead")
    lead.goto("/staff/safeguarding/")
    lead.get_by_role("link", name=re.compile("Look at it")).click()
    expect(lead.get_by_text("It was never published: all of it is new.")).to_be_visible()
    assert [button.inner_text() for button in lead.locator(".decide button").all()] == THREE_BUTTONS
    assert looked_at(lead, others=(320,)) == []
    lead.get_by_role("button", name="Decline").click()
    expect(lead.get_by_role("alert")).to_contain_text("Nothing was decided.")
    assert looked_at(lead, others=(320,)) == []
    lead.get_by_role("button", name="Approve").click()
    expect(lead.get_by_role("status").first).to_contain_text("“Approval” comes next")
    officer = signed_in("engagement_officer")
    officer.goto("/staff/")
    officer.get_by_role("link", name="Approval").first.click()
    officer.get_by_role("button", name="Approve").click()
    officer.wait_for_url("**/staff/consultations/libraries/")
    expect(officer.get_by_role("heading", name="It is live")).to_be_visible()
    assert looked_at(officer, others=(320,)) == []
    officer.get_by_role("link", name="Make links, posters and cards").click()
    officer.get_by_role("button", name="Make a link for each channel").click()
    officer.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Libraries").click()
    expect(officer.get_by_role("link", name="Poster, A4 (PDF)")).to_be_visible()

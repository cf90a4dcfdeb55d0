"""The launch checklist by keyboard, on a phone, on a desktop, and on paper."""

import pytest
from playwright.sync_api import expect

from cms.operations.launch.models import LaunchTick
from tests.journeys.channel_steps import looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 1280])
def test_an_officer_ticks_a_line_by_keyboard_and_takes_it_back(signed_in, home, width):
    page = signed_in("engagement_officer", width=width)
    page.goto("/staff/launch/")
    assert looked_at(page) == []
    tick = page.locator("#attacked").get_by_role("link")
    tick.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert looked_at(page) == []
    page.get_by_label("Who checked it").focus()
    page.keyboard.type("Ingrid, head of IT")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Ingrid, head of IT")).to_be_visible()
    assert looked_at(page) == []
    assert LaunchTick.objects.standing().get().item == "attacked"
    page.locator("#attacked").get_by_role("button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("The tick is taken back. It stays in the history.")).to_be_visible()


def test_the_checklist_on_paper_has_every_line_and_no_button(signed_in, home):
    page = signed_in("auditor", width=1280)
    page.goto("/staff/launch/")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".checks > li").first).to_be_visible()
    assert page.locator("main .btn:visible, main button:visible").count() == 0


def test_visitors_read_that_the_site_is_not_live(tablet, home):
    from consultation.respondent_pages.live_status import live_status

    live_status.set(False, seconds=60)
    page = tablet(width=320)
    page.goto("/en/")
    expect(page.get_by_text("We are trying this site out.")).to_be_visible()
    assert looked_at(page) == []

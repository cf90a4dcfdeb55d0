"""A lead goes on leave: who is next is shown and told; at 320 px, without a script and by keyboard."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from consultation.safeguarding import actions, alerts
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.duty_rota import actions as rota
from consultation.safeguarding.duty_rota import lead_rota
from tests.journeys.test_every_page import findings, sideways
from tests.journeys.test_triage import leads, new_case, version  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def next_day():
    """The working day whose duty it is now."""
    return lead_rota.find_current_duty().day


@pytest.fixture
def on_duty(leads, next_day):  # noqa: F811
    one, two = leads
    rota.set_rota(by=one, people={next_day: (one.pk, two.pk)})


def test_a_lead_goes_on_leave_and_the_backup_is_shown_and_told(
    on_duty,
    next_day,
    new_case,  # noqa: F811
    leads,  # noqa: F811
    page_of,
):
    case, (one, two) = new_case(), leads
    actions.claim_case(case=case, by=one)
    page = page_of(one, width=320, javascript=False)
    page.goto("/staff/safeguarding/")
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    page.locator(".local summary").press("Enter")
    page.get_by_role("link", name="Leave", exact=True).click()
    assert case.name in page.inner_text("main"), "what this lead has is shown"
    today = timezone.localdate()
    page.get_by_label("First day away").fill(str(today))
    page.get_by_label("Last day away").fill(str(next_day))
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save").press("Enter")
    shown = page.inner_text("main")
    assert f"no lead, backup {two}" in " ".join(shown.split()) and "No lead: who will do it?" in shown
    assert sideways(page) <= 0
    case.refresh_from_db()
    assert case.claimed_by == two and [message.to for message in mail.outbox] == [[two.email]]

    another = new_case()
    mail.outbox.clear()
    alerts.alert_waiting_items()
    assert [message.to for message in mail.outbox] == [[two.email]]
    page.goto(f"/staff/safeguarding/{another.pk}/")
    page.get_by_role("button", name="Claim").first.click()
    assert "You are on leave until" in page.inner_text("main")

    colleague = page_of(two)
    colleague.goto("/staff/safeguarding/")
    assert f"{one} is on leave." in colleague.inner_text("main")
    colleague.goto("/staff/leave/")
    assert findings(colleague) == []
    colleague.get_by_role("button", name="Here again").press("Enter")
    assert f"{one} is here again." in colleague.inner_text("main")
    assert lead_rota.find_current_duty().lead == one


def test_with_every_lead_away_the_head_of_service_is_told(
    on_duty,
    new_case,  # noqa: F811
    leads,  # noqa: F811
    page_of,
    settings,
):
    until = timezone.now().astimezone(LONDON).date() + timedelta(days=7)
    for lead in leads:
        page = page_of(lead, width=320, javascript=False)
        page.goto("/staff/leave/")
        page.get_by_label("First day away").fill(str(timezone.localdate()))
        page.get_by_label("Last day away").fill(str(until))
        page.get_by_role("button", name="Save").press("Enter")
    new_case()
    mail.outbox.clear()
    alerts.alert_waiting_items()
    assert [message.to for message in mail.outbox] == [[settings.HEAD_OF_SERVICE_EMAIL]]

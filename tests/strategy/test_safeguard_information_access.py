"""3.3: a place that helps which nobody checked for 90 days warns officers, and stands in their daily tasks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.safeguarding.models import HelpEntry
from insights.strategy.points.point_provisions import get_served_point
from tests.strategy.template_worlds import publish_template

pytestmark = pytest.mark.django_db
POINT = "safeguard-information-access"


def check_help(days):
    HelpEntry.objects.all().delete()
    day = timezone.localdate() - timedelta(days=days)
    return HelpEntry.objects.create(
        slug="line", name="The listening line", for_whom="Everyone", call="0800 000", owner="Officer", checked_on=day
    )


def test_an_entry_unchecked_for_ninety_days_warns_officers_and_stands_in_the_daily_tasks(client_as, home):
    page, _ = publish_template(home, "support-experience")
    officer = client_as("engagement_officer")
    check_help(days=91)
    tasks = officer.get("/staff/task-list/?whose=all").content.decode()
    assert "The listening line" in tasks and "A number that nobody answers stays on every page" in tasks
    assert "not checked in the last 90 days" in officer.get(f"/staff/validation/{page.pk}/").content.decode()
    assert "Check again:" in officer.get("/staff/snippets/consultation/helpentry/").content.decode()


def test_one_that_was_checked_warns_nobody(client_as, home):
    check_help(days=90)
    tasks = client_as("engagement_officer").get("/staff/task-list/?whose=all").content.decode()
    assert "The listening line" not in tasks


def test_help_stands_on_every_page_of_respondents(client, home):
    publish_template(home, "support-experience")
    check_help(days=1)
    for address in ("/en/", "/en/have-your-say/support-experience/", "/en/have-your-say/support-experience/answer/"):
        shown = client.get(address).content.decode()
        panel = (
            shown[: shown.index('href="tel:999"')].rpartition("<details")[2] + shown[shown.index('href="tel:999"') :]
        )
        panel = panel.partition("</details>")[0]
        assert 'href="tel:999"' in panel and 'href="tel:08001111"' in panel and 'href="/en/help/"' in panel, address
    assert "The listening line" in client.get("/en/help/").content.decode()


def test_a_place_without_an_owner_is_no_proof(home):
    check_help(days=1)
    assert get_served_point(POINT).holds
    HelpEntry.objects.update(owner="")
    assert not get_served_point(POINT).holds
    check_help(days=1)
    HelpEntry.objects.all().delete()
    assert not get_served_point(POINT).holds

"""A consultation needs readers from the day it goes live, whether Wagtail's settings or ours give the date."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from consultation.reading.staffing.reader_coverage import covered_period
from consultation.safeguarding import alerts
from consultation.surveys.models import ConsultationPage
from consultation.surveys.publication_conditions import explain_blocked
from tests import factories

TODAY = date(2030, 3, 4)
LATER = timezone.make_aware(datetime(2030, 3, 18, 9))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "since"),
    [
        ({"go_live_at": LATER, "live": False}, date(2030, 3, 18)),
        ({"go_live_at": LATER, "live": False, "opens": date(2030, 3, 11)}, date(2030, 3, 18)),
        ({"go_live_at": LATER, "live": False, "opens": date(2030, 3, 25)}, date(2030, 3, 25)),
        ({"go_live_at": LATER, "live": True}, TODAY),
        ({"go_live_at": LATER - timedelta(days=60), "live": False}, TODAY),
        ({"live": False}, TODAY),
    ],
)
def test_the_first_day_that_needs_somebody(page, since):
    assert covered_period(ConsultationPage(closes=date(2030, 4, 12), **page), TODAY)[0] == since


def test_nothing_opens_without_a_head_of_service_and_the_board_says_so(home, client_as, settings):
    page, _ = factories.consultation(home)
    page.live = False
    page.save()
    assert not [says for says in explain_blocked(page) if "head of service" in says]
    lead = client_as("safeguarding_lead")
    assert b"Nobody is named as head of service" not in lead.get("/staff/safeguarding/").content
    settings.HEAD_OF_SERVICE_EMAIL = ""
    assert "No head of service is named." in explain_blocked(page)[-1]
    assert b"Nobody is named as head of service" in lead.get("/staff/safeguarding/").content


@pytest.mark.parametrize(
    ("head", "says"), [("a@b.test", "the head of service is told"), ("", "the backup lead is told again")]
)
def test_the_head_of_service_is_told_is_said_only_where_there_is_one(settings, head, says):
    settings.HEAD_OF_SERVICE_EMAIL = head
    assert alerts.describe_escalation(150) == says

"""A consultation needs readers from the day it goes live, whether Wagtail's settings or ours give the date."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from consultation.reading.staffing.reader_coverage import covered_period
from consultation.surveys.models import ConsultationPage

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

"""A consultation that is open is released every four weeks at most, and says from which day again."""

from datetime import date, timedelta

import pytest

from consultation.surveys.models import ConsultationPage
from insights.releases.models import Release
from insights.releases.policies import DAYS_BETWEEN_RELEASES, why_not_release_now

MADE = date(2026, 11, 28)
AGAIN = MADE + timedelta(days=DAYS_BETWEEN_RELEASES)


@pytest.mark.parametrize(("today", "may"), [(MADE, False), (AGAIN - timedelta(days=1), False), (AGAIN, True)])
def test_the_day_that_is_told_is_the_first_on_which_it_may_be_made(today, may, monkeypatch):
    """It said “once a month”, and on which day again nobody knew."""
    monkeypatch.setattr(ConsultationPage, "is_open", lambda self, day=None: True)
    said = why_not_release_now(ConsultationPage(), Release(status="published", made_on=MADE), today)
    assert (not said) == may
    assert may or said.endswith("The next can be made on 26 December 2026.")

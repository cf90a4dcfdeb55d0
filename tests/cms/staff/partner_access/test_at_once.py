"""Two officers act at the same moment on PostgreSQL."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.accounts.agreements import AgreedRelease
from cms.staff.partner_access import actions
from insights.releases.actions import create_release
from tests import factories
from tests.at_once import meet_in, together
from tests.databases import only_on_postgresql
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401


@pytest.mark.django_db(transaction=True)
@only_on_postgresql("that a release tied to two agencies at once is for one of them")
def test_a_release_tied_to_two_agencies_at_once_is_for_one(answered, officer, colleague, monkeypatch):  # noqa: F811
    """What one agency was given was opened to a second: each had asked before the other had tied it."""
    release = create_release(consultation=answered, by=officer, today=date(2026, 11, 25))
    today = timezone.localdate()
    both = [
        factories.agreement(agency=factories.agency(name), starts=today, ends=today + timedelta(days=9))
        for name in ("Riverside", "Hillside")
    ]
    meet_in(monkeypatch, (actions, "record_event"))
    done = together(
        *(
            lambda agreement=agreement, by=by: actions.release_under_agreement(
                release=release, agreement=agreement, by=by
            )
            for agreement, by in zip(both, (officer, colleague), strict=True)
        )
    )
    assert done.count(actions.OTHER_AGENCY) == 1
    assert AgreedRelease.objects.get().agreement in both

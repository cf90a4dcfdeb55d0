"""The demo's partners: one agreement in date, one that ends soon, one that ended, and an API client."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts.agreements import Agreement
from cms.api.models import ApiClient
from cms.demo import demo_partners
from cms.demo.demo_staff import AGENCY
from cms.staff.partner_access.partner_openings import list_agency_usage, list_partner_entries
from tests import factories
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401  (fixtures)
from tests.insights.exports.conftest import release  # noqa: F401  (a fixture)


@pytest.mark.slow
def test_there_is_something_of_each_kind_to_look_at(person, release):  # noqa: F811
    today = timezone.localdate()
    staff = {**{f"administrator{n}": person("administrator") for n in (1, 2)}, "partner": person("partner_viewer")}
    Agreement.objects.update(agency=factories.agency(AGENCY))
    factories.join_agency(staff["partner"], AGENCY)
    demo_partners.load_partners({}, staff, today)
    shown = {one.name: one for one in list_agency_usage(today)}
    assert shown["Example health trust"].agreement.ends_soon
    assert shown["Example college"].agreement.ends < today - timedelta(days=30)
    assert (shown[AGENCY].openings, shown[AGENCY].people) == (1, 1)
    assert shown[AGENCY].asked == sum(demo_partners.ASKED)
    assert list_partner_entries().count() == 1
    assert ApiClient.objects.get().is_working

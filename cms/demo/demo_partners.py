"""Partners in the demo: agreements ending soon and ended, a partner's openings, and an API client with usage."""

from datetime import timedelta

from cms.accounts.actions import add_agreement, confirm_agreement
from cms.api.actions import create_api_client
from cms.api.models import ApiUse, Scope
from cms.demo.demo_staff import AGENCY, keep_demo_agency
from insights.releases.actions import record_partner_view
from insights.releases.models import Release

# (agency, start and end in days from today, reference)
OTHERS = (
    ("Example health trust", -340, 18, "Example agreement 3, kept by the partnership"),
    ("Example college", -400, -36, "Example agreement 2, ended when the course did"),
)
ASKED = (22, 31, 0, 18, 27, 26, 9)  # API requests on each of the last days


def load_partners(pages, staff, today):
    for agency, starts, ends, reference in OTHERS:
        agreement = add_agreement(
            agency=keep_demo_agency(agency),
            starts=today + timedelta(days=starts),
            ends=today + timedelta(days=ends),
            reference=reference,
            by=staff["administrator1"],
        )
        if agreement.waits:
            confirm_agreement(agreement=agreement, by=staff["administrator2"])
    for release in Release.objects.published().order_by("pk"):
        record_partner_view(release=release, by=staff["partner"])
    client, _ = create_api_client(
        name="Joint needs dashboard",
        agency=keep_demo_agency(AGENCY),
        scopes=[Scope.RELEASES, Scope.THEMES],
        expires_on=today + timedelta(days=150),
        by=staff["administrator1"],
    )
    ApiUse.objects.bulk_create(
        ApiUse(client=client, day=today - timedelta(days=back), requests=requests)
        for back, requests in enumerate(ASKED, start=1)
        if requests
    )

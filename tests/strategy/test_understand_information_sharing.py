"""1.8: a partner sees reports under an agreement in date, each view and export is on record, and access ends by itself."""

from datetime import timedelta

from django.utils import timezone

from cms.accounts.agreements import AgreedRelease, Agreement
from consultation.audit.models import AuditEntry
from insights.releases.actions import create_release
from tests import factories
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401


def list_verbs():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


def test_access_ends_by_itself_on_the_last_day_of_the_agreement_and_all_before_is_on_record(client_as, release):  # noqa: F811
    partner, today = client_as("partner_viewer"), timezone.localdate()
    Agreement.objects.update(starts=today - timedelta(days=9), ends=today)
    before = len(list_verbs())
    assert partner.get(f"/insights/releases/{release.pk}/").status_code == 200
    assert b"".join(partner.get(f"/insights/releases/{release.pk}/figures.csv").streaming_content)
    assert list_verbs()[before:] == ["report viewed by partner", "report viewed by partner", "export made"]
    Agreement.objects.update(ends=today - timedelta(days=1))
    for path in ("", f"releases/{release.pk}/", f"releases/{release.pk}/figures.csv", "assessment/"):
        assert partner.get(f"/insights/{path}").status_code == 403, path
    assert len(list_verbs()) == before + 3


def test_the_registry_shows_each_agreement_and_its_last_day(client_as):
    administrator = client_as("administrator")
    empty = administrator.get("/staff/people/agreements/").content.decode()
    assert "None yet. No partner sees a report." in empty
    client_as("partner_viewer")
    one = Agreement.objects.get()
    html = administrator.get("/staff/people/agreements/").content.decode()
    assert str(one.agency) in html and f"{one.ends:%-d %B %Y}" in html
    sheet = b"".join(administrator.get("/staff/people/agreements/agreements.csv").streaming_content).decode()
    assert f'"{one.agency}","{one.starts}","{one.ends}"' in sheet.replace("\ufeff", "")
    assert AuditEntry.objects.filter(verb="export made", data__kind="agreements").exists()


def test_no_partner_reads_of_another_agencys_agreement(client_as):
    today = timezone.localdate()
    factories.agreement(agency=factories.agency("Example police"), starts=today, ends=today)
    page = "/insights/strategy/understand-information-sharing/"
    assert "Example police" in client_as("planner").get(page).content.decode()
    partner = client_as("partner_viewer")
    html = partner.get(page).content.decode()
    assert "Example police" not in html and "Nothing is built" not in html
    assert "0 of 0" not in partner.get("/insights/strategy/").content.decode()


def test_whoever_publishes_a_report_is_told_beforehand_which_partners_will_see_it(client_as, answered, officer):  # noqa: F811
    """A report that is tied to no agreement is for every partner in date, as the point of the strategy wants it."""
    draft = create_release(consultation=answered, by=officer)
    page = " ".join(client_as("engagement_officer").get("/insights/manage/releases/").content.decode().split())
    assert page.index("every partner whose agreement is in date sees it, unless it is for one agency") < page.index(
        f"/manage/releases/{draft.pk}/publish/"
    )


def test_the_partners_guide_says_which_reports_a_partner_sees(client_as, release):  # noqa: F811
    """It promised those alone that were agreed for the agency, while each published report is open."""
    partner, today = client_as("partner_viewer"), timezone.localdate()
    says = partner.get("/staff/guides/partner_viewer/").content.decode()
    assert "you see every published report but those for another agency alone" in says
    report = f"/insights/releases/{release.pk}/"
    html = partner.get(report).content.decode()
    assert f"Shared with {partner.user.agency} on {today:%-d %B %Y}" in html
    other = factories.agreement(agency=factories.agency("Example police"), starts=today, ends=today)
    AgreedRelease.objects.create(release=release, agreement=other, released_by=partner.user)
    assert partner.get(report).status_code == 404

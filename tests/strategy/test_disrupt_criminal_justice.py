"""5.2: a report is released to one agency under an agreement in date; of all partners that agency alone sees it."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.accounts.agreements import AgreedRelease, Agreement
from cms.api.models import Scope
from cms.staff.partner_access.actions import release_under_agreement
from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.domain.calendar_quarters import Quarter
from consultation.file_output.pdf import pdf_renderer
from insights.exports.pdf.paper_making import make_wanted_papers
from insights.publications.actions import begin_results, publish_results, write_results
from insights.strategy.points.point_provisions import get_served_point
from tests import factories
from tests.house.planners_crawl import crawl
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401

POINT = "disrupt-criminal-justice"
WORDS = re.compile(r"release-1\b|/releases/\d+/(?!publish)|>50<|about 50 people")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def police(today):
    agency = factories.agency("Example police")
    return factories.agreement(agency=agency, starts=today - timedelta(days=9), ends=today + timedelta(days=9))


@pytest.fixture
def tied(release, police, officer):  # noqa: F811
    return release_under_agreement(release=release, agreement=police, by=officer).release


@pytest.fixture
def constable(client_as):
    """A partner of the agency to which it is released."""
    client = client_as("partner_viewer")
    factories.join_agency(client.user, "Example police")
    return client


def list_own_addresses(release):  # noqa: F811
    own = [
        f"releases/{release.pk}/{name}" for name in ("", "figures.csv", "figures.xlsx", "release.json", "report.pdf")
    ]
    return [*own, f"releases/{release.pk}/themes/lights/"]


def read_body(reply):
    return (b"".join(reply.streaming_content) if reply.streaming else reply.content).decode("utf-8", "ignore")


@pytest.mark.slow
def test_its_agency_sees_the_release_and_no_other_partner_does(client_as, tied, constable):
    other, planner = client_as("partner_viewer"), client_as("planner")
    for path in list_own_addresses(tied):
        assert other.get(f"/insights/{path}").status_code == 404, path
        assert constable.get(f"/insights/{path}").status_code == 200, path
        assert planner.get(f"/insights/{path}").status_code == 200, path
    told = constable.get(f"/insights/releases/{tied.pk}/").content.decode()
    assert "Of all partners, only Example police sees it" in " ".join(told.split())


def refuse_to_print(html, style):
    raise pdf_renderer.PdfUnavailable


@pytest.mark.slow
def test_no_page_that_another_partner_can_reach_shows_anything_of_it(client_as, tied, constable, monkeypatch):
    """Every address of the planners' pages, with this release and its theme, question and consultation, and every link."""
    monkeypatch.setattr(pdf_renderer, "print_html", refuse_to_print)  # a Word document has the same words
    samples = {
        "pk": tied.pk, "release": tied.pk, "slug": tied.consultation.slug, "question": "q-a", "point": POINT,
        "quarter": Quarter.of(tied.published_on).slug, "theme": "lights",
    }  # fmt: skip
    theirs = crawl(constable, samples, rooms=("/insights/",), alike=1)
    others = crawl(client_as("partner_viewer"), samples, rooms=("/insights/",), alike=1)
    told = {path for path, page in theirs.items() if WORDS.search(page.body)}
    assert len(told) >= 12, "the words are those of such pages"
    assert {path for path, page in others.items() if WORDS.search(page.body)} == set()
    assert len(others) >= 20


def test_a_partners_paper_over_all_releases_leaves_it_out(client_as, tied, constable, monkeypatch):
    """The worker that makes the paper has nobody's request: the paper itself says what is withheld."""
    monkeypatch.setattr(pdf_renderer, "print_html", lambda html, style: html.encode())
    tied.codebook_version.entries.filter(theme__slug="lights").update(links=[{"strand": 5, "sub_point": POINT}])
    quarter = f"{timezone.localdate().year}-q{(timezone.localdate().month - 1) // 3 + 1}"
    tied.published_on = timezone.localdate()
    tied.save(update_fields=["published_on"])
    path = f"/insights/assessment/{quarter}/assessment.pdf"
    for client, holds in ((constable, True), (client_as("partner_viewer"), False), (client_as("planner"), True)):
        assert "being made" in client.get(path).content.decode()
        assert make_wanted_papers() == 1
        assert ("Lights" in read_body(client.get(path))) == holds


def test_a_program_of_another_agency_does_not_read_it(client, tied, police, today, person):
    other = factories.agreement(agency=factories.agency("Hillside"), starts=today, ends=today + timedelta(days=9))
    for agreement, status, total in ((police, 200, 1), (other, 404, 0)):
        _, token = factories.api_client(
            name="Board", agency=agreement.agency, scopes=[Scope.RELEASES], expires_on=today + timedelta(days=5),
            by=person("administrator"),
        )  # fmt: skip
        header = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
        assert client.get("/api/v1/releases", **header).json()["total"] == total
        assert client.get(f"/api/v1/releases/{tied.pk}", **header).status_code == status
        assert client.get(f"/api/v1/releases/{tied.pk}/figures", **header).status_code == status


def test_access_ends_with_this_agreement_even_where_the_agency_has_another(tied, constable, police, today):
    factories.agreement(agency=police.agency, starts=today, ends=today + timedelta(days=90))
    assert constable.get(f"/insights/releases/{tied.pk}/").status_code == 200
    Agreement.objects.filter(pk=police.pk).update(ends=today - timedelta(days=1))
    assert constable.get(f"/insights/releases/{tied.pk}/").status_code == 404
    assert constable.get("/insights/").status_code == 200, "what is for every partner stays open"


def test_an_officer_ties_it_on_the_page_and_it_is_on_record(client_as, release, police):  # noqa: F811
    client = client_as("engagement_officer")
    page = f"/insights/partners/releases/{release.pk}/"
    assert f"{page}" in client.get("/insights/manage/releases/").content.decode()
    assert "Choose an agreement." in client.post(page, {}).content.decode()
    told = client.post(page, {"agreement": police.pk}, follow=True).content.decode()
    assert "Of all partners, only Example police sees it" in " ".join(told.split())
    agreed = AgreedRelease.objects.get()
    assert (agreed.agreement, agreed.released_by) == (police, client.user)
    entry = AuditEntry.objects.get(verb="release tied to an agreement")
    assert (entry.object_id, entry.data) == (str(release.pk), {"agreement": police.pk})
    leads = client_as("safeguarding_lead").get("/insights/partners/").content.decode()
    assert "Releases for one agency" in leads


def test_a_release_is_tied_with_permission_and_to_an_agreement_in_date_alone(
    release,  # noqa: F811
    police,
    officer,  # noqa: F811
    person,
    today,
):
    with pytest.raises(PermissionDenied):
        release_under_agreement(release=release, agreement=police, by=person("planner"))
    Agreement.objects.filter(pk=police.pk).update(ends=today - timedelta(days=1))
    police.refresh_from_db()
    with pytest.raises(NotAllowed, match="not in date"):
        release_under_agreement(release=release, agreement=police, by=officer)
    assert not AgreedRelease.objects.exists()


def test_what_one_agency_was_given_is_not_opened_to_a_second(tied, officer, today):  # noqa: F811
    other = factories.agreement(agency=factories.agency("Hillside"), starts=today, ends=today + timedelta(days=9))
    with pytest.raises(NotAllowed, match="another agency"):
        release_under_agreement(release=tied, agreement=other, by=officer)
    assert AgreedRelease.objects.get().agreement.agency.name == "Example police"


def test_nothing_public_rests_on_it_and_what_is_public_is_not_tied(release, police, officer, colleague):  # noqa: F811
    begun = begin_results(release=release, by=officer)
    words = {"heard": "You want lights.", "heard_easy": "You want lights."}
    begun = write_results(begun, by=officer, words=words)
    release_under_agreement(release=release, agreement=police, by=officer)
    with pytest.raises(ValidationError, match="one agency alone"):
        publish_results(begun, by=colleague)
    AgreedRelease.objects.all().delete()
    publish_results(begun, by=colleague)
    with pytest.raises(NotAllowed, match="Something public rests on it"):
        release_under_agreement(release=release, agreement=police, by=officer)


def test_without_a_release_under_an_agreement_in_date_the_point_does_not_hold(tied, police, today):
    assert get_served_point(POINT).holds
    Agreement.objects.filter(pk=police.pk).update(ends=today - timedelta(days=1))
    assert not get_served_point(POINT).holds
    Agreement.objects.filter(pk=police.pk).update(ends=today)
    AgreedRelease.objects.all().delete()
    assert not get_served_point(POINT).holds

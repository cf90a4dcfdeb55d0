"""Partners' openings are recorded, every page bears their mark, and access ends with the agreement."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from cms.accounts.agreements import Agreement
from cms.api.models import ApiClient, ApiUse
from consultation.audit.models import AuditEntry
from insights.exports.pdf.models import Paper
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401

VIEWED = "report viewed by partner"
PAGES = ("/insights/", "/insights/themes/", "/insights/decisions/", "/insights/data-dictionary/", "/insights/search/")


@pytest.fixture
def release(answered, officer, colleague):  # noqa: F811
    made = create_release(consultation=answered, by=officer, today=date(2026, 11, 25))
    return publish_release(release=made, by=colleague)


def opened(verb=VIEWED):
    return [(entry.object_id, entry.data) for entry in AuditEntry.objects.filter(verb=verb).order_by("seq")]


def ways_out(release):
    return [
        f"/insights/releases/{release.pk}/{name}"
        for name in (
            "",
            "figures.csv",
            "figures.csv-metadata.json",
            "figures.xlsx",
            "release.json",
            "report.pdf",
            "report.docx",
        )
    ]


def body(reply):
    return (b"".join(reply.streaming_content) if reply.streaming else reply.content).decode("utf-8", "ignore")


@pytest.mark.slow
def test_every_page_of_a_partner_bears_the_mark_and_is_on_record_once(client_as, release):
    client = client_as("partner_viewer")
    mark = f"Shared with Riverside partnership on {timezone.localdate():%-d %B %Y}"
    for path in PAGES:
        html = body(client.get(path))
        assert html.count(mark) == 1, path
    assert [data["page"] for _, data in opened()] == ["home", "themes", "decisions", "dictionary", "search"]
    for path in ways_out(release):
        reply = client.get(path)
        assert reply.status_code == 200
        if not path.endswith((".xlsx", ".pdf")):
            assert mark in body(reply), path
    assert opened()[5:] == [(str(release.pk), {})] * 7
    assert [data["form"] for _, data in opened("export made")] == ["csv", "json", "xlsx", "json"]
    planner = client_as("planner")
    before = len(opened())
    for path in (*PAGES, ways_out(release)[0], ways_out(release)[1]):
        assert "Shared with Riverside" not in body(planner.get(path))
    assert len(opened()) == before, "our own planners are no partners"


@pytest.mark.slow
def test_an_agreement_that_ends_closes_every_page_and_every_way_out_the_same_minute(client_as, release):
    client = client_as("partner_viewer")
    today = timezone.localdate()
    Agreement.objects.update(starts=today, ends=today)
    doors = [*PAGES, *ways_out(release), "/insights/assessment/"]
    for path in doors:
        reply = client.get(path)
        assert reply.status_code in (200, 302), path
        body(reply)
    before = len(opened())
    Agreement.objects.update(starts=today - timedelta(days=9), ends=today - timedelta(days=1))
    for path in doors:
        reply = client.get(path)
        assert reply.status_code == 403, path
        assert "Reports are closed to you for now" in reply.content.decode()
    assert len(opened()) == before, "nothing was opened"
    factories.agreement(agency=factories.agency("riverside PARTNERSHIP"), starts=today, ends=today)
    assert client.get(doors[0]).status_code == 200


def test_what_cannot_be_written_down_is_not_opened_and_a_page_says_so(client_as, release, monkeypatch):
    """As on a copy of the database that is only read: whether the view notes what it shows, or the room it stands in."""

    def read_only(*args, **kwargs):
        raise OperationalError("attempt to write a readonly database")

    client = client_as("partner_viewer")
    monkeypatch.setattr("consultation.audit.audit_log.record_event", read_only)
    for path in ("/insights/themes/", *ways_out(release)):
        reply = client.get(path)
        assert (reply.status_code, reply["Retry-After"]) == (503, "60"), path
        html = reply.content.decode()
        assert "Reports cannot be opened just now" in html and "Lights" not in html, path
    assert opened() == [] and not Paper.objects.exists()
    planner = client_as("planner")
    assert planner.get("/insights/themes/").status_code == 200, "a planner's look is not noted"
    for path in ways_out(release)[1:-2]:  # papers are made first
        reply = planner.get(path)
        assert (reply.status_code, reply["Retry-After"]) == (503, "60"), path
        html = reply.content.decode()
        assert "there is no file" in html and f'href="{path}"' in html and "Lights" not in html, path


@pytest.mark.slow
def test_leads_and_auditors_see_who_opened_what_by_agency(client_as, release, person):
    auditor = client_as("auditor")
    assert "no partner has an account" in auditor.get("/insights/partners/").content.decode()
    partner = client_as("partner_viewer")
    for path in ("/insights/themes/", *ways_out(release)[:2]):
        body(partner.get(path))
    program = ApiClient.objects.create(
        name="Board",
        agency=factories.agency("Riverside partnership"),
        expires_on=timezone.localdate(),
        made_on=timezone.localdate(),
    )
    ApiUse.objects.create(client=program, day=timezone.localdate(), requests=1234)
    html = auditor.get("/insights/partners/").content.decode()
    for words in (">3<", ">1234<", "Themes over all consultations", "Parks, release 1", "Downloaded: figures of a"):
        assert words in html, words
    assert str(partner.user) in html
    assert "Nothing has been opened" in auditor.get("/insights/partners/?agency=Elsewhere").content.decode()
    assert client_as("safeguarding_lead").get("/insights/partners/").status_code == 200
    for role in ("planner", "partner_viewer", "engagement_officer", "administrator"):
        assert client_as(role).get("/insights/partners/").status_code == 403


def test_an_agreement_that_ends_soon_says_so_to_the_partner_and_to_the_administrator(client_as, home):
    today = timezone.localdate()
    partner, administrator = client_as("partner_viewer"), client_as("administrator")
    assert "It ends soon" not in partner.get("/insights/").content.decode()
    Agreement.objects.update(ends=today + timedelta(days=12))
    assert "It ends soon" in partner.get("/insights/").content.decode()
    html = administrator.get("/staff/people/agreements/").content.decode()
    assert "1 agreement ends within 30 days" in html
    assert "12 days left" in html
    assert "1 agreement with a partner ends" in administrator.get("/staff/people/").content.decode()
    form = administrator.get("/staff/people/agreements/?agency=riversidepartnership").content.decode()
    assert 'value="riversidepartnership" selected' in form
    factories.agreement(
        agency=factories.agency("Riverside partnership"), starts=today, ends=today + timedelta(days=300)
    )
    assert "within 30 days" not in administrator.get("/staff/people/agreements/").content.decode()

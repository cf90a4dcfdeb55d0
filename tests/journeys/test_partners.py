"""A partner opens and exports a report under an agreement, and is refused when the agreement ends."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cms.accounts.agreements import Agreement
from consultation.file_output.pdf import pdf_renderer
from insights.exports.pdf.paper_making import make_wanted_papers
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401  (fixtures)
from tests.insights.exports.conftest import release  # noqa: F401  (a fixture)
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def taken(page, link):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    return waiting.value


def test_reports_open_to_an_agency_when_two_administrators_have_agreed(signed_in, release):  # noqa: F811
    partner = signed_in("partner_viewer")
    Agreement.objects.all().delete()
    ada, bea = (signed_in("administrator", width=width) for width in (320, 1280))
    ada.goto("/staff/people/agreements/")
    assert findings(ada) == [] and sideways(ada) <= 0
    ada.get_by_label("Agency").select_option("Riverside partnership")
    for label, day in (("From", timezone.localdate()), ("Until", timezone.localdate() + timedelta(9))):
        ada.get_by_label(label).fill(day.isoformat())
    ada.get_by_role("button", name="Add it").press("Enter")
    ada.get_by_text("It opens nothing until another administrator confirms it").wait_for()
    assert findings(ada) == [] and sideways(ada) <= 0
    assert not ada.get_by_role("button", name="Confirm").count()
    partner.goto("/insights/")
    partner.get_by_role("heading", name="Reports are closed to you for now").wait_for()
    bea.goto("/staff/")
    bea.get_by_role("link", name="The agreement with Riverside partnership waits for your yes").click()
    assert findings(bea) == []
    bea.get_by_role("button", name="Confirm").press("Enter")
    bea.get_by_text("Confirmed: Riverside partnership").wait_for()
    partner.goto(f"/insights/releases/{release.pk}/")
    expect(partner.get_by_text("Shared with Riverside partnership on")).to_be_visible()


def test_a_partner_reads_a_report_while_the_agreement_is_in_date(signed_in, release, monkeypatch):  # noqa: F811
    monkeypatch.setattr(pdf_renderer, "print_html", lambda html, style: b"%PDF-1.7 " + html.encode())
    page = signed_in("partner_viewer", width=320)
    page.goto(f"/insights/releases/{release.pk}/")
    mark = page.get_by_text("Shared with Riverside partnership on")
    assert mark.is_visible() and sideways(page) <= 0
    assert findings(page) == []
    page.emulate_media(media="print")
    expect(mark, "and at the head of each sheet of paper").to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_text("Take this report with you", exact=True).click()
    sheet = taken(page, "Figures as a sheet (CSV)")
    assert "Shared with Riverside partnership" in sheet.path().read_text()
    assert taken(page, "Figures as a workbook").suggested_filename == "parks-release-1.xlsx"
    page.get_by_role("link", name="Report as PDF").click()
    page.get_by_role("heading", name="The PDF is being made").wait_for()
    assert make_wanted_papers() == 1
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Look again now").click()
    assert waiting.value.suggested_filename == "parks-release-1.pdf"

    Agreement.objects.update(starts=timezone.localdate() - timedelta(9), ends=timezone.localdate() - timedelta(1))
    page.goto("/insights/themes/")
    page.get_by_role("heading", name="Reports are closed to you for now").wait_for()
    assert findings(page) == []
    answer = page.request.get(f"/insights/releases/{release.pk}/report.pdf")
    assert answer.status == 403

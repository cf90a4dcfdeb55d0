"""An officer passes a campaign on and starts its evaluation; whoever follows it hears the results read by the device."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cms.site.news.models import CampaignEvaluation, CampaignPage, NewsIndexPage
from insights.publications import actions
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.insights.publications.test_results import TODAY, WORDS, draft, release  # noqa: F401
from tests.journeys.test_access_formats import heard, with_voices
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def campaign(home, parks):  # noqa: F811
    today, index = timezone.localdate(), NewsIndexPage.objects.get(locale=home.locale)
    page = CampaignPage(
        slug="lights-week", title="A week for lights", summary="Seven days of asking.", locale=home.locale,
        starts=today, ends=today + timedelta(days=7),
    )  # fmt: skip
    index.add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
    return page


def test_an_officer_passes_a_campaign_on_and_asks_whether_it_reached_people(campaign, signed_in):
    page = signed_in("engagement_officer", width=320)
    page.goto("/staff/campaigns/")
    assert findings(page) == [] and not sideways(page)
    page.get_by_role("link", name="A week for lights").click()
    assert findings(page) == [] and not sideways(page)
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.get_by_role("button", name="Start an evaluation").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The evaluation is a draft now")
    assert CampaignEvaluation.objects.get().campaign == campaign


def test_results_are_read_out_by_a_voice_on_the_device(draft, officer, colleague, chromium, live_server):  # noqa: F811
    words = WORDS | {"for": {"parents-carers": "Walk the path with your child."}}
    actions.write_results(draft, by=officer, words=words)
    actions.publish_results(draft, by=colleague, today=TODAY)
    address = f"{live_server.url}/LANG/have-your-say/parks/results/"
    page = with_voices(chromium, address, [["en-GB", True]])
    page.get_by_text("Ways to read").click()
    page.get_by_text("Read it out loud").first.click()
    assert findings(page) == [] and not sideways(page)
    page.get_by_role("button", name="Read it out loud").click()
    expect(page.get_by_role("button", name="Stop reading")).to_be_visible()
    said = [one[0] for one in heard(page) if one != "silence"]
    assert "It is dark." in said[:4] and "Parents and carers" not in said, "what is folded away stays silent"
    page.context.close()
    nobody = with_voices(chromium, address, [["en-GB", False]])
    nobody.get_by_text("Ways to read").click()
    expect(nobody.get_by_text("Read it out loud").first).to_be_hidden()  # a voice of the network would be told
    nobody.context.close()

"""6.4: links of a campaign carry no personal or source tracking parameters, and its picture holds no answers."""

import io
import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms.site.news.campaigns import share_images
from cms.site.news.campaigns.actions import begin_campaign_evaluation
from cms.site.news.models import CampaignEvaluation, CampaignPage, NewsIndexPage
from consultation.access import NotAllowed
from consultation.branding.current_branding import branding
from consultation.branding.models import Appearance
from consultation.channels.short_links import qr_codes
from consultation.surveys.models import ConsultationPage
from tests import factories

ADDRESSES = re.compile(r"""(?:href|src|content|aria-label)="((?:https?:/)?/[^"]*)"|(https?://[^\s"<]+)""")
SHOWN = {"theme", "for", "year", "page", "q"}  # what a page shows, the same for whoever follows it
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def asked(home):
    return factories.consultation(home, items=[factories.question("a", options=["Yes", "No"])])


@pytest.fixture
def campaign(home, asked):
    today, index = timezone.localdate(), NewsIndexPage.objects.get(locale=home.locale)
    page = CampaignPage(
        slug="signs-week", title="A week for parks", summary="Seven days of asking.", locale=home.locale, themes="parks",
        audience="parents-carers", starts=today, ends=today + timedelta(days=7),
        body=[("words", '<p>Come and <a href="https://example.org/talks">see</a>.</p>')],
    )  # fmt: skip
    index.add_child(instance=page)
    page.consultations = [asked[0]]
    page.save_revision().publish(skip_permission_checks=True)
    return page


def list_parameters(text):
    addresses = [one or other for one, other in ADDRESSES.findall(text.replace("&amp;", "&"))]
    assert addresses
    return {name for address in addresses for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)}


def test_no_link_of_a_campaigns_page_bears_a_mark(campaign, client):
    for path in (campaign.get_url(), "/en/news/"):
        assert list_parameters(client.get(path).content.decode()) <= SHOWN
    shown = client.get(campaign.get_url()).content.decode()
    assert 'href="/en/have-your-say/parks/"' in shown, "to the consultation itself"
    assert f'og:image" content="{settings.SITE_URL.rstrip("/")}/share/{campaign.pk}.png"' in shown


def test_neither_the_campaigns_own_address_nor_its_square_nor_its_picture_bears_a_mark(campaign, client_as):
    officer = client_as("engagement_officer")
    shown = officer.get(reverse("campaigns:campaign", args=[campaign.pk])).content.decode()
    address = settings.SITE_URL.rstrip("/") + campaign.get_url()
    assert address in shown and "?" not in address
    assert not list_parameters(shown[shown.index("<main") : shown.index("</main>")])
    for ending, draw in (("svg", qr_codes.render_qr_svg), ("png", qr_codes.render_qr_png)):
        drawn = officer.get(reverse(f"campaigns:{ending}", args=[campaign.pk])).content
        assert drawn == draw(address), "the square is the address and no more"


def test_the_picture_is_of_the_title_and_a_call_and_stays_the_same_whatever_is_answered(campaign, asked, client):
    before = client.get(f"/share/{campaign.pk}.png")
    assert before["Content-Type"] == "image/png" and Image.open(io.BytesIO(before.content)).size == (1200, 630)
    assert not before.cookies
    factories.response(asked[1], closed={"a": "1"})
    assert client.get(f"/share/{campaign.pk}.png").content == before.content
    campaign.unpublish()
    assert client.get(f"/share/{campaign.pk}.png").status_code == 404


def test_the_picture_has_the_colours_of_the_site(campaign, client, home):
    Appearance(site=home.get_site(), main_colour="#113355", second_colour="#ffcc00").save()
    branding.clear()
    picture = Image.open(io.BytesIO(client.get(f"/share/{campaign.pk}.png").content)).convert("RGB")
    assert [picture.getpixel(at) for at in ((2, 2), (2, 628))] == [(0x11, 0x33, 0x55), (0xFF, 0xCC, 0x00)]


def test_a_campaign_that_is_over_is_no_evidence(campaign, holding):
    assert "campaigns" in holding("engage-online-campaigns")
    long_ago = timezone.localdate() - timedelta(days=9)
    CampaignPage.objects.update(starts=long_ago, ends=long_ago + timedelta(days=8))
    assert "campaigns" not in holding("engage-online-campaigns")


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_long_title_fits_in_each_language(language):
    drawn = share_images.draw_share_image("Very long words " * 20, language=language, address="example.org/en/news/x")
    assert Image.open(io.BytesIO(drawn)).size == share_images.SIZE


def test_a_server_without_the_letters_gives_no_picture(campaign, client, monkeypatch):
    share_images.draw_share_image.cache_clear()
    monkeypatch.setattr(share_images, "LATIN", ("no-such-font.ttf",))
    assert client.get(f"/share/{campaign.pk}.png").status_code == 404


def test_an_officer_starts_the_evaluation_from_the_campaign_and_its_page_leads_there(campaign, client_as, client):
    officer = client_as("engagement_officer")
    assert "A week for parks" in officer.get(reverse("campaigns:list")).content.decode()
    there = reverse("campaigns:campaign", args=[campaign.pk])
    assert officer.post(there).status_code == 302
    page = CampaignEvaluation.objects.get().consultation
    assert (page.audience, page.lowest_age, page.live) == ("parents-carers", None, False)
    with pytest.raises(NotAllowed):
        begin_campaign_evaluation(campaign=campaign, by=officer.user)
    assert "What did you see?" in officer.get(there).content.decode()
    assert "What did you see?" not in client.get(campaign.get_url()).content.decode()
    ConsultationPage.objects.filter(pk=page.pk).update(live=True)
    assert "What did you see?" in client.get(campaign.get_url()).content.decode()


def test_before_the_first_campaign_the_register_says_where_to_write_one(client_as, home):
    assert (
        "There is no campaign yet." in client_as("engagement_officer").get(reverse("campaigns:list")).content.decode()
    )


@pytest.mark.parametrize(
    ("starts", "ends", "live", "state"),
    [(0, 0, True, "Runs"), (1, 2, True, "To come"), (-2, -1, True, "Over"), (0, 1, False, "Not published")],
)
def test_the_register_says_where_each_campaign_stands_and_leaves_as_a_file(
    campaign, client_as, starts, ends, live, state
):
    officer, today = client_as("engagement_officer"), timezone.localdate()
    days = {"starts": today + timedelta(days=starts), "ends": today + timedelta(days=ends)}
    CampaignPage.objects.update(live=live, **days)
    assert f'<span class="tag">{state}</span>' in officer.get("/staff/campaigns/").content.decode()
    shown = officer.get(f"/staff/campaigns/{campaign.pk}/").content.decode()
    assert "Change it" in shown and ("Take it down" in shown) == live
    sheet = b"".join(officer.get("/staff/campaigns/campaigns.csv").streaming_content).decode()
    told = ("A week for parks", "en", "Parents and carers", days["starts"], days["ends"], state, "")
    assert ",".join(f'"{each}"' for each in told) in sheet

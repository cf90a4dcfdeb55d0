"""A child with an old phone finds help in Polish and open surveys; an officer's news appears after a second
reading."""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cms.site.news.models import NewsIndexPage, NewsPage
from cms.site.pages.site_setup import ensure_site
from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.models import HelpEntry
from tests.factories import consultation, question
from tests.journeys.channel_steps import looked_at
from tests.journeys.officer_steps import write_title

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
STAFF_PAGES = ("/staff/hear-by-right/", "/staff/hear-by-right/values-no/")


@pytest.fixture
def site(db):
    home = ensure_site(("en", "pl"))
    load_help_entries()
    HelpEntry.objects.create(
        slug="kacik", name="Kącik", for_whom="Families", call="01632 960 118", needs=["talk"], languages=["pl"],
        hours="Always", checked_on=timezone.localdate(),
    )  # fmt: skip
    consultation(home, items=[question("a", "single", ["Parks", "Town"])], lowest_age=11, highest_age=17)
    return home


def shot(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_child_at_320_px_without_scripts_finds_help_in_polish_and_what_is_open(site, tablet):
    page = tablet(width=320, java_script_enabled=False)
    page.goto("/pl/")
    expect(page.locator("#open ~ ul a", has_text="Parks")).to_be_visible()
    page.locator("nav.bar details:last-of-type summary").click()
    page.get_by_role("link", name="Więcej pomocy").click()
    page.get_by_label("Czego to dotyczy?").select_option("talk")
    page.get_by_label("Mówią w języku").select_option("pl")
    page.get_by_role("button", name="Pokaż te miejsca").click()
    place = page.locator(".card", has_text="kącik")
    place.wait_for()
    assert place.get_by_role("link", name="01632 960 118").get_attribute("href") == "tel:01632960118"
    assert "talk" not in page.url and "?" not in page.url
    expect(page.locator("a.exit")).to_be_visible()
    shot(page, "help-pl-320")
    page.get_by_role("link", name="Szukaj").click()
    page.get_by_label("Czego szukasz?").fill("kącik")
    page.keyboard.press("Enter")
    page.locator("#found").wait_for()
    assert page.url.endswith("/pl/search/")
    page.locator("ol").get_by_role("link", name="Kącik").click()
    page.locator(".card:target").wait_for()


def test_an_officers_news_goes_out_when_another_has_read_it(site, signed_in):
    writer, second = signed_in("engagement_officer", width=1280), signed_in("engagement_officer", width=1280)
    for page in (writer, second):
        page.context.set_default_timeout(20000)
    index = NewsIndexPage.objects.get(locale=site.locale)
    writer.goto(f"/staff/pages/add/cms/newspage/{index.pk}/")
    write_title(writer, "Lamps by the canal")
    writer.fill("[name=summary]", "The first six are on.")
    writer.get_by_role("button", name="More actions").click()
    writer.get_by_role("button", name="Submit to approval of pages").click()
    writer.get_by_text("submitted for moderation").first.wait_for()
    pk = NewsPage.objects.get().pk
    second.goto("/staff/")
    second.get_by_text("Lamps by the canal").first.wait_for()
    shot(second, "dashboard-officer")
    second.goto(f"/staff/pages/{pk}/edit/")
    second.get_by_role("button", name="More actions").click()
    second.get_by_role("button", name="Approve", exact=True).click()
    second.wait_for_url(lambda url: "/edit/" not in url)
    second.goto("/en/news/")
    second.get_by_role("link", name="Lamps by the canal").click()
    second.get_by_text("The first six are on.").wait_for()
    assert looked_at(second) == []
    found = []
    for path in STAFF_PAGES:
        second.goto(path)
        second.locator("main h1").wait_for()
        shot(second, path.strip("/").replace("/", "-"))
        found += [f"{path}: {each}" for each in looked_at(second)]
    assert found == []

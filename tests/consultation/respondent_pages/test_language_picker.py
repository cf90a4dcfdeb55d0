"""A respondent's language is in the address: the browser chooses the first, and the top bar every other."""

import re

import pytest
from django.conf import settings

from cms.site.pages.site_setup import ensure_site
from consultation.interface_text import LANGUAGES
from consultation.respondent_pages.language_picker import list_picker_links

pytestmark = pytest.mark.django_db
PICKER = re.compile(r'<ul class="langs">.*?</ul>', re.DOTALL)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ur", "ur"),
        ("pl-PL,pl;q=0.9,en;q=0.8", "pl"),
        ("de,pa;q=0.5", "pa"),
        ("de", "en"),
        ("*", "en"),
        ("nonsense;;q=x", "en"),
        (None, "en"),
    ],
)
def test_the_browsers_languages_decide_where_the_site_begins(client, accepted, language):
    response = client.get("/", headers={"accept-language": accepted} if accepted else {})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies


def test_a_page_without_translations_of_its_own_is_at_the_same_path():
    found = {language.code: address for language, address in list_picker_links("/en/help/")}
    assert found == {code: f"/{code}/help/" for code, _ in settings.LANGUAGES}
    assert [address for _, address in list_picker_links("/en/")][:2] == ["/en/", "/ur/"]


def test_a_language_that_a_page_lacks_leads_to_its_home():
    own = [(each, f"/{each.code}/news/lights/") for each in LANGUAGES if each.code in ("en", "ur")]
    found = {language.code: address for language, address in list_picker_links("/en/news/lights/", own)}
    assert (found["ur"], found["pl"]) == ("/ur/news/lights/", "/pl/")


@pytest.fixture
def home(db):
    return ensure_site(("en", "ur"))


@pytest.mark.parametrize(
    "path", ["", "help/", "contact/", "receipt/", "you-said-we-did/", "search/", "privacy/", "no-such-page/"]
)
def test_every_page_offers_every_language_and_way_to_read(client, home, path):
    html = client.get(f"/en/{path}").content.decode()
    picker = PICKER.findall(html)
    assert len(picker) == 1
    for code, native in settings.LANGUAGES:
        assert f'lang="{code}" hreflang="{code}"' in picker[0] and native in picker[0]
    assert html.count('id="easy"') == html.count('id="letters"') == html.count('id="aloud"') == 1


def test_switches_in_the_address_are_on(client, home):
    html = client.get("/en/help/?easy=1&letters=1").content.decode()
    assert re.search(r'id="easy"[^>]* checked', html) and re.search(r'id="letters"[^>]* checked', html)

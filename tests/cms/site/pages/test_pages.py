"""The pages around a consultation: the list, the page before question 1, and information pages."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.utils import timezone
from django.utils.translation import override

from cms.site.pages.models import FOOTER_SLUGS, InformationPage
from cms.site.pages.site_setup import SEEDS, ensure_site
from consultation.channels.web.middleware import HEADERS
from consultation.interface_text import get_text
from consultation.respondent_pages.robots_policy import may_be_indexed
from consultation.surveys.consultation_loading import load_consultation
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from tests import shared_worlds

pytestmark = pytest.mark.any_database

FILE = Path(__file__).resolve().parents[4] / "cms" / "demo" / "demo_consultations.yaml"
WRITTEN = {one["slug"]: one for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))["consultations"]}
FORBIDDEN = re.compile(r"exploit|abuse|\bcse\b|safeguard", re.IGNORECASE)
LANDING = "/en/have-your-say/safe-in-bradford/"


def load(slug, *, opens_in=0, **dates):
    """The written consultation, opening `opens_in` days from today."""
    written = WRITTEN[slug]
    shift = (timezone.localdate() + timedelta(days=opens_in) - date.fromisoformat(str(written["opens"]))).days
    return load_consultation(written, by=None, shift_days=shift)


def two_languages():
    return ensure_site(languages=["en", "ur"])


@pytest.fixture
def site(db):
    shared_worlds.once("two languages", two_languages)
    return two_languages()


@pytest.fixture
def safe(db):
    shared_worlds.once("safe-in-bradford", lambda: (two_languages(), load("safe-in-bradford")))
    return ConsultationPage.objects.get(slug="safe-in-bradford", locale__language_code="en")


def text_of(response):
    return response.content.decode()


def title_of(response):
    return re.search(r"<title>(.*?)</title>", text_of(response)).group(1)


@pytest.mark.parametrize(
    "path", ["/en/", "/ur/", "/en/have-your-say/", LANDING, "/en/privacy/", "/en/safer/", "/ur/accessibility/"]
)
def test_pages_send_the_headers_and_no_cookie(client, safe, path):
    response = client.get(path)
    assert response.status_code == 200
    robots = "noarchive" if may_be_indexed(path) else HEADERS["X-Robots-Tag"]
    for name, value in (HEADERS | {"X-Robots-Tag": robots}).items():
        assert response[name] == value
    assert not response.cookies and "Vary" not in response


def test_no_visitor_touches_a_session(client, safe, django_assert_max_num_queries):
    from django.contrib.sessions.models import Session

    with django_assert_max_num_queries(40) as queries:
        client.get(LANDING)
    assert not Session.objects.exists()
    assert not any("django_session" in query["sql"] for query in queries.captured_queries)


@pytest.mark.slow
def test_titles_and_slugs_are_neutral(client, site):
    for slug in WRITTEN:
        load(slug)
    for page in [
        *ConsultationPage.objects.all(),
        *ConsultationIndexPage.objects.all(),
        *InformationPage.objects.all(),
    ]:
        assert not FORBIDDEN.search(f"{page.title} {page.slug} {page.seo_title}")
        response = client.get(page.get_url())
        assert response.status_code == 200
        assert not FORBIDDEN.search(title_of(response)), page


@pytest.mark.slow
def test_home_shows_what_is_open_and_what_closed(client, site):
    load("safe-in-bradford")
    load("getting-about-after-dark", opens_in=-60)
    load("training-did-it-help", opens_in=10)
    html = text_of(client.get("/en/"))
    now, past = html.index("Open now"), html.index(">Closed<")
    assert now < html.index("Safe in Bradford") < html.index("Training: did it help?") < past
    assert past < html.index("Getting about after dark")
    assert "Opens on" in html and "Closed on" in html


def test_home_without_consultations_says_so(client, site):
    assert "Nothing is open right now" in text_of(client.get("/en/"))


@pytest.mark.slow
def test_home_in_urdu_marks_what_is_only_in_english(client, site):
    load("safe-in-bradford")
    load("training-did-it-help")
    html = text_of(client.get("/ur/"))
    assert '<html lang="ur" dir="rtl">' in html
    assert '<a href="/ur/have-your-say/safe-in-bradford/">بریڈفورڈ میں محفوظ</a>' in html
    assert '<h3 lang="en" dir="ltr"><a href="/en/have-your-say/training-did-it-help/">' in html


def test_landing_says_what_must_be_said_before_question_one(client, safe):
    html = text_of(client.get(LANDING))
    assert "We do not know who you are" in html and "we cannot send help to you" in html
    assert "we must tell people whose job is to keep children safe" in html
    assert "No one reads this day and night" in html
    assert "Your history still shows that you were here" in html
    assert "This site saves nothing on your phone or computer" in html
    assert 'href="/en/safer/"' in html and 'href="/en/contact/"' in html
    assert "Up to 12 questions" in html, "one is asked only of some"
    assert "For ages 11 to 17" in html
    assert "Which parks and paths get lights first" in html and "We cannot set bus times" in html
    assert "The person in charge of parks and youth work will choose what to do" in html
    assert "We ask what you think. Then adults choose what to do." in html


def test_landing_starts_the_survey_with_a_plain_link(client, safe):
    html = text_of(client.get(LANDING))
    assert '<a class="btn" href="answer/">Start</a>' in html
    assert client.get(f"{LANDING}answer/").status_code == 200


@pytest.mark.slow
def test_landing_before_it_opens_has_no_start(client, site):
    page = load("safe-in-bradford", opens_in=5)
    html = text_of(client.get(LANDING))
    assert "answer/" not in html and "This opens on" in html
    assert not page.is_open()


@pytest.mark.slow
def test_landing_after_it_closed_says_when_we_tell(client, site):
    load("safe-in-bradford", opens_in=-40)
    html = text_of(client.get(LANDING))
    assert "answer/" not in html and "This has closed" in html
    assert "We aim to tell you what we chose by" in html and 'href="/en/you-said-we-did/"' in html


@pytest.mark.slow
def test_a_promise_that_has_passed_is_not_made_again(client, site):
    load("safe-in-bradford", opens_in=-200)
    html = text_of(client.get(LANDING))
    assert "We aim to tell you" not in html and "They will look" not in html
    assert "The person in charge of parks and youth work" in html


def test_landing_in_urdu_is_right_to_left_and_marked(client, safe):
    html = text_of(client.get("/ur/have-your-say/safe-in-bradford/"))
    assert '<html lang="ur" dir="rtl">' in html
    assert "بریڈفورڈ میں محفوظ" in html
    assert "بسوں کے اوقات ہم طے نہیں کر سکتے" in html
    said = html.partition("answer/")[2].partition("<details")[0]
    with override("ur"):
        assert get_text("lang.unchecked") in said, "machine words that nobody has checked are marked, under Start"


def test_landing_links_the_languages_it_has_and_no_others(client, safe):
    ConsultationPage.objects.filter(slug=safe.slug, locale__language_code="bn").update(live=False)
    html = text_of(client.get(LANDING))
    links = re.findall(r'<a href="/(\w+)/have-your-say/safe-in-bradford/" lang="(\w+)"', html)
    assert links == [(code, code) for code in ("en", "ur", "pl", "sk", "ro", "pa", "ar")]


@pytest.mark.parametrize("language", ["ur", "pl"])
@pytest.mark.parametrize("had_it_before", [True, False])
def test_a_page_that_a_language_lacks_leads_to_the_one_in_english(client, safe, language, had_it_before):
    translation = ConsultationPage.objects.filter(slug=safe.slug, locale__language_code=language)
    translation.update(live=False) if had_it_before else translation.get().delete()
    lacking = f"/{language}/have-your-say/safe-in-bradford/"
    answered = client.get(f"{lacking}?easy=1")
    assert (answered.status_code, answered.headers["Location"]) == (302, f"{LANDING}?easy=1")
    assert client.get(f"/{language}/have-your-say/never/").status_code == 404
    ConsultationPage.objects.filter(pk=safe.pk).update(live=False)
    assert client.get(LANDING).status_code == 410
    assert client.get(lacking).status_code == (410 if had_it_before else 404)


def test_dates_of_a_translation_are_the_sources(client, safe):
    ConsultationPage.objects.filter(pk=safe.pk).update(closes=timezone.localdate() - timedelta(days=1))
    assert "answer/" not in text_of(client.get("/ur/have-your-say/safe-in-bradford/"))


def test_translation_is_gone_when_its_source_is_taken_down(client, safe):
    safe.unpublish()
    assert client.get(LANDING).status_code == 410
    assert client.get("/ur/have-your-say/safe-in-bradford/").status_code == 404


@pytest.mark.parametrize("slug", ["safer", "privacy", "accessibility"])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_footer_leads_to_information(client, site, slug, language):
    assert f'href="/{language}/{slug}/"' in text_of(client.get(f"/{language}/"))
    assert client.get(f"/{language}/{slug}/").status_code == 200


def test_information_says_what_is_true(client, site):
    privacy = text_of(client.get("/en/privacy/"))
    assert "We keep the day you sent your answers. We do not keep the time." in privacy
    assert "we must tell people whose job is to keep children safe" in privacy
    safer = text_of(client.get("/en/safer/"))
    assert "A private window does not keep the list" in safer
    assert "Some phones do not run scripts. Then each question you open goes on the list too." in safer
    assert "No one who uses a screen reader has tried this site yet" in text_of(client.get("/en/accessibility/"))


def test_information_keeps_what_officers_wrote(site):
    page = InformationPage.objects.get(slug="privacy", locale__language_code="en")
    page.intro = "Our own words."
    page.save_revision().publish(skip_permission_checks=True)
    ensure_site(languages=["en", "ur"])
    page.refresh_from_db()
    assert page.intro == "Our own words."


def test_site_is_made_once(site):
    count = ConsultationIndexPage.objects.count()
    ensure_site(languages=["en", "ur"])
    assert ConsultationIndexPage.objects.count() == count == 2


@pytest.mark.slow
def test_index_made_as_an_alias_gets_words_of_its_own(db):
    ensure_site()
    load("safe-in-bradford")
    alias = ConsultationIndexPage.objects.get(locale__language_code="ur")
    assert alias.alias_of_id
    ensure_site(languages=["en", "ur"])
    alias.refresh_from_db()
    assert alias.alias_of_id is None and alias.title != "Have your say"


@pytest.mark.parametrize("path", ["/en/", LANDING, "/en/privacy/"])
def test_pages_have_no_inline_style_script_or_handler(client, safe, path):
    html = text_of(client.get(path))
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert "wagtail-userbar" not in html


def test_no_officer_takes_a_page_away_that_every_footer_leads_to(home, person):
    ensure_site(languages=["en", "ur"])
    officer = person("engagement_officer")
    assert {seed.slug for seed in SEEDS} == FOOTER_SLUGS
    for page in InformationPage.objects.all():
        may = page.permissions_for_user(officer)
        assert may.can_edit() and not (may.can_delete() or may.can_unpublish()), page.url_path
    other = InformationPage(title="More", slug="more")
    home.add_child(instance=other)
    assert other.permissions_for_user(officer).can_delete() and other.permissions_for_user(officer).can_unpublish()

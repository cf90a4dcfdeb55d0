"""News: approved by a second officer, filtered by theme, audience and year, without another host."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Locale

from cms.site.news import news_listing
from cms.site.news.models import CampaignPage, NewsIndexPage, NewsPage
from tests.factories import consultation

pytestmark = pytest.mark.django_db
WORDS = [("words", "<p>The lamps are on.</p>")]


@pytest.fixture
def index(home):
    return NewsIndexPage.objects.get(locale=home.locale)


def news(index, slug, *, model=NewsPage, live=True, **fields):
    fields = {"title": slug.title(), "summary": "It is so.", "body": WORDS, "day": date(2026, 11, 20)} | fields
    page = index.add_child(instance=model(slug=slug, locale=index.locale, live=False, **fields))
    revision = page.save_revision()
    if live:
        revision.publish(skip_permission_checks=True)
    page.refresh_from_db()
    return page


def html(client, path):
    return client.get(path).content.decode()


def test_by_theme_by_whom_and_by_year(client, index):
    news(index, "lamps", themes="parks, light")
    news(index, "forms", audience="parents-carers", day=date(2025, 3, 1), themes="forms")
    news(index, "secret", live=False)
    every = html(client, "/en/news/")
    assert every.index("Lamps") < every.index("Forms") and "Secret" not in every
    assert "Forms" not in html(client, "/en/news/?theme=light").split("<h2>")[0]
    assert "Lamps" not in html(client, "/en/news/?for=parents-carers").split("<h2>")[0]
    assert "Lamps" not in html(client, "/en/news/?year=2025").split("<h2>")[0]
    assert "Lamps" in html(client, "/en/news/?theme=<script>&year=x&page=99"), "what is not there is not asked for"
    assert client.get("/en/news/?theme=light")["X-Robots-Tag"].startswith("noindex")


def test_what_nobody_has_translated_is_there_in_english_and_says_so(client, home, index):
    """People who read Urdu saw an empty page of news."""
    urdu, _ = Locale.objects.get_or_create(language_code="ur")
    home.copy_for_translation(urdu).save_revision().publish(skip_permission_checks=True)
    there = index.copy_for_translation(urdu)
    there.save_revision().publish(skip_permission_checks=True)
    both, alone = news(index, "lamps"), news(index, "forms")
    translated = both.copy_for_translation(urdu)
    translated.title = "Batti"
    translated.save_revision().publish(skip_permission_checks=True)
    shown = html(client, there.url)
    assert "Batti" in shown and "Lamps" not in shown
    assert f'<h2 lang="en" dir="ltr"><a href="{alone.url}">Forms' in shown
    assert "Forms" in html(client, "/ur/")
    assert "Forms" not in html(client, "/ur/feeds/news.xml")


def test_more_pieces_take_no_more_queries(index, django_assert_max_num_queries):
    """Each was asked for its locale."""
    for number in range(9):
        news(index, f"piece-{number}")
    with django_assert_max_num_queries(8):
        assert not any(
            one.in_english for one in news_listing.build_news_context(NewsPage.objects.all(), index, {})["news"]
        )


def test_page_by_page(client, index):
    for number in range(12):
        news(index, f"piece-{number}")
    assert "Page 1 of 2" in html(client, "/en/news/")
    assert 'rel="prev"' in html(client, "/en/news/?page=2")


def test_nothing_to_read_says_so(client, index):
    assert "There is no news here yet." in html(client, "/en/news/")


def test_a_campaign_shows_its_days_and_what_can_be_answered(client, home, index):
    page, _ = consultation(home)
    today = timezone.localdate()
    campaign = news(index, "week", model=CampaignPage, starts=today, ends=today + timedelta(days=3))
    campaign.consultations = [page]
    campaign.save_revision().publish(skip_permission_checks=True)
    shown = html(client, "/en/news/week/")
    assert "From " in shown and 'href="/en/have-your-say/parks/"' in shown
    page.unpublish()
    CampaignPage.objects.update(ends=today - timedelta(days=1))
    shown = html(client, "/en/news/week/")
    assert "This ended on" in shown and "/have-your-say/parks/" not in shown


def test_a_page_calls_no_other_host_and_has_a_card_when_it_is_shared(client, index):
    news(index, "lamps")
    shown = html(client, "/en/news/lamps/")
    assert '<meta property="og:title" content="Lamps">' in shown and "og:url" in shown
    for host in ("facebook", "twitter", "x.com", "whatsapp"):
        assert host not in shown
    assert 'aria-label="Where this page is"' in shown and 'href="/en/feeds/news.xml"' in shown


def test_a_picture_without_words_is_refused():
    from django.core.exceptions import ValidationError

    from cms.site.news.news_blocks import NewsPictureBlock

    with pytest.raises(ValidationError) as refused:
        NewsPictureBlock().clean(NewsPictureBlock().to_python({"picture": None, "alt": "", "caption": ""}))
    assert "alt" in refused.value.block_errors


def test_nobody_publishes_what_they_wrote(index, person):
    writer, second = person("engagement_officer"), person("engagement_officer")
    page = news(index, "draft", live=False)
    revision = page.save_revision(user=writer)
    assert not page.permissions_for_user(writer).can_publish()
    with pytest.raises(PublishPagePermissionError):
        page.publish(revision, user=writer)
    state = page.get_workflow().start(page, writer)
    task = state.current_task_state.task.specific
    assert "approve" not in [name for name, *_ in task.get_actions(page, writer)]
    with pytest.raises(PermissionDenied):
        task.on_action(state.current_task_state, writer, "approve")
    task.on_action(state.current_task_state, second, "approve")
    page.refresh_from_db()
    assert page.live

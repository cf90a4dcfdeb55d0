"""Markup that an officer saves reaches neither the database nor a page unclean, whichever way it came."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.rich_text import RichText

from cms.site.news.models import NewsIndexPage, NewsPage
from cms.site.pages.models import InformationPage
from consultation.markup import LONGEST
from consultation.surveys.exchange.sheet_parsing import InvalidQuestionnaire, parse_sheet
from consultation.surveys.translations.translation_faults import list_faults

ATTACK = '<p>Ask us<img src=x onerror=alert(1)></p><a href="javascript:alert(1)">x</a><script>alert(1)</script>'
CLEAN = "<p>Ask us</p><a>x</a>alert(1)"


@pytest.fixture
def page(home):
    return home.add_child(instance=InformationPage(title="About us", slug="about-us", body=ATTACK, easy=ATTACK))


def test_a_page_is_stored_clean_by_each_way_of_saving(page):
    assert InformationPage.objects.get(pk=page.pk).body == CLEAN
    InformationPage.objects.filter(pk=page.pk).update(easy=f"<h2>{ATTACK}</h2>")
    page.refresh_from_db()
    assert "onerror" not in page.easy and "javascript" not in page.easy
    page.body = ATTACK
    page.save_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    assert page.body == CLEAN


def test_a_page_shows_clean_markup_whatever_the_database_holds(page, client):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cms_informationpage SET body = %s", [ATTACK])
    assert CLEAN in client.get("/en/about-us/").content.decode()


def test_news_is_stored_and_shown_clean(home, client):
    index = NewsIndexPage.objects.get(locale=home.locale)
    news = NewsPage(title="News", slug="one", summary="<b>Short</b>", body=[("words", ATTACK)])
    index.add_child(instance=news)
    assert NewsPage.objects.get(pk=news.pk).body.raw_data[0]["value"] == CLEAN
    shown = client.get("/en/news/one/").content.decode()
    assert CLEAN in shown and "&lt;b&gt;Short&lt;/b&gt;" in shown


def test_a_page_that_is_too_long_to_check_is_refused(home):
    block = NewsPage._meta.get_field("body").stream_block.child_blocks["words"]
    assert block.clean(RichText(ATTACK)).source == CLEAN
    with pytest.raises(ValidationError, match="too long"):
        block.clean(RichText("x" * (LONGEST + 1)))
    with pytest.raises(ValidationError, match="too long"):
        home.add_child(instance=InformationPage(title="Long", slug="long", body="x" * (LONGEST + 1)))


@pytest.mark.parametrize(
    "said",
    [
        "<img src=x onerror=alert(1) <b>pomoc</b>",
        "<b onclick=alert(1)>pomoc</b>",
        "</b>pomoc<b>",
        "<b>pomoc</b><script>alert(1)</script>",
    ],
)
def test_a_translators_file_brings_no_markup_of_its_own(said):
    assert list_faults("<b>help</b>", said, rich=True)
    assert not list_faults("<b>help</b>", "<b>pomoc</b>", rich=True)
    assert list_faults("help", "<b>pomoc</b>")


def test_an_imported_sheet_brings_words_without_tags():
    sheet = parse_sheet(b"what,type,text,text [pl]\nquestion,yesno,<b>Do you</b> <3 it?,<script>Czy</script> tak?\n")
    assert (sheet.things[0][0].says("text"), sheet.things[0][0].says("text", "pl")) == ("Do you <3 it?", "Czy tak?")
    with pytest.raises(InvalidQuestionnaire, match="too long"):
        parse_sheet(b"what,type,text\nquestion,yesno," + b"<b>" * 5000 + b"\n")

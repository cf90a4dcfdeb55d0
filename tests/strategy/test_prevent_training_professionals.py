"""2.3 Training is evaluated with change and n and nothing below the minimum; words of young people stand on a page for
people who train, and vanish when they are taken back."""

from datetime import date

import pytest
from wagtail.models import Page

from cms.site.news.models import NewsIndexPage, NewsPage
from cms.site.news.news_blocks import list_quote_choices
from insights.coding.models import Theme
from insights.releases.models import Quote
from insights.strategy.points.point_provisions import get_served_point
from tests import factories
from tests.insights import released
from tests.insights.evaluations import evaluated
from tests.insights.evaluations.evaluated import AGREEMENT

pytestmark = pytest.mark.django_db
SETTINGS = ("school", "health")
POINT = "prevent-training-professionals"


def holding():
    return {one.key for one in get_served_point(POINT).provisions if one.holds}


@pytest.fixture
def version(home):
    return released.codebook(lights=[])


def test_confidence_changes_with_n_and_nothing_below_the_minimum_is_shown(home, version, client_as):
    assert not holding()
    setting = evaluated.item("setting", SETTINGS, type_="about", about_you="other", text={"en": "Where do you work?"})
    items = [evaluated.item("spot", AGREEMENT, points=[POINT]), evaluated.level_question(), setting]
    rounds = evaluated.ask_rounds(home, "training", items)
    reports = [evaluated.report(page, version) for page in rounds[:2]]
    for report, counts in zip(reports, ((10, 20, 20, 30, 20), (50, 35, 5, 5, 5)), strict=True):
        split = {"level": {"leader": (40, [n * 2 // 5 for n in counts]), "planner": (13, (9, 1, 1, 1, 1))}}
        evaluated.answer(report, "spot", AGREEMENT, counts, title="I would spot the signs.", by=split)
    assert "training" in holding()
    proof = next(one for one in get_served_point(POINT).provisions if one.key == "training").proofs[0]
    page = client_as("planner").get(proof.url, {"by": "q-level"}).content.decode()
    assert "+55 (" in page and page.count("n 100") == 2 and page.count("n 40") == 2
    table = page[page.index("<tbody") : page.rindex("</tbody>")]
    assert "n 13" not in table and "planner" in table
    reports[0].delete()
    assert "training" not in holding(), "one round alone tells of no change"


def test_training_in_rounds_without_the_setting_is_no_evaluation_by_setting(home, version):
    items = [evaluated.item("spot", AGREEMENT, points=[POINT]), evaluated.level_question()]
    for page in evaluated.ask_rounds(home, "training", items)[:2]:
        evaluated.report(page, version)
    assert "training" not in holding()


@pytest.mark.parametrize(("people", "holds"), [(100, True), (None, False)])
def test_a_second_round_with_words_alone_is_no_change(home, version, people, holds):
    setting = evaluated.item("setting", SETTINGS, type_="about", about_you="other", text={"en": "Where do you work?"})
    rounds = evaluated.ask_rounds(home, "training", [evaluated.item("spot", AGREEMENT, points=[POINT]), setting])
    evaluated.report(rounds[0], version)
    evaluated.report(rounds[1], version, people=people)
    assert ("training" in holding()) == holds


@pytest.fixture
def quote(home, version):
    page = released.asked(home)
    said = Quote.objects.create(
        release=released.release(page, version, {"lights": 40}), theme=Theme.objects.get(), question="q-a",
        version=page.versions.get(), audience=page.audience, text="Ask me twice.",
    )  # fmt: skip
    said.public_approved_by.add(factories.staff("one@example.org"), factories.staff("two@example.org"))
    return said


def publish_page_with(quote, home):
    index = NewsIndexPage.objects.get(locale=home.locale)
    page = index.add_child(instance=NewsPage(
        title="For people who train", slug="train", summary="Words to use.", day=date(2026, 11, 2), locale=index.locale,
        body=[("quotes", {"quotes": [str(quote.pk)]})], live=False, audience="professionals",
    ))  # fmt: skip
    page.save_revision().publish(skip_permission_checks=True)
    return page


def test_words_of_young_people_stand_on_the_page_until_they_are_taken_back(home, quote, client):
    page = publish_page_with(quote, home)
    shown = client.get(page.url).content.decode()
    assert "What we want you to know" in shown and "“Ask me twice.”" in shown
    assert "young-peoples-words" in holding()
    quote.text, quote.erased = "", True
    quote.save()
    gone = client.get(page.url).content.decode()
    assert "Ask me twice." not in gone and "What we want you to know" not in gone
    assert "young-peoples-words" not in holding()


def test_only_what_two_people_approved_for_everyone_can_be_chosen(home, quote, client):
    assert [value for value, _ in list_quote_choices()] == [str(quote.pk)]
    page = publish_page_with(quote, home)
    quote.public_approved_by.remove(quote.public_approved_by.first())
    assert not list_quote_choices()
    assert "Ask me twice." not in client.get(page.url).content.decode()
    assert Page.objects.filter(pk=page.pk, live=True).exists()


def test_words_of_adults_are_not_offered(quote):
    Quote.objects.update(audience="professionals")
    assert not list_quote_choices()

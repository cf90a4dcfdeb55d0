"""The quotes of a release after their arrangement, and the pages and papers that show them."""

import numpy as np
import pytest

from insights.coding.desk.actions import confirm_codes
from insights.coding.models import Theme
from insights.corpus.models import Text
from insights.disclosure.perturbation import ReleaseNoise
from insights.disclosure.record_keys import make_release_noise
from insights.exports.pdf.release_report_paper import context_of
from insights.releases.actions import create_release, erase_quotes, publish_release
from insights.releases.chosen_quotes import arrangement
from insights.releases.chosen_quotes.arrangement import arrange_waiting_quotes
from insights.releases.chosen_quotes.quote_meanings import embed_quotes
from insights.releases.models import CHOSEN, Quote, Release
from insights.releases.quote_selection import drop_near_repeats, select_quotes
from insights.releases.release_builder.actions import order_release
from insights.releases.tasks import run_release_orders
from tests import factories
from tests.insights.releases.test_release import TODAY

ALIKE, FEW = 20, 3  # people who say one thing, and another


@pytest.fixture
def alike(answered, officer, monkeypatch):
    """Of the fifty who spoke of lights, so many say nearly the same, and one wants no lights. Forty are quoted."""
    monkeypatch.setattr("insights.releases.released_quotes.draw_number", lambda *_, below: 0)
    texts = list(Text.objects.filter(text__startswith="lights").order_by("text"))
    for at, text in enumerate(texts[: ALIKE + FEW]):
        text.text = "the path by the river is dark" if at < ALIKE else "My street has been dark for weeks"
        text.text += "!" * (at % 3)
    texts[-1].text = "leave it dark, so that we can see the stars"
    Text.objects.bulk_update(texts, ["text"])
    lights = Theme.objects.get(slug="lights")
    confirm_codes(text=texts[-1], themes=[lights], by=officer, stances={lights.pk: "disagrees"})
    Text.objects.filter(pk__in=[text.pk for text in texts[ALIKE + FEW : -1]][:10]).update(quotable=False)
    return answered


@pytest.fixture
def made(alike, officer):
    return create_release(consultation=alike, by=officer, today=TODAY)


def shown(release, reader, slug="lights"):
    return drop_near_repeats(Quote.objects.filter(release=release, theme__slug=slug).seen_by(reader))


def test_a_theme_begins_with_chosen_quotes_and_one_disagrees_where_somebody_did(made, officer, client):
    quotes = shown(made, officer)
    assert [quote.place for quote in quotes[: CHOSEN + 1]] == [*range(1, CHOSEN + 1), CHOSEN + 1]
    against = made.quotes.get(text__startswith="leave it dark")
    assert against.place <= 3 and against.disagrees and against.featured
    client.force_login(officer)
    html = client.get(f"/insights/releases/{made.pk}/themes/lights/").content.decode()
    assert (
        html.index("Chosen by the computer") < html.index('class="said"') < html.index("Other words, in random order")
    )
    assert html.count("Says the opposite") == 1


@pytest.mark.slow
def test_where_most_are_against_what_a_theme_names_the_opposite_is_who_is_for_it(alike, officer):
    lights, texts = Theme.objects.get(slug="lights"), Text.objects.filter(codes__theme__slug="lights").distinct()
    one = texts.get(text__startswith="leave it dark")
    for text in texts:
        stance = "agrees" if text == one else "disagrees"
        confirm_codes(text=text, themes=[lights], by=officer, stances={lights.pk: stance})
    release = create_release(consultation=alike, by=officer, today=TODAY)
    assert [quote.source_text for quote in release.quotes.filter(disagrees=True)] == [one]


def test_one_quote_stands_for_those_who_say_nearly_this_and_their_number_is_that_of_the_release(made, officer, client):
    told = {quote.others_in_words for quote in shown(made, officer) if quote.fold}
    assert told == {f"{ALIKE - 1} more say nearly this", "A few more say nearly this"}
    assert sum("dark" in quote.text for quote in shown(made, officer) if not quote.disagrees) == 2
    client.force_login(officer)
    html = client.get(f"/insights/releases/{made.pk}/themes/lights/").content.decode()
    assert html.count("more say nearly this") == 2


def test_the_number_of_others_has_the_noise_of_the_people_in_it(alike, officer, monkeypatch):
    monkeypatch.undo()
    release = create_release(consultation=alike, by=officer, today=TODAY)
    path = release.quotes.filter(text__startswith="the path").select_related("source_text")
    others = [quote.source_text.respondent for quote in path if quote.place == CHOSEN + 2]
    assert len(others) == path.count() - 1
    noise = make_release_noise(alike.pk, release.number, others, release.verification["draw"])
    number = noise.perturb_people(np.arange(len(others)))
    assert {quote.alike for quote in path} == {number if number >= 5 else None}


@pytest.mark.parametrize("noise, words", [(2, "12 more"), (0, "10 more"), (-6, "A few more")])
def test_fewer_than_the_least_number_shown_are_a_few(alike, officer, monkeypatch, noise, words):
    monkeypatch.setattr(ReleaseNoise, "perturb_count", lambda self, count, key: count + noise * (count == 10))
    path = Text.objects.filter(text__startswith="the path").order_by("text")
    Text.objects.filter(pk__in=[text.pk for text in path[11:]]).update(text="lights, elsewhere and otherwise")
    release = create_release(consultation=alike, by=officer, today=TODAY)
    quotes = release.quotes.filter(text__startswith="the path")
    assert {quote.others_in_words for quote in quotes} == {f"{words} say nearly this"}


def test_the_report_features_the_first_three_that_are_chosen_and_nobody_twice(made):
    for theme in Theme.objects.filter(quotes__release=made).distinct():
        featured = made.quotes.filter(theme=theme, featured=True).order_by("place")
        assert [quote.place for quote in featured] == [1, 2, 3]
    said = [quote for quotes in select_quotes(made, for_all=False).values() for quote in quotes]
    people = [quote.source_text.respondent for quote in said]
    assert len(people) == len(set(people))


def test_when_words_are_taken_back_others_who_said_nearly_this_are_shown(made, officer):
    first = next(quote for quote in shown(made, officer) if quote.alike)
    erase_quotes(text=first.source_text)
    again = next(quote for quote in shown(made, officer) if quote.alike)
    assert (again.pk != first.pk, again.fold, again.others_in_words) == (True, first.fold, first.others_in_words)
    first.refresh_from_db()
    assert (first.fold, first.alike, first.disagrees, first.others_in_words) == (None, None, False, "")
    assert (first.is_chosen, first.place) == (False, CHOSEN + 1)


def test_one_who_is_left_alone_of_those_who_said_nearly_this_stands_for_nobody(made):
    few = list(made.quotes.filter(text__startswith="My street").order_by("place", "pk"))
    assert [quote.others_in_words for quote in few] == ["A few more say nearly this"] * FEW
    for quote in few[:-1]:
        erase_quotes(text=quote.source_text)
    for quote in few:
        quote.refresh_from_db()
    assert [(quote.fold, quote.alike, quote.others_in_words) for quote in few] == [(None, None, "")] * FEW
    assert (few[-1].text != "", few[-1].place) == (True, CHOSEN + 1)


def test_who_sees_only_approved_words_sees_one_of_those_that_say_nearly_the_same(made, officer, colleague):
    publish_release(release=made, by=colleague, today=TODAY)
    partner = factories.staff("partner@example.org", "insights.view_reports")
    path = list(made.quotes.filter(text__startswith="the path").order_by("place", "pk"))[1:4]
    for quote in path:
        quote.public_approved_by.add(officer, colleague)
    assert [quote.pk for quote in shown(made, partner)] == [path[0].pk]
    assert [quote.pk for quote in select_quotes(made, for_all=True)[path[0].theme_id]] == [path[0].pk]


def test_the_paper_says_what_the_page_says(made, colleague):
    publish_release(release=made, by=colleague, today=TODAY)
    paper = context_of(str(made.pk), for_all=False, mark="")
    assert paper["chosen"] and not context_of(str(made.pk), for_all=True, mark="")["chosen"]
    quotes = dict(paper["quotes"])["Lights"]
    assert [quote.place for quote in quotes] == [1, 2, 3]


WRITTEN = ("place", "fold", "alike", "featured", "disagrees")


def test_a_draft_whose_arrangement_was_interrupted_is_arranged_by_the_sweep(made):
    before = list(made.quotes.order_by("pk").values_list(*WRITTEN))
    made.quotes.update(place=0, fold=None, alike=None, featured=False, disagrees=False)
    arrange_waiting_quotes()
    assert list(made.quotes.order_by("pk").values_list(*WRITTEN)) == before


def test_a_release_that_is_published_before_its_quotes_are_arranged_does_not_stay_without_words(made, colleague):
    made.quotes.update(place=0, fold=None, alike=None, featured=False, disagrees=False)
    publish_release(release=made, by=colleague, today=TODAY)
    erase_quotes(text=made.quotes.get(text__startswith="leave it dark").source_text)
    assert select_quotes(made, for_all=False) == {}
    arrange_waiting_quotes()
    assert not made.quotes.filter(place=0).exists()
    assert select_quotes(made, for_all=False)


def test_what_a_published_report_quotes_stays(made, colleague):
    made.quotes.update(place=0)
    publish_release(release=made, by=colleague, today=TODAY)
    arrange_waiting_quotes()
    assert not made.quotes.exclude(place=0).exists()


def test_words_that_are_taken_back_while_quotes_are_arranged_come_back_nowhere(alike, officer, monkeypatch):
    def take_back(texts):
        few = Quote.objects.filter(text__startswith="My street")[1:]
        for quote in (*Quote.objects.filter(text__startswith="the path"), *few):
            erase_quotes(text=quote.source_text)
        return embed_quotes(texts)

    monkeypatch.setattr(arrangement, "embed_quotes", take_back)
    release = create_release(consultation=alike, by=officer, today=TODAY)
    gone = release.quotes.filter(erased=True)
    assert gone.count() == ALIKE + FEW - 1
    assert not gone.exclude(featured=False, fold=None, alike=None, disagrees=False, text="").exists()
    assert release.quotes.get(text__startswith="My street").others_in_words == ""


def test_a_release_whose_words_are_all_taken_back_is_not_arranged_again_and_again(made):
    made.quotes.update(place=0, erased=True, text="")
    arrange_waiting_quotes()
    assert not made.quotes.filter(place=0).exists()


def test_the_sweep_that_makes_an_ordered_release_arranges_its_quotes(alike, officer):
    order_release(consultation=alike, preset="default", by=officer)
    run_release_orders()
    release = Release.objects.get()
    assert release.quotes.filter(featured=True).exists()
    assert not release.quotes.filter(place=0).exists()

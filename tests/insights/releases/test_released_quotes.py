"""Quotes of a release: their number reveals no count, and no setting supplies most of them."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from consultation.channels.short_links.models import PrintedLink
from consultation.responses.models import Response
from insights.coding.models import Code, Theme
from insights.corpus.models import Text
from insights.disclosure import DEFAULT, DFE, NHS, ONS, ROUNDED
from insights.disclosure.disclosure_rules import MOST_NOISE
from insights.releases.actions import approve_quote, create_release, publish_release
from insights.releases.released_quotes import limit_share_of_one_place, quotable_count
from tests import factories
from tests.insights.releases.test_release import TODAY


@pytest.mark.parametrize("rules", [DEFAULT, ONS, NHS, DFE, ROUNDED])
def test_the_number_of_words_narrows_neither_the_number_shown_nor_that_of_those_not_quoted(rules):
    """Whoever counts the words of a theme knows: so many people, of whom so many at least may be quoted."""
    worlds, step = {}, 10
    noise = range(-MOST_NOISE, MOST_NOISE + 1) if rules.perturb else (0,)
    for people in range(1 if rules.perturb else rules.threshold, 90):
        for quotable, moved in product(range(people + 1), noise):
            shown = rules.round_figure(people) + moved
            words = {quotable_count(quotable - draw, shown, rules) for draw in range(5)}
            for number in words:
                worlds.setdefault((shown, number), set()).add((people, quotable))
    for (shown, number), found in worlds.items():
        if not number or shown > 80:
            continue
        low, high = rules.count_bounds(shown)
        assert {people for people, _ in found} == set(range(low, high + 1)), "the number shown tells as much"
        assert (shown if rules.perturb else low) >= 10 and number <= min(quotable for _, quotable in found)
        assert len({quotable for _, quotable in found}) >= 10
        assert len({people - quotable for people, quotable in found}) >= step
    assert {number for _, number in worlds} >= {0, 3, *range(step, 40, step)}


def test_no_place_supplies_more_than_half():
    people = range(20)
    school = dict.fromkeys(range(12), "school")
    assert [person in school for person in limit_share_of_one_place(people, school, 10)].count(True) == 5
    assert len(limit_share_of_one_place(people, school, 20)) == 18
    assert len(limit_share_of_one_place(people, dict.fromkeys(people, "school"), 10)) == 5
    assert limit_share_of_one_place(people, {}, 3) == [0, 1, 2]


def test_counting_the_words_of_a_theme_tells_nothing(answered, officer, client, person):
    """Fifty spoke of lights, and all but three may be quoted; of the staff 26. Pages, counts and links are of steps."""
    Text.objects.filter(text__in=[f"lights number {n:02}" for n in range(3)]).update(quotable=False)
    release = create_release(consultation=answered, by=officer, today=TODAY)
    release.status, release.published_on = "published", TODAY
    release.save()
    count = {slug: release.quotes.filter(theme__slug=slug).count() for slug in ("lights", "staff")}
    assert count == {"lights": 40, "staff": 10}
    client.force_login(person("planner"))
    html = client.get(f"/insights/releases/{release.pk}/themes/lights/").content.decode()
    assert "Page 1 of 2" in html
    assert html.count('class="said"') == 20


def test_what_nearly_all_spoke_of_has_words_though_it_has_no_number(answered, officer):
    lights = Theme.objects.get(slug="lights")
    Code.objects.by_people().filter(text__text__startswith="staff").update(theme=lights)
    release = create_release(consultation=answered, by=officer, today=TODAY)
    [row] = [row for row in release.theme_rows() if row["label"] == "Lights"]
    assert (row["value"], row["symbol"]) == (None, "nearly all")
    assert release.quotes.filter(theme=lights).count() == 70


def test_words_of_an_earlier_release_come_first_in_the_next(answered, officer, colleague, monkeypatch):
    monkeypatch.undo()
    first = create_release(consultation=answered, by=officer, today=TODAY)
    publish_release(release=first, by=colleague, today=TODAY)
    for _ in range(20):
        factories.response(answered.versions.get(), closed={"a": "1"})
    second = create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    for slug in ("lights", "staff"):
        one, other = (
            set(release.quotes.filter(theme__slug=slug).values_list("source_text", flat=True))
            for release in (first, second)
        )
        assert one <= other or other <= one


@pytest.fixture
def from_a_school(answered, officer):
    """All but ten who spoke of lights came by the two printed links of one school."""
    page = answered
    for name in ("aaaa", "bbbb"):
        PrintedLink.objects.create(name=name, page=page, label="Northfield School")
    texts = dict(Text.objects.filter(text__startswith="lights").order_by("text").values_list("text", "respondent"))
    theirs = list(texts.values())[:40]
    Response.objects.filter(pk__in=theirs[:20]).update(link="aaaa")
    Response.objects.filter(pk__in=theirs[20:]).update(link="bbbb")
    return page, set(theirs)


def test_a_school_is_behind_half_of_the_words_at_most_in_a_release_and_for_everyone(from_a_school, officer):
    page, theirs = from_a_school
    release = create_release(consultation=page, by=officer, today=TODAY)
    lights = release.quotes.filter(theme__slug="lights").select_related("source_text")
    school = [quote for quote in lights if quote.source_text.respondent in theirs]
    others = [quote for quote in lights if quote not in school]
    assert (len(school), len(others)) == (10, 10)
    assert sum(quote.featured for quote in school) <= 1
    two = [factories.staff(f"reader{n}@example.org", "insights.approve_quote") for n in range(2)]
    for quote in (school[0], others[0], others[1], school[1]):
        if quote in others:
            with pytest.raises(ValidationError, match="from one place"):
                approve_quote(quote=school[1], by=two[0])
        for by in two:
            approve_quote(quote=quote, by=by)
    assert release.quotes.for_the_public().count() == 4


def test_where_all_came_from_one_place_nobody_is_quoted_and_the_page_says_why(answered, officer, client, person):
    PrintedLink.objects.create(name="aaaa", page=answered, label="Northfield School")
    Response.objects.update(link="aaaa")
    release = create_release(consultation=answered, by=officer, today=TODAY)
    assert not release.quotes.exists()
    client.force_login(officer)
    html = client.get(f"/insights/releases/{release.pk}/themes/lights/").content.decode()
    assert "most of them came from one place" in html
    assert "Northfield" not in html

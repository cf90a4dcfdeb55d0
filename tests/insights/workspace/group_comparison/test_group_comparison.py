"""Group comparison: shown numbers alone, disjoint groups only, and honest about multiple comparisons."""

import re

import pytest
from django.urls import reverse

from insights.corpus.models import Text
from insights.workspace.group_comparison.compared_groups import CannotCompare, compare_groups, list_groups
from tests import factories
from tests.insights import released

pytestmark = pytest.mark.any_database

SPLIT = {
    "younger": (60, {"lights": 30, "buses": 15, "rare": None}),
    "older": (40, {"lights": 10, "buses": 10, "rare": None}),
    "few": (None, {}),
    "not-given": (35, {"lights": 10}),
}


@pytest.fixture
def parks(home):
    version = released.codebook(lights=[], buses=[], rare=[])
    values = {"lights": 50, "buses": 25, "rare": None}
    first = released.release(released.asked(home), version, values, split=SPLIT)
    other = released.release(
        released.asked(home, "homes"), version, {"lights": 20, "buses": 80, "rare": None}, base=160
    )
    return first, other


def test_groups_are_columns_of_thirty_or_more_and_everyone(parks):
    names = {group.label for group in list_groups(parks).values()}
    assert names == {"Everyone", "Younger", "Older"}


def test_the_widest_gap_comes_first_and_hidden_numbers_stay_hidden(parks):
    found = list_groups(parks)
    lines = compare_groups(found[f"{parks[0].pk}.q-age.younger"], found[f"{parks[0].pk}.q-age.older"])
    assert [line.label for line in lines] == ["Lights", "Buses"]  # of "rare" neither number is shown
    assert round(lines[0].gap.value) == 25
    assert lines[0].lift.value == pytest.approx(2)
    apart = compare_groups(found[str(parks[0].pk)], found[str(parks[1].pk)])
    assert [line.label for line in apart] == ["Lights", "Buses"]
    assert apart[0].likely


@pytest.mark.parametrize("pair", [("{0}", "{0}"), ("{0}", "{0}.q-age.older"), ("{0}", "{2}")])
def test_groups_that_share_people_are_refused(home, parks, pair):
    again = released.release(parks[0].consultation, parks[0].codebook_version, {"lights": 60}, number=2)
    found = list_groups([*parks, again])
    names = [name.format(parks[0].pk, parks[1].pk, again.pk) for name in pair]
    with pytest.raises(CannotCompare):
        compare_groups(*(found[name] for name in names))


def test_the_page_says_what_it_may_be_and_asks_little(client, parks, django_assert_max_num_queries):
    client.force_login(factories.staff("p@example.org", "insights.view_reports", "insights.draft_decision"))
    empty = client.get(reverse("insights:compare")).content.decode()
    assert "Everyone (100)" in empty
    query = {"a": f"{parks[0].pk}.q-age.younger", "b": f"{parks[0].pk}.q-age.older"}
    with django_assert_max_num_queries(11) as asked:
        html = client.get(reverse("insights:compare", query=query)).content.decode()
    assert not any(Text._meta.db_table in one["sql"] or "response" in one["sql"] for one in asked.captured_queries)
    assert "This looks at 2 themes at once" in html
    assert "+25 (" in html
    words = reverse("insights:theme", args=[parks[0].pk, "lights"], query={"by": "q-age"})
    assert html.count(f'href="{words}"') == 3  # the name in the chart, and each number: one click to the words
    assert re.search(r"<rect|<circle", html)
    same = client.get(reverse("insights:compare", query={"a": query["a"], "b": query["a"]})).content.decode()
    assert "These are the same group" in same
    assert "Choose two groups" in client.get(reverse("insights:compare", query={"a": "nonsense"})).content.decode()


def test_two_consultations_are_told_apart_by_their_titles(client, parks):
    client.force_login(factories.staff("p@example.org", "insights.view_reports"))
    query = {"a": str(parks[0].pk), "b": str(parks[1].pk)}
    html = client.get(reverse("insights:compare", query=query)).content.decode()
    assert '<h2 id="found">Parks beside Homes</h2>' in html
    assert reverse("insights:theme", args=[parks[1].pk, "buses"]) in html


def test_without_a_release_the_page_says_what_it_needs(client, db):
    client.force_login(factories.staff("p@example.org", "insights.view_reports"))
    assert "Nothing can be compared yet" in client.get(reverse("insights:compare")).content.decode()

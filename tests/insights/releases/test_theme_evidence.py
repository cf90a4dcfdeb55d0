"""The one look-up of the newest releases, and what they say of each theme."""

from datetime import date

import pytest

from insights.releases.models import Release
from insights.releases.theme_evidence import list_newest_releases, list_theme_evidence
from tests.insights import released

SPRING, SUMMER, AUTUMN = date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)


@pytest.fixture
def releases(home):
    """Two consultations: one released in spring and autumn, the other in summer."""
    version = released.codebook(lights=["understand-locations"], rare={"gravity": 3})
    parks, buses = released.asked(home, "parks"), released.asked(home, "buses")
    return [
        released.release(page, version, {"lights": people, "rare": None}, number=number, day=day)
        for page, people, number, day in ((parks, 20, 1, SPRING), (buses, 30, 1, SUMMER), (parks, 50, 2, AUTUMN))
    ]


def test_the_newest_of_each_consultation_comes_newest_first(releases):
    spring, summer, autumn = releases
    assert list_newest_releases() == [autumn, summer]
    assert list_newest_releases(until=SUMMER) == [summer, spring]
    assert list_newest_releases(since=SUMMER, until=SUMMER) == [summer]
    assert list_newest_releases(of_each=lambda release: release.published_on) == [autumn, summer, spring]
    Release.objects.filter(pk=autumn.pk).update(status="draft", published_on=None)
    assert list_newest_releases() == [summer, spring]


def test_a_theme_weighs_by_what_its_release_shows(releases, django_assert_num_queries):
    with django_assert_num_queries(2):
        lights, rare, *others = list_theme_evidence([releases[2], releases[1]])
    assert (lights.people, lights.base, lights.points, lights.is_spoken_of) == (
        50,
        100,
        ["understand-locations"],
        True,
    )
    assert lights.place == (releases[2].consultation_id, lights.entry.theme_id) and len(others) == 2
    assert (rare.people, rare.is_spoken_of, rare.may_weigh) == (None, False, True)

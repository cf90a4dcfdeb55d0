"""How many came by a link, and how many codes were used: by cell keys, weekly at most, when enough more came."""

from datetime import timedelta

import pytest

from consultation.channels.invitation_codes.actions import make_code_batch
from consultation.channels.invitation_codes.models import CodeBatch, InvitationCode
from consultation.channels.short_links.models import PrintedLink
from consultation.responses.models import Response
from insights.representation.actions import refresh_representation
from insights.representation.link_and_code_counts import refresh_code_counts
from insights.representation.models import ReachPicture
from tests.insights.representation.conftest import TODAY, answers

pytestmark = pytest.mark.django_db
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def links(parks):
    names = ("bcdf", "ghjk", "lmnp")
    for name in names:
        PrintedLink.objects.create(name=name, page=parks, label=name, channel="poster" if name == "bcdf" else "card")
    return names


def told():
    return dict(PrintedLink.objects.values_list("name", "answers"))


def use(batch, number):
    """So many codes of the batch are used in all."""
    keys = InvitationCode.objects.filter(batch=batch).order_by("pk").values_list("pk", flat=True)[:number]
    InvitationCode.objects.filter(pk__in=list(keys)).update(used=True)


@pytest.fixture
def make_batch(parks, officer):
    def make(number):
        return make_code_batch(consultation=parks, label="Club", number=number, by=officer, seed=b"sixteen bytes ok")[
            0
        ]

    return make


def used(batch):
    batch.refresh_from_db()
    return batch.used_about


def test_a_link_tells_about_how_many_came_by_it(parks, links, no_noise):
    for link, people in zip((*links, "gone", ""), (50, 4, 20, 7, 31), strict=True):
        answers(parks, people, age="11 to 13", link=link)
    answers(parks, 40, age="11 to 13", link="bcdf", excluded_from_figures=True)
    refresh_representation(TODAY)
    assert told() == {"bcdf": "about 50", "ghjk": "fewer than 5", "lmnp": "about 20"}
    assert set(PrintedLink.objects.values_list("counted_on", flat=True)) == {TODAY}


def test_nothing_is_told_of_links_where_fewer_than_thirty_answered(parks, links, no_noise):
    answers(parks, 29, age="11 to 13", link="bcdf")
    refresh_representation(TODAY)
    assert set(told().values()) == {""}


def test_a_link_is_counted_again_weekly_and_only_where_ten_or_more_came(parks, links, no_noise):
    answers(parks, 60, age="11 to 13", link="bcdf")
    refresh_representation(TODAY)
    answers(parks, 9, age="11 to 13", link="ghjk")
    refresh_representation(NEXT_WEEK)
    assert told()["ghjk"] == "fewer than 5", "nobody can watch a single answer arrive"
    answers(parks, 30, age="11 to 13", link="ghjk")
    refresh_representation(NEXT_WEEK - timedelta(days=1))
    assert told()["ghjk"] == "fewer than 5"
    refresh_representation(NEXT_WEEK)
    assert told()["ghjk"] == "about 39"


def test_the_people_of_one_link_have_the_number_of_their_way_in_the_overview(parks, links):
    """With the noise on: the only poster’s people are those of “A link: posters”."""
    answers(parks, 53, age="11 to 13", link="bcdf")
    answers(parks, 40, age="14 or 15")
    refresh_representation(TODAY)
    ways = ReachPicture.objects.get().figure("way")["groups"]
    assert told()["bcdf"] == f"about {next(way['value'] for way in ways if way['label'] == 'A link: posters')}"


@pytest.mark.slow
def test_a_number_is_changed_and_says_nothing_exact(parks, links):
    """Over 40 consultations’ worth of people the number of a link is nearly always off, and by 7 at most."""
    off = []
    for n in range(40):
        Response.objects.all().delete()
        answers(parks, 50, age="11 to 13", link="bcdf")
        answers(parks, 30, age="11 to 13")
        refresh_representation(TODAY + timedelta(days=30 + n))
        off.append(int(told()["bcdf"].split()[1]) - 50)
        ReachPicture.objects.all().delete()
    assert max(map(abs, off)) <= 7 and sum(map(bool, off)) > 20


@pytest.mark.parametrize(
    ("number", "count", "words"),
    [(60, 35, "about 35"), (60, 3, "fewer than 5"), (60, 57, "nearly all"), (60, 60, "nearly all"), (29, 20, "")],
)
def test_a_batch_tells_about_how_many_codes_were_used(make_batch, no_noise, number, count, words):
    batch = make_batch(number)
    use(batch, count)
    assert refresh_code_counts(TODAY) == 1
    assert used(batch) == words


def test_codes_are_counted_again_weekly_and_only_where_ten_or_more_were_used(make_batch, no_noise):
    batch = make_batch(100)
    use(batch, 20)
    assert refresh_code_counts(TODAY) == 1
    use(batch, 29)
    assert refresh_code_counts(NEXT_WEEK) == 0
    use(batch, 50)
    assert refresh_code_counts(NEXT_WEEK - timedelta(days=1)) == 0
    assert used(batch) == "about 20"
    assert refresh_code_counts(NEXT_WEEK) == 1
    assert used(batch) == "about 50"


def test_the_number_of_used_codes_hangs_on_the_codes(make_batch):
    """With the noise on: the same codes have the same number, other ones another."""
    batch = make_batch(300)
    use(batch, 100)
    found = set()
    for days in range(30):
        CodeBatch.objects.update(counted_on=None)
        refresh_code_counts(TODAY + timedelta(days=days))
        found.add(used(batch))
    assert 3 < len(found) <= 15 and all(93 <= int(words.split()[1]) <= 107 for words in found)
    CodeBatch.objects.update(counted_on=None)
    refresh_code_counts(TODAY + timedelta(days=29))
    again = used(batch)
    CodeBatch.objects.update(counted_on=None)
    refresh_code_counts(TODAY + timedelta(days=29))
    assert used(batch) == again

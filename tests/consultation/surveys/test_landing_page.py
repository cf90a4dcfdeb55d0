"""The page before question 1 tells a child everything needed before beginning (A2, D1)."""

import re

import pytest

from consultation.interface_text import get_easy_text, get_text
from consultation.surveys.models import Audience
from tests.factories import consultation, question

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]
ADDRESS = "/en/have-your-say/parks/"


@pytest.fixture
def landing(client, home):
    def visit(address=ADDRESS, **fields):
        consultation(home, items=[question("a", "single", ["Yes", "No"])], **fields)
        return client.get(address).content.decode()

    return visit


@pytest.mark.parametrize(
    "key",
    [
        "start.private", "start.unknown.body", "start.duty.body", "start.readers.body", "start.names",
        "start.exit.body", "start.device.body", "start.safer", "receipt.what", "pc.back", "receipt.takeback.reading",
        "start.back.after",
    ],
)  # fmt: skip
def test_what_must_be_said_is_said_in_both_voices(landing, key):
    page = landing()
    assert get_text(key) in page
    assert get_easy_text(key) in page


def test_the_lowest_age_is_said_with_what_someone_younger_can_do(landing):
    page = landing(lowest_age=11, highest_age=17)
    assert get_text("landing.ages", low=11, high=17) in page
    assert get_text("landing.below", low=11) in page
    assert get_text("landing.helper") in page


def test_a_lowest_age_alone_is_said_too(landing):
    assert get_text("landing.from", low=14) in landing(lowest_age=14)


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({}, True),
        ({"lowest_age": 8}, True),
        ({"lowest_age": 13}, False),
        ({"audience": Audience.PARENTS}, False),
    ],
)
def test_a_helper_is_offered_where_people_under_13_are_asked(landing, fields, offered):
    assert (get_text("landing.helper") in landing(**fields)) == offered


def test_easy_words_chosen_here_go_along_without_a_script(landing, client):
    page = landing()
    start = re.search(r'<span class="ez"><a class="btn" href="(answer/[^"]*)">', page)[1]
    assert re.search(r'id="easy"[^>]* checked>', client.get(ADDRESS + start).content.decode())
    assert '<span class="std"><a class="btn" href="answer/">' in page


def test_clear_print_chosen_here_goes_along_without_a_script(landing, client):
    page = landing(f"{ADDRESS}?letters=1")
    for easy, voice in ((False, "std"), (True, "ez")):
        links = re.search(rf'<span\s+class="{voice}">(<a class="btn" .*?)</span>', page, re.DOTALL)[1]
        start = re.search(r'class="btn letters" href="(answer/[^"]*)"', links)[1].replace("&amp;", "&")
        survey = client.get(ADDRESS + start).content.decode()
        assert re.search(r'id="letters"[^>]* checked>', survey)
        assert bool(re.search(r'id="easy"[^>]* checked>', survey)) == easy


def test_clear_print_keeps_the_printed_link_that_someone_came_by(landing):
    page = landing(f"{ADDRESS}?w=abcd")
    assert 'href="answer/?w=abcd&amp;letters=1"' in page and 'href="answer/?w=abcd&amp;easy=1&amp;letters=1"' in page


def test_easy_words_keep_the_printed_link_that_someone_came_by(landing):
    page = landing(f"{ADDRESS}?w=abcd")
    assert 'href="answer/?w=abcd&amp;easy=1"' in page
    assert 'href="answer/?w=abcd"' in page

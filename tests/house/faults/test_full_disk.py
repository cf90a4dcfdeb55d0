"""The database's disk is full: a Send is refused kindly with all that was typed, and what was thanked for stays."""

from contextlib import contextmanager

import pytest
from django.db import connection

from consultation.channels.web import form_tokens
from consultation.responses.models import Answer, Response
from tests.databases import only_on_sqlite
from tests.factories import consultation, question

pytestmark = [
    pytest.mark.django_db(transaction=True),
    only_on_sqlite("that a full disk refuses a Send kindly, which only SQLite can be made to see without a disk"),
]
ADDRESS = "/en/have-your-say/parks/answer/"
WORDS = "More lights, please. " * 200
PAGES = 2**30


def say(pragma):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return cursor.fetchone()[0]


@contextmanager
def full_disk():
    """The file cannot grow: SQLite answers as it does when the disk has no room."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    say(f"max_page_count = {say('page_count')}")
    try:
        yield
    finally:
        say(f"max_page_count = {PAGES}")


@pytest.fixture
def version(home):
    return consultation(
        home, items=[question("a", options=["Yes", "No"]), question("b", "long_text", max_length=5000)]
    )[1]


def send(client, token, words):
    return client.post(ADDRESS, {"token": token, "a": "1", "b": words})


def test_a_send_is_handed_back_while_the_disk_is_full_and_thanked_for_afterwards(client, version):
    earlier, token = form_tokens.issue_form_token(version.pk), form_tokens.issue_form_token(version.pk)
    assert "We have your answers" in send(client, earlier, "Benches.").text
    with full_disk():
        refused = [send(client, token, WORDS) for _ in range(3)]
        assert {reply.status_code for reply in refused} == {503}
        assert all(WORDS.strip() in reply.text for reply in refused)
        assert Response.objects.count() == Answer.objects.count() == 1, "what was thanked for is there, and no half"
        assert client.get("/en/help/").status_code == 200
    assert "We have your answers" in send(client, token, WORDS).text
    assert Response.objects.count() == Answer.objects.count() == 2

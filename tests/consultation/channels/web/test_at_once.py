"""One form sent by several threads at once counts as one person, and every text is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from consultation.channels.web import form_tokens
from consultation.responses.models import Answer, Response, ResponseQuerySet
from consultation.responses.submission import submit_response
from tests.databases import only_on_postgresql

pytestmark = [
    pytest.mark.django_db(transaction=True),
    only_on_postgresql("that a form sent from eight threads at once counts as one person"),
]


def test_a_form_sent_at_once_from_eight_threads(published):
    nonce = form_tokens.make_nonce()

    def send(number):
        try:
            return submit_response(
                version=published[1],
                nonce=nonce,
                language="en",
                closed={"a": ["1"]},
                texts={"q-h": (f"Words {number % 2}", number == 3)},
            ).created
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        created = list(pool.map(send, range(8)))
    assert created.count(True) == 1
    assert Response.objects.count() == 1
    assert Answer.objects.count() == 2
    assert Answer.objects.filter(soon=True).count() == 1


def test_a_form_without_words_sent_at_once_from_eight_threads(published):
    nonce = form_tokens.make_nonce()

    def send(number):
        try:
            return submit_response(
                version=published[1], nonce=nonce, language="en", closed={"a": ["1"]}, texts={}
            ).created
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        created = list(pool.map(send, range(8)))
    assert (created.count(True), Response.objects.count()) == (1, 1)


def test_two_hundred_forms_at_once_are_two_hundred_people(published):
    def send(number):
        try:
            submit_response(
                version=published[1],
                nonce=form_tokens.make_nonce(),
                language="en",
                closed={"a": ["1"]},
                texts={"q-h": (f"Words {number}", False)},
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(200)))
    assert Response.objects.count() == Answer.objects.count() == 200


def ended(pid):
    """By another connection, as by an administrator or a restart of the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        connections.close_all()


def die_before_it_is_kept(monkeypatch):
    kept = ResponseQuerySet.insert_if_new

    def dies(rows, response):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        with ThreadPoolExecutor(1) as pool:
            pool.submit(ended, pid).result()
        return kept(rows, response)

    monkeypatch.setattr(type(Response.objects), "insert_if_new", dies)


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("fields", [{"a": ["1"]}, {"a": ["1"], "h": "Too dark."}])
def test_a_connection_that_dies_gives_the_form_back_and_the_next_send_is_one_person(
    send, published, monkeypatch, fields
):
    token = form_tokens.issue_form_token(published[1].pk)
    with monkeypatch.context() as patched:
        die_before_it_is_kept(patched)
        page = send(fields, token=token)
    connection.close_if_unusable_or_obsolete()  # as after each request
    assert page.status_code == 503 and token in page.content.decode()
    assert fields.get("h", "") in page.content.decode()
    assert not Response.objects.exists()
    assert send(fields, token=token).status_code == 200
    assert Response.objects.count() == 1

"""A database restart causes respondents no error: dead pooled connections are replaced."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from consultation.channels.web import form_tokens
from consultation.responses.models import Response
from tests.cms.test_pooled_connections import END_ALL
from tests.databases import only_on_postgresql

ADDRESS = "/en/have-your-say/parks/answer/"


def all_connections_die():
    """Those that wait in the pool too; ended by a connection that the pool does not know."""

    def ended():
        fresh = connection.copy()
        fresh.settings_dict = fresh.settings_dict | {"OPTIONS": {}}
        with fresh.cursor() as cursor:
            cursor.execute(END_ALL)
            killed = len(cursor.fetchall())
        fresh.close()
        return killed

    connections.close_all()  # as at the end of a request: back to the pool
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ended).result()


@pytest.mark.django_db(transaction=True)
@only_on_postgresql("that a form outlives a connection that the server ended")
def test_the_next_form_is_shown_and_the_next_answer_kept(client, published):
    token = form_tokens.issue_form_token(published[1].pk)
    connection.ensure_connection()
    assert all_connections_die() > 0
    assert client.get(ADDRESS).status_code == 200
    assert all_connections_die() > 0
    assert client.post(ADDRESS, {"token": token, "a": "1"}).status_code == 200
    assert Response.objects.count() == 1

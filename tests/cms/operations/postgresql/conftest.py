"""Connections to databases of these tests' own; the one of all tests is left alone."""

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

from cms.settings.base import parse_database_url


@pytest.fixture
def connect(django_db_blocker):
    """connect(name, url): a connection with the site's settings for this address, closed after the test."""
    made = []

    def connect_to(name, url):
        connections.settings[name] = ConnectionHandler({"default": {}, name: parse_database_url(url)}).settings[name]
        made.append(name)
        return connections[name]

    with django_db_blocker.unblock():
        yield connect_to
        for name in made:
            connections[name].close()
            connections[name].close_pool()
            del connections[name], connections.settings[name]

"""Planners' and officers' lists need the same few queries for any number of consultations."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.insights import released

pytestmark = pytest.mark.any_database

LISTS = (
    "/insights/",
    "/insights/consultations/",
    "/insights/manage/releases/",
    "/insights/board/",
    "/insights/coverage/",
    "/insights/unanswered/",
    *(f"/insights/themes/?by={way}" for way in ("theme", "strategy", "audience", "quarter")),
)


@pytest.fixture
def grow(home):
    """grow("parks", "buses"): more consultations, each with a published release of today."""
    codebook = released.codebook(lights=["understand-locations"], buses=["disrupt-prevent-harm"])

    def more(*names):
        for name in names:
            page = released.asked(home, name)
            released.release(page, codebook, {"lights": 50, "buses": 20}, day=timezone.localdate())

    return more


@pytest.mark.slow
def test_six_consultations_take_as_many_queries_as_two(client, grow, django_assert_max_num_queries):
    rights = ("insights.view_reports", "insights.publish_release", "insights.draft_decision")
    client.force_login(factories.staff("both@example.org", *rights))
    grow("parks", "buses")
    asked = {}
    for path in LISTS:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked[path] = len(queries)
    grow("lights", "trains", "schools", "shops")
    for path in LISTS:
        with django_assert_max_num_queries(asked[path], info=path):
            assert client.get(path).status_code == 200
    for path in LISTS[1:3]:
        assert {"Parks", "Shops"} <= set(re.findall(r"\w+", client.get(path).content.decode())), path

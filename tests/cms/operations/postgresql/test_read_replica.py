"""Planners' pages read from a replica while it is fresh; when it lags or dies, the primary answers."""

import time

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from cms.accounts.models import User
from cms.operations.postgresql import read_replica
from cms.operations.postgresql.read_replica import FreshnessWatch, ReplicaMiddleware, ReplicaRouter
from consultation.surveys.models import PublishedVersion
from insights.releases.models import Release
from tests import postgres


@pytest.fixture
def pair():
    with postgres.cluster() as primary, postgres.streaming_replica(primary) as replica:
        yield primary, replica


def wait_for(expected, watch, seconds=15):
    ends = time.monotonic() + seconds
    while watch.is_fresh() != expected:
        assert time.monotonic() < ends, f"fresh is not {expected}"
        time.sleep(0.2)


@pytest.mark.postgres
@pytest.mark.slow
def test_a_replica_is_fresh_until_it_lags_or_dies(pair, connect):
    primary, replica = pair
    watch = FreshnessWatch(connect("primary", primary.url).alias, connect("standby", replica.url).alias)
    wait_for(True, watch)
    replica.superuser("SELECT pg_wal_replay_pause()")
    primary.superuser("CREATE TABLE written AS SELECT generate_series(1, 1000)")
    wait_for(False, watch)
    replica.superuser("SELECT pg_wal_replay_resume()")
    wait_for(True, watch)
    replica.stop()
    began = time.monotonic()
    wait_for(False, watch)
    assert time.monotonic() - began < 6
    began = time.monotonic()
    assert not watch.is_fresh() and time.monotonic() - began < 2, "a dead replica delays no page"
    replica.start()
    wait_for(True, watch)


@pytest.fixture
def with_replica(monkeypatch):
    monkeypatch.setattr(read_replica.watch, "is_fresh", lambda: True)


def read_from(method="GET", path="/insights/", cookies=(), views=()):
    """The aliases from which a release and a person are read in a page, and the response."""
    found, router = [], ReplicaRouter()

    def show(request):
        found.extend(router.db_for_read(model) for model in (Release, PublishedVersion, User))
        assert router.db_for_write(Release) == "default"
        return HttpResponse()

    request = RequestFactory().generic(method, path)
    request.COOKIES.update(cookies)
    return found, ReplicaMiddleware(show)(request)


def test_a_planners_page_reads_from_the_replica_but_not_who_may_see_it(with_replica):
    assert read_from()[0] == ["replica", "replica", "default"]


@pytest.mark.parametrize("path", ["/en/", "/staff/", "/staff/reading/", "/api/v1/"])
def test_other_pages_read_from_the_primary(with_replica, path):
    assert read_from(path=path)[0] == ["default"] * 3


def test_who_has_just_changed_something_reads_it_from_the_primary(with_replica):
    found, response = read_from("POST")
    assert found == ["default"] * 3
    cookie = response.cookies["wrote"]
    assert cookie["max-age"] == 10 and cookie["httponly"]
    assert read_from(cookies={"wrote": cookie.value})[0] == ["default"] * 3


def test_a_stale_replica_is_not_read(with_replica, monkeypatch):
    monkeypatch.setattr(read_replica.watch, "is_fresh", lambda: False)
    assert read_from()[0] == ["default"] * 3


def test_a_page_whose_replica_dies_is_asked_of_the_primary(with_replica, monkeypatch):
    tried, router = [], ReplicaRouter()

    def show(request):
        tried.append(router.db_for_read(Release))
        if tried[-1] == "replica":
            raise OperationalError("terminating connection")
        return HttpResponse("from the primary")

    def answer(request):  # as Django's handler does
        try:
            return show(request)
        except OperationalError as error:
            return middleware.process_exception(request, error)

    distrusted = []
    monkeypatch.setattr(read_replica.watch, "distrust", lambda: distrusted.append(True))
    middleware = ReplicaMiddleware(answer)
    request = RequestFactory().get("/insights/")
    request.resolver_match = type("Match", (), {"func": staticmethod(show), "args": (), "kwargs": {}})
    assert middleware(request).content == b"from the primary"
    assert tried == ["replica", "default"] and distrusted == [True]

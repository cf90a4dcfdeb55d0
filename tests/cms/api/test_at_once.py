"""Parallel API requests count against the limit as sequential ones do."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from cms.api import api_authentication
from cms.api.api_problems import ApiProblem
from cms.api.models import ApiClient, ApiMinute, ApiUse
from tests import factories
from tests.databases import only_on_postgresql

MINUTE = 29_700_000


def program(per_minute):
    return ApiClient.objects.create(
        name="Dashboard",
        agency=factories.agency("Trust"),
        per_minute=per_minute,
        expires_on=date(2027, 1, 1),
        made_on=date(2026, 1, 1),
    )


def test_so_many_a_minute_and_as_many_in_the_next(db):
    one = program(2)
    assert [ApiMinute.take(one, MINUTE) for _ in range(3)] == [True, True, False]
    assert [ApiMinute.take(one, MINUTE + 1) for _ in range(2)] == [True, True]
    assert not ApiMinute.take(one, MINUTE), "a process whose minute is not over gives none back"
    assert ApiMinute.take(one, MINUTE - 60), "a clock that was set back locks nobody out"
    assert ApiMinute.objects.get() == ApiMinute(client=one, minute=MINUTE - 60, requests=1)


@pytest.mark.django_db(transaction=True)
@only_on_postgresql("that twenty questions at once pass no limit")
def test_twenty_at_once_pass_no_limit(monkeypatch):
    one, gate = program(5), threading.Barrier(20)
    monkeypatch.setattr(api_authentication.time, "time", lambda: 60.0 * MINUTE)

    def ask(_):
        gate.wait()
        try:
            api_authentication._count_request(one)
        except ApiProblem as refused:
            return refused.status
        finally:
            connections.close_all()
        return 200

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(ask, range(20))) == [200] * 5 + [429] * 15
    assert ApiMinute.objects.get().requests == ApiUse.objects.get().requests == 5

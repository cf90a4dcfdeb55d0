"""The guard of every staff page."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from consultation.access import staff_view

PERSON = SimpleNamespace(is_authenticated=True, has_perm=lambda name: name in ("read", "write"), is_lead=False)
STRANGER = SimpleNamespace(is_authenticated=False)


def ask(*permissions, user=PERSON, method="get", limit="", view=lambda request: HttpResponse("words"), **options):
    request = getattr(RequestFactory(), method)("/staff/page/?c=1")
    request.user = user
    return staff_view(*permissions, method=limit, **options)(view)(request)


def test_a_stranger_signs_in_and_comes_back():
    assert ask("read", user=STRANGER)["Location"] == "/accounts/login/?next=/staff/page/%3Fc%3D1"
    back = ask("read", user=STRANGER, return_to=lambda request: "/staff/")
    assert back["Location"] == "/accounts/login/?next=/staff/"


def test_every_permission_is_needed_and_no_browser_keeps_the_page():
    reply = ask("read", "write", lambda user: not user.is_lead)
    assert reply.content == b"words" and "no-store" in reply["Cache-Control"]
    with pytest.raises(PermissionDenied):
        ask("read", "decide")
    with pytest.raises(PermissionDenied):
        ask("read", lambda user: user.is_lead)


def test_a_hidden_page_is_not_there():
    with pytest.raises(Http404):
        ask("decide", hidden=True)


def test_a_post_may_need_more():
    assert ask("read", to_post="decide", hidden=True).status_code == 200
    with pytest.raises(PermissionDenied):
        ask("read", to_post="decide", hidden=True, method="post")
    assert ask("read", to_post="write", method="post").status_code == 200


def test_a_page_answers_its_method_alone_and_tells_it_to_those_who_may_see_the_page():
    def answers(limit):
        return [ask("read", method=name, limit=limit).status_code for name in ("get", "head", "post", "put")]

    assert [answers(limit) for limit in ("GET", "POST", "")] == [
        [200, 200, 405, 405],
        [405, 405, 200, 405],
        [200, 200, 200, 405],
    ]
    with pytest.raises(Http404):
        ask("decide", hidden=True, method="post", limit="GET")


def test_an_error_has_a_page_of_its_own():
    def fail(request):
        raise FileNotFoundError

    pages = {OSError: lambda request: HttpResponse(status=503)}
    assert ask("read", view=fail, error_pages=pages).status_code == 503
    with pytest.raises(FileNotFoundError):
        ask("read", view=fail)

"""A large request is refused by its length alone."""

import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test import RequestFactory

from consultation.respondent_pages.body_limit import MAX_BODY_BYTES

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


class Unread:
    """A body that must not be read."""

    def read(self, *size):
        raise AssertionError("the body was read")

    readline = read


@pytest.fixture(scope="module")
def site():
    return WSGIHandler()


def post(site, path, kind="application/x-www-form-urlencoded", **length):
    environ = RequestFactory().post(path, content_type=kind).environ
    del environ["CONTENT_LENGTH"]
    return site.get_response(WSGIRequest(environ | {"wsgi.input": Unread(), **length}))


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize(
    "path", ["/en/have-your-say/parks/answer/", "/en/receipt/", "/en/kiosk/", "/accounts/login/", "/api/v1/"]
)
@pytest.mark.parametrize("length", [str(MAX_BODY_BYTES + 1), "9" * 30, "-1", "many"])
def test_a_body_over_one_megabyte_is_refused_unread(site, home, path, kind, length):
    assert post(site, path, kind, CONTENT_LENGTH=length).status_code == 413


def test_the_refusal_is_kind_and_has_the_headers_of_each_page(site, home):
    page = post(site, "/en/receipt/", CONTENT_LENGTH="2000000")
    assert "Wait a minute and try again" in page.content.decode()
    assert page["Cache-Control"] == "no-store" and not page.cookies


def test_a_body_without_a_length_is_an_empty_one(site, home):
    """As chunked ones are, before a server without our proxy."""
    assert post(site, "/en/receipt/", HTTP_TRANSFER_ENCODING="chunked").status_code == 422


def test_staffs_files_may_be_larger(site, home):
    """Nobody is signed in here: the answer is another one."""
    assert post(site, "/staff/imports/1/", CONTENT_LENGTH="2000000").status_code != 413

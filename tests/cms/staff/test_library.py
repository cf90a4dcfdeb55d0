"""Editors alone see the library's files; respondents see frozen copies."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return f"/media/{default_storage.save('original_images/drawing.png', ContentFile(b'PNG'))}"


def test_an_officer_sees_the_pictures_to_choose_from(client_as, address):
    response = client_as("engagement_officer").get(address)
    assert b"".join(response.streaming_content) == b"PNG"
    assert response["Content-Type"] == "image/png"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["nothing.png", "../voice.sqlite3", "original_images"])
def test_what_is_not_there(client_as, path):
    assert client_as("engagement_officer").get(f"/media/{path}").status_code == 404

"""The demo that journeys visit, too, in the tests' database until the end of a module."""

import shutil

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.test import override_settings

from cms.settings.local_keys import load_local_keys
from tests import shared_worlds
from tests.journeys.conftest import built_demo  # noqa: F401

KEYS = ("SECRET_KEY", "ANSWER_SEAL_KEY", "ANSWER_OPEN_KEYS", "RECORD_KEY_SECRET")


@pytest.fixture(scope="module")
def said():
    """What the loaders said while they worked."""
    return []


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, built_demo, tmp_path_factory):  # noqa: F811
    folder = shutil.copytree(built_demo, tmp_path_factory.mktemp("demo") / "var")
    pictures = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder / "media")},
    }
    own = dict(zip(KEYS, load_local_keys(folder), strict=True), STORAGES=settings.STORAGES | {"default": pictures})
    with override_settings(**own), django_db_blocker.unblock():
        _exchange_content(folder / "voice.sqlite3")
        yield
        _exchange_content()


def _exchange_content(other=None):
    """And forget what was remembered of the content before: its models, pictures and charts have other ids."""
    shared_worlds.put_back(other)
    ContentType.objects.clear_cache()
    for name in ("default", "frozen_reports"):
        caches[name].clear()

"""The version stands in pyproject.toml alone, and the changes tell of it."""

import tomllib

import pytest
from django.conf import settings

from cms.operations import version

pytestmark = pytest.mark.any_database


def test_it_is_read_from_pyproject():
    told = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
    assert version.read_version() == told
    changes = (settings.BASE_DIR / "cms" / "operations" / "CHANGELOG.md").read_text()
    assert f"\n## {told}\n" in changes


@pytest.mark.parametrize(("other", "later"), [("0.9.9", False), ("0.10.0", False), ("0.10.1", True), ("1.0.0", True)])
def test_later_versions_are_known_by_their_numbers(monkeypatch, other, later):
    monkeypatch.setattr(version, "read_version", lambda: "0.10.0")
    assert version.is_later(other) is later

"""Fixtures that many rooms share: a site, people in each role, a small published consultation."""

import pytest


@pytest.fixture
def home(db):
    from cms.pages.setup import ensure_site

    return ensure_site()

"""A consultation whose results are public, as the tests of results make it."""

from tests.insights.publications.test_results import draft, published, release  # noqa: F401

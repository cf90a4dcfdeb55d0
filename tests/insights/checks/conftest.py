"""A consultation whose results are public, as the tests of results make it."""

from tests.insights.results.test_results import draft, published, release  # noqa: F401

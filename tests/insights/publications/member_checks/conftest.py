"""A consultation with public results, shared with the tests of publications."""

from tests.insights.publications.test_results import draft, published, release  # noqa: F401

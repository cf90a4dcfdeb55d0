"""A consultation with answers, shared with the tests of insights."""

from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.insights.publications.test_results import draft, published, release  # noqa: F401

"""The world of the parks, and a way to ask what holds."""

import pytest

from insights.strategy.points.point_provisions import get_served_point
from tests.insights.commitments.conftest import decision, pledge, principle  # noqa: F401
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401


@pytest.fixture
def holding():
    """holding(point): the keys of its provisions that hold now."""
    return lambda point: {one.key for one in get_served_point(point).provisions if one.holds}

from datetime import date

import pytest

from tests import factories

TODAY = date(2030, 3, 4)  # a Monday


@pytest.fixture
def page(home):
    """Open from today until Thursday of next week; needed until the Thursday after that."""
    return factories.consultation(
        home, items=[factories.question("a", "long_text")], opens=TODAY, closes=date(2030, 3, 14)
    )[0]


@pytest.fixture
def people(person):
    """(readers, leads): everybody there from today on."""
    return factories.somebody_reads(person, since=TODAY)

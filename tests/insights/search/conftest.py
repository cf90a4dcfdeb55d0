"""A published release of the parks consultation, and people who search it."""

from datetime import date

import pytest

from insights.releases.actions import create_release, publish_release
from tests import factories

DAY = date(2026, 11, 25)


@pytest.fixture
def release(answered, officer, colleague):
    return publish_release(
        release=create_release(consultation=answered, by=officer, today=DAY), by=colleague, today=DAY
    )


@pytest.fixture
def planner(db):
    return factories.staff("planner@example.org", "insights.draft_decision", "insights.view_reports")


@pytest.fixture
def partner(db):
    return factories.staff("partner@example.org", "insights.view_reports")


@pytest.fixture
def coder(db):
    return factories.staff("coder@example.org", "insights.code_themes", "insights.view_reports")


@pytest.fixture
def write(parks):
    """write("words", language="ur"): one more cleared text of one more person."""
    import uuid

    from insights.corpus.models import Text

    def write(words, **more):
        fields = {"question": "q-c", "language": "en", "audience": "children-young-people", "quotable": True} | more
        return Text.objects.create(respondent=uuid.uuid4(), version=parks[1], text=words, **fields)

    return write

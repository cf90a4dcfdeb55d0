from datetime import date

import pytest

from insights.releases.actions import create_release, publish_release


@pytest.fixture
def release(answered, officer, colleague):
    made = create_release(consultation=answered, by=officer, today=date(2026, 11, 25))
    return publish_release(release=made, by=colleague, today=date(2026, 11, 25))

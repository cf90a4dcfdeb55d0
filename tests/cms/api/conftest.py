"""A published release, a public decision that cites it, and programs of an agency with an agreement."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from tests import factories
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401
from tests.insights.decisions.conftest import said

AGENCY = "Riverside partnership"


@pytest.fixture
def administrator(person):
    caches["limits"].clear()
    today = timezone.localdate()
    factories.agreement(agency=factories.agency(AGENCY), starts=today, ends=today + timedelta(days=99))
    return person("administrator")


@pytest.fixture
def let_in(administrator):
    def make(*scopes, **more):
        until = timezone.localdate() + timedelta(days=30)
        return factories.api_client(
            name="Dashboard",
            agency=factories.agency(AGENCY),
            scopes=scopes or ["releases", "themes", "quotes"],
            expires_on=until,
            by=administrator,
            **more,
        )

    return make


@pytest.fixture
def planner(db):
    return factories.staff("planner@example.org", "insights.draft_decision", "insights.view_reports")


@pytest.fixture
def public(release, planner, officer):  # noqa: F811
    """A public decision that cites a theme whose number is shown, and one whose number is not."""
    made = record_decision(by=planner, consultations=[release.consultation], **said())
    for slug, bearing in (("lights", "supports"), ("rare", "challenges")):
        cite_theme(decision=made, by=planner, release=release, theme=Theme.objects.get(slug=slug), bearing=bearing)
    return publish_decision(decision=made, by=officer)

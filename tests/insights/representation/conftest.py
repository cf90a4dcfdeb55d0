"""A parks consultation in two languages that asks for age and area, with responses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultation.responses.models import Response
from tests import factories

TODAY = timezone.localdate()
AGES = {"11 to 13": "1", "14 or 15": "2", "16 or 17": "3"}
AREAS = {"East": "1", "West": "2", "North": "3"}


@pytest.fixture
def parks(home):
    return make_parks(home)


def make_parks(home, slug="parks", **fields):
    items = [
        factories.question("a", options=["Yes", "No"]),
        factories.question("g", options=list(AGES), about_you="age"),
        factories.question("r", "area", options=list(AREAS), about_you="area"),
    ]
    dates = {"opens": TODAY - timedelta(days=30), "closes": TODAY + timedelta(days=30)}
    page, version = factories.consultation(home, slug=slug, title=slug.title(), items=items, **(dates | fields))
    from consultation.surveys.models import PublishedVersion

    content = version.content | {"languages": ["en", "ur"]}
    PublishedVersion.objects.create(page=page, number=2, content=content, published_at=timezone.now())
    return page


def answers(page, people, *, age=None, area=None, **fields):
    version = page.versions.order_by("-number").first()
    closed = {"g": AGES.get(age, age), "r": AREAS.get(area, area)}
    kept = {key: value for key, value in closed.items() if value}
    fields = {"language": "en", "channel": "web", "day": TODAY} | fields
    Response.objects.bulk_create(Response(version=version, closed={"a": "1"} | kept, **fields) for _ in range(people))


@pytest.fixture
def officer(db):
    return factories.staff(
        "officer@example.org", "consultation.edit_consultation", "insights.view_reports", "insights.export"
    )


@pytest.fixture
def answered(parks):
    """400 people: many from East, three from North; 60 did not say their area; some in Urdu, some on paper."""
    answers(parks, 200, age="11 to 13", area="East")
    answers(parks, 137, age="14 or 15", area="West")
    answers(parks, 3, age="16 or 17", area="North", language="ur", channel="paper")
    answers(parks, 60, age="14 or 15", area="na", channel="kiosk")
    return parks

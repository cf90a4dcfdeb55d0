"""2.4: staff of the night-time economy and young people stand side by side on the same themes."""

import pytest

from consultation.surveys.starting_points.consultation_templates import load_templates
from insights.releases.models import Figure
from insights.strategy.points.point_provisions import get_served_point
from tests.insights import released
from tests.strategy.template_worlds import publish_template

POINT = "prevent-industry-night-time"


def test_the_template_asks_staff_of_taxis_hotels_food_shops_and_transport():
    asked = {q["id"]: q for part in load_templates()["night-time-staff"].parts for q in part["questions"]}
    assert set(asked["work"]["place_types"]) == {"taxi", "hotel", "food-place", "shop", "bus", "train"}


def release_both(home, others=None):
    """`others`: whom the second consultation asks, in place of people at work at night."""
    version = released.codebook(taxis=[POINT], lessons=["prevent-working-with-cyp"])
    young = released.asked(home, "young", audience="children-young-people")
    night = released.asked(home, "night", audience=others) if others else publish_template(home, "night-time-staff")[0]
    for page, people in ((young, 41), (night, 23)):
        released.release(page, version, {"taxis": people, "lessons": 12})


def test_the_side_by_side_report_has_one_row_of_the_same_theme_for_both_audiences(client_as, home):
    release_both(home)
    html = client_as("planner").get("/insights/themes/?by=audience").content.decode()
    table = html[html.index("<table") :]
    row = table[table.index(">Taxis<") :].partition("</tr>")[0]
    assert ">41 <" in row and ">23 <" in row
    assert table.count(">Taxis<") == 1


def test_with_one_audience_alone_the_point_does_not_hold(home):
    release_both(home)
    assert get_served_point(POINT).holds
    Figure.objects.exclude(release__consultation__slug="young").delete()
    assert not get_served_point(POINT).holds


@pytest.mark.parametrize("others", ["communities", "professionals", "parents-carers"])
def test_others_beside_young_people_are_not_the_night_time_economy(home, others):
    release_both(home, others)
    assert not get_served_point(POINT).holds

"""2.4: staff of the night-time economy and young people stand side by side on the same themes."""

from consultation.surveys.starting_points.consultation_templates import load_templates
from insights.releases.models import Figure
from insights.strategy.points.point_provisions import get_served_point
from tests.insights import released

POINT = "prevent-industry-night-time"


def test_the_template_asks_staff_of_taxis_hotels_food_shops_and_transport():
    asked = {q["id"]: q for part in load_templates()["night-time-staff"].parts for q in part["questions"]}
    assert set(asked["work"]["place_types"]) == {"taxi", "hotel", "food-place", "shop", "bus", "train"}


def release_both(home, at_work="communities"):
    version = released.codebook(taxis=[POINT], lessons=["prevent-working-with-cyp"])
    for slug, audience, people in (("young", "children-young-people", 41), ("night", at_work, 23)):
        page = released.asked(home, slug, audience=audience)
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
    Figure.objects.filter(release__consultation__slug="night").delete()
    assert not get_served_point(POINT).holds


def test_parents_beside_young_people_are_not_the_night_time_economy(home):
    release_both(home, at_work="parents-carers")
    assert not get_served_point(POINT).holds

"""An officer uploads a benchmark file, mends a faulty line, and sees under-represented groups; by keyboard and without
a script, at three widths."""

import os

import pytest

from insights.representation import actions
from insights.representation.models import Benchmark
from tests.insights.representation.conftest import TODAY, answered, parks  # noqa: F401  (fixtures)
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS_DIR", "")
PAGE = "/insights/representation/parks/"
FILE = """benchmark,about,group,number,source,date
School roll,Area,East,300,The office for schools,2026-01-15
School roll,Area,Wets,400,,
School roll,Area,North,300,,
Languages at home,Language of the answers,English,700,The office for schools,2026-01-15
Languages at home,Language of the answers,Urdu,300,,
"""


def look(page, name):
    assert sideways(page) <= 0, name
    assert findings(page) == [], name
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/reach-{name}.png", full_page=True)


def press(page, name):
    """Press by keyboard."""
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")


def test_an_officer_mends_a_file_and_sees_who_was_not_heard(opened, answered, tmp_path):  # noqa: F811
    file = tmp_path / "roll.csv"
    file.write_text(FILE)
    page = opened(PAGE, role="engagement_officer", javascript=True)
    page.get_by_text("Nobody is counted yet").wait_for()
    look(page, "before")
    actions.refresh_representation(TODAY)
    page.reload()
    page.get_by_text("There is nothing to compare with yet").wait_for()
    page.get_by_role("link", name="Import numbers from a file").focus()
    page.keyboard.press("Enter")
    page.get_by_label("A CSV file").set_input_files(file)
    press(page, "Try it")
    page.get_by_text("“Wets” is not a group here.").wait_for()
    page.get_by_text("Line 3.").wait_for()
    look(page, "wrong")
    assert not Benchmark.objects.exists()
    box = page.get_by_label("Or its lines")
    box.fill(box.input_value().replace("Wets", "West"))
    press(page, "Try it")
    page.get_by_text("This is what would be kept").wait_for()
    look(page, "tried")
    press(page, "Keep these numbers")
    page.get_by_text("Kept: School roll, Languages at home.").wait_for()
    missing = page.locator("section[aria-labelledby=not]")
    assert missing.get_by_role("heading", level=3).all_inner_texts() == [
        "North (area)",
        "Urdu (language of the answers)",
    ]
    for width in (1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 900})
        look(page, f"heard-{width}")
    missing.get_by_role("link", name="Links and posters for Urdu").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/promotion/*/?language=ur")


def test_a_planner_reads_the_page_of_all_at_each_width(opened, answered):  # noqa: F811
    actions.refresh_representation(TODAY)
    page = opened("/insights/representation/", role="planner", javascript=True)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.get_by_text("Nothing to compare with yet").wait_for()
        look(page, f"all-{width}")

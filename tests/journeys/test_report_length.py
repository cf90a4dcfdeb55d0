"""A report is read in ten minutes: in short, themes and questions take about four screens, and who differs is folded."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SCREEN, SCREENS = 800, 4.3
SECTIONS = ("short", "th", "q", "differs", "who", "sure", "hid", "dec")


@pytest.fixture
def tops(sign_in):
    page = sign_in("planner@example.org")
    page.set_viewport_size({"width": 1280, "height": SCREEN})
    page.goto("/insights/")
    page.get_by_role("link", name="Safe in Bradford", exact=True).first.click()
    page.wait_for_url("**/releases/*/")
    folded = page.locator("section[aria-labelledby=differs] details")
    assert folded.count() and not page.locator("section[aria-labelledby=differs] details[open]").count()
    return {
        name: page.locator(f"#{name}").evaluate("found => found.getBoundingClientRect().top + scrollY")
        for name in SECTIONS
    }


def test_what_matters_takes_about_four_screens(tops):
    screens = {name: round((top - tops["short"]) / SCREEN, 2) for name, top in tops.items()}
    assert tops["short"] < SCREEN / 2, "the first line is on the first screen"
    assert screens["th"] < 1 and screens["differs"] <= SCREENS, screens


def test_the_sections_stand_in_their_order(tops):
    assert list(tops.values()) == sorted(tops.values())

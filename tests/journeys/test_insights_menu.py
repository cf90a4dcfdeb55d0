"""The menu of Insights: six entries and "More" in one line on a wide screen, one button on a phone."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SCREEN = 800


def test_the_menu_is_one_line_on_a_wide_screen_and_one_button_on_a_phone(sign_in):
    page = sign_in("planner@example.org")
    page.set_viewport_size({"width": 1280, "height": SCREEN})
    for path in ("/insights/", "/insights/board/", "/insights/compare/"):
        page.goto(path)
        entries = page.locator(".local > nav a, .local > details > summary")
        assert entries.all_inner_texts() == ["Today", "Reports", "Themes", "Decisions", "Board", "Search", "More"], (
            path
        )
        middles = {
            round(
                entry.evaluate(
                    "found => { const box = found.getBoundingClientRect(); return (box.top + box.bottom) / 2 }"
                )
            )
            for entry in entries.all()
        }
        assert max(middles) - min(middles) <= 2, path
    page.set_viewport_size({"width": 390, "height": SCREEN})
    shown = [
        one.inner_text()
        for one in page.locator("header :is(a, button), #menu :is(a, summary)").all()
        if one.is_visible()
    ]
    assert shown == ["Insights", "Menu"]
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("#menu").get_by_role("link", name="Today", exact=True).click()
    page.wait_for_url("**/insights/")

"""The menu of Insights: six entries and "More" in one line on a wide screen, one button on a phone."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SCREEN = 800


def test_the_menu_is_one_line_on_a_wide_screen_and_one_button_on_a_phone(sign_in):
    page = sign_in("planner@example.org")
    page.set_viewport_size({"width": 1280, "height": SCREEN})
    for path in ("/insights/", "/insights/board/", "/insights/compare/"):
        page.goto(path)
        entries = page.locator("#rooms > nav a, #rooms > details > summary")
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
    assert [one.inner_text() for one in page.locator(".top a, .top summary").all() if one.is_visible()] == [
        "Insights",
        "Menu",
    ]
    page.get_by_text("Menu", exact=True).click()
    page.locator("#rooms").get_by_role("link", name="Today", exact=True).click()
    page.wait_for_url("**/insights/")

"""Shared steps of journeys over other channels."""

from tests.gallery.accessibility_scan import findings
from tests.journeys.test_every_page import sideways

SECRET = "Nobody knows that I sit there."


def answer(page):
    page.get_by_label("Town").check()
    page.locator(".go a.btn:visible").click()
    page.get_by_label("Bus").check()
    page.locator(".go a.btn:visible").click()
    page.locator("textarea").fill(SECRET)
    page.get_by_role("link", name="Check your answers").locator("visible=true").click()


def looked_at(page, others=()):
    """Findings of axe, and the sideways scroll of the page, in `others` (widths) too."""
    found, size = findings(page), page.viewport_size
    for width in (*others, size["width"]):
        page.set_viewport_size(size | {"width": width})
        if sideways(page) > 0:
            found.append(f"{sideways(page)} px sideways at {width}")
    return found

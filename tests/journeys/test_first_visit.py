"""The cost of a whole survey for a phone's first visit, from the first byte to the check page."""

import pytest
from playwright.sync_api import expect

from tests.benchmarks.answering import MOST_OF_A_VISIT
from tests.benchmarks.browser import Wire

pytestmark = pytest.mark.journey
# 250 bytes of the budget stay free for words that a translation or an officer adds.
MOST = (MOST_OF_A_VISIT["bytes"] - 250, MOST_OF_A_VISIT["requests"])
MOST_OF_PICTURES = 12_000  # bytes of four, and what is said about each on the way
# All pictures come at once: one that came with its question would tell the network when somebody was asked it.
VISITS = [
    ("en", "safe-in-bradford", *MOST),
    ("ur", "safe-in-bradford", *MOST),
    ("pl", "safe-in-bradford", *MOST),
    ("en", "somewhere-to-go", MOST[0] + MOST_OF_PICTURES, MOST[1] + 4),
]


@pytest.mark.parametrize(("language", "slug", "most_bytes", "most_requests"), VISITS)
def test_every_question_is_there_after_one_small_visit(site, new_page, language, slug, most_bytes, most_requests):
    page = new_page(width=320)
    wire = Wire(page.context, page, site.url)
    page.goto(f"/{language}/have-your-say/{slug}/answer/", wait_until="networkidle")
    wire.fetch_icon(page)
    onward = page.locator(".go a.btn:visible")
    page.context.set_offline(True)
    steps = 1
    while not page.locator("#check.on").count():
        onward.click()
        steps += 1
    assert steps > 8
    expect(page.locator(".end .btn:visible"), "Send is in reach").to_be_visible()
    assert len(wire.urls) <= most_requests, wire.urls
    assert wire.bytes <= most_bytes
    assert wire.other_hosts == []
    assert page.context.cookies() == []

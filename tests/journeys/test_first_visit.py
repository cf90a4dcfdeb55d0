"""What a whole survey costs a phone that was never here, from its first byte to the page that checks the answers."""

import pytest

from tests.benchmarks.browser import Wire

pytestmark = pytest.mark.journey
MOST_BYTES, MOST_REQUESTS = 25_000, 4


@pytest.fixture(params=["en/have-your-say/safe-in-bradford", "ur/have-your-say/safe-in-bradford"])
def visit(request, site, new_page):
    page = new_page(width=320)
    wire = Wire(page.context, page, site.url)
    page.goto(f"/{request.param}/answer/", wait_until="networkidle")
    return page, wire


def test_every_question_is_there_after_one_small_visit(visit):
    page, wire = visit
    onward = page.locator(".go a.btn:visible")
    page.context.set_offline(True)
    steps = 1
    while not page.locator("#check.on").count():
        onward.click()
        steps += 1
    assert steps > 8
    assert page.locator(".end .btn:visible").is_visible(), "Send is in reach"
    assert len(wire.urls) <= MOST_REQUESTS, wire.urls
    assert wire.bytes <= MOST_BYTES
    assert wire.other_hosts == []
    assert page.context.cookies() == []

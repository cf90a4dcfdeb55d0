"""A planner goes through each strand of the strategy: from the board to a point, to what is in use for it, and on to a
decision or a question on it. The pages fit 320 pixels, and axe finds nothing."""

import re

import pytest
from playwright.sync_api import expect

from consultation.domain.strategy_points import list_strands, number_by_sub_point
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SECTIONS = ("What is missing", "What was heard", "What was decided, and what came of it", "Who owns it")


@pytest.fixture(scope="module")
def planner(site, chromium, kept_contexts):
    """A planner of the demo on a phone, signed in once for all strands."""
    from tests.journeys.conftest import pass_sign_in

    context = chromium.new_context(base_url=site.url, viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    kept_contexts.append(context)
    page = context.new_page()
    pass_sign_in(page, "planner@example.org")
    return page


def link_to(planner, slug, text):
    row = planner.get_by_role("listitem").filter(has_text=re.compile(rf"^\s*{number_by_sub_point()[slug]} "))
    return row.get_by_role("link", name=text, exact=True)


@pytest.mark.parametrize("strand", list_strands(), ids=lambda strand: str(strand["id"]))
def test_from_the_board_through_a_strand_to_what_is_in_use(planner, strand):
    planner.goto("/insights/board/")
    planner.get_by_role("link", name="What we offer for each point").click()
    addresses = [link_to(planner, *point).get_attribute("href") for point in strand["points"]]
    link_to(planner, *strand["points"][0]).click()
    opened = []
    for (slug, _), address in zip(strand["points"], addresses, strict=True):
        if opened:
            planner.goto(address)
        for heading in SECTIONS:
            planner.get_by_role("heading", name=heading, exact=True).wait_for()
        offered = planner.locator("section[aria-labelledby=offer] li")
        assert offered.filter(has_text="In use").count() == offered.count() > 0, slug
        assert sideways(planner) <= 0, slug
        opened += [one.get_attribute("href") for one in offered.locator("p a").all()]
    assert findings(planner) == []
    assert planner.goto(opened[0]).ok, "the demo's own test opens the others"
    expect(planner.locator("h1").first).to_be_visible()

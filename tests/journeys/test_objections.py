"""A child with four words finds the decisions in lines, opens one, and says that it is wrong: by keyboard, in Urdu too,
without a script, on the smallest phone."""

from datetime import date

import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from consultation.interface_text import get_text
from consultation.receipts.actions import issue_words
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.responses.models import Answer, Channel
from consultation.responses.vault import open_sealed_text
from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision, record_decision
from tests import factories
from tests.insights.conftest import codebook, colleague, officer, parks  # noqa: F401
from tests.insights.decisions.conftest import said
from tests.insights.decisions.outcomes.conftest import earlier, planner  # noqa: F401
from tests.journeys.small_surveys import visit
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NO = {"outcome": "no", "reason": "There is no money for it.", "alternative": "none"}
MOST_HEIGHT = 3000  # pixels at a width of 320, with six decisions: lines, no cards


@pytest.fixture
def words(parks, planner, officer, earlier):  # noqa: F811
    for number in range(6):
        made = record_decision(
            by=planner, consultations=[parks[0]],
            **said(slug=f"no-{number}", title=f"Lights in park {number}", decided=date(2026, 9, 1), **NO),
        )  # fmt: skip
        cite_theme(decision=made, by=planner, release=earlier, theme=Theme.objects.get(slug="lights"))
        publish_decision(decision=made, by=officer, today=date(2026, 9, 2))
    return " ".join(issue_words(response=factories.response(parks[1]), seed=b"sixteen bytes ok"))


@pytest.mark.parametrize(("language", "script"), [("en", True), ("en", False), ("ur", False)])
def test_from_four_words_to_an_objection(words, chromium, live_server, language, script):
    with override(language):
        look, wrong, send, yes = map(get_text, ("receipt.look", "ysd.wrong", "heard.send", "outcome.yes"))
        taken, nothing = get_text("heard.thanks"), get_text("outcome.nothing")
    page = visit(chromium, f"{live_server.url}/{language}/receipt/", java_script_enabled=script)
    page.locator("#words").fill(words)
    page.get_by_role("button", name=look).press("Enter")
    expect(page.locator("details.fold")).to_have_count(6)
    assert page.locator("body").bounding_box()["height"] < MOST_HEIGHT
    assert sideways(page) == 0 and (not script or findings(page) == [])
    line = page.locator("details.fold").first
    line.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(line.get_by_text("There is no money for it.")).to_be_visible()
    expect(line.get_by_text(nothing)).to_be_visible()
    line.get_by_role("link", name=wrong).press("Enter")
    page.wait_for_url("**#wrong")
    form = page.locator("form", has=page.locator("#reason"))
    form.get_by_role("button", name=send).press("Enter")
    expect(page.locator("main [role=alert]")).to_be_visible()
    form.get_by_text(yes, exact=True).click()
    form.locator("#reason").fill("You left out the bus stop.")
    assert sideways(page) == 0 and (not script or findings(page) == [])
    form.get_by_role("button", name=send).press("Enter")
    expect(page.locator("main [role=status]")).to_contain_text(taken)
    assert HeardAnswer.objects.get().choice == "yes"
    answer = Answer.objects.get(response__channel=Channel.REPLY)
    assert open_sealed_text(answer.sealed) == "You left out the bus stop."

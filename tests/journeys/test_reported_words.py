"""A planner reports a name and a partner reports a concern, in a browser, up to the lead's desk."""

import pytest

from consultation.reading.models import Reading
from consultation.responses.models import Answer, AnswerState
from consultation.responses.vault import open_sealed_text
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401
from tests.insights.workspace.test_concern_views import quote  # noqa: F401
from tests.journeys.test_every_page import findings, sideways
from tests.journeys.test_reading import focused, swapped  # noqa: F401

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def fits(page):
    return sideways(page) <= 0 and findings(page) == []


def report(page, quote, which, examined=True):  # noqa: F811
    """From the page of the theme, by its link beside the words, to the thanks."""
    page.goto(f"/insights/releases/{quote.release_id}/themes/{quote.theme.slug}/")
    page.locator(f"#quote-{quote.pk}").get_by_role("link", name="Report these words").click()
    page.get_by_label(which).focus()
    assert not examined or fits(page)
    page.keyboard.press("Space")
    page.get_by_role("button", name="Report it").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The words are gone from here")


def test_a_name_left_in(quote, person, page_of):  # noqa: F811
    words, text = quote.text, quote.source_text_id
    planner, reader, lead = person("planner"), person("moderator"), person("safeguarding_lead")
    page = page_of(planner, width=320)
    report(page, quote, "A name, or something")
    for path in ("", f"themes/{quote.theme.slug}/"):
        page.goto(f"/insights/releases/{quote.release_id}/{path}")
        assert words not in page.locator("main").inner_text()
    page.go_back()
    assert words not in page.locator("main").inner_text(), "nor by the browser's memory"

    desk = page_of(reader)
    desk.goto("/staff/reading/")
    assert f"/{text}/" in desk.url
    assert "Someone saw a name left in" in desk.inner_text("aside") and "Read by" in desk.inner_text(".strip")
    desk.locator("#answer").focus()
    desk.keyboard.press("ArrowRight")
    swapped(desk, lambda: desk.keyboard.press("m"))
    desk.wait_for_selector(".raw mark")
    for key in ("w", "ArrowDown", "Escape", "c"):  # the first of the usual reasons
        desk.keyboard.press(key)
    desk.wait_for_selector("text=Nothing waits to be read")
    assert Reading.objects.get(pk=text).text.startswith("[PERSON 1]")

    follow = page_of(lead, width=320)
    follow.goto("/insights/recalled/")
    assert "Quoted in release 1" in follow.inner_text("main") and words not in follow.content()
    assert fits(follow)
    follow.get_by_role("button", name="Followed up").click()
    follow.wait_for_selector("text=Followed up on")


def test_someone_may_not_be_safe(quote, person, page_of):  # noqa: F811
    words, text = quote.text, quote.source_text_id
    partner, reader, lead = person("partner_viewer"), person("moderator"), person("safeguarding_lead")
    page = page_of(partner, javascript=False)
    report(page, quote, "Someone may not be safe", examined=False)  # axe needs the script that is off
    assert "triage" not in page.content().lower()

    desk = page_of(reader)
    desk.goto("/staff/reading/")
    assert "Nothing waits to be read" in desk.inner_text("main")

    board = page_of(lead)
    board.goto("/staff/safeguarding/")
    assert board.locator(".item").count() == 1 and words not in board.content()
    answer = Answer.objects.get(pk=text)
    assert answer.state == AnswerState.TRIAGE and open_sealed_text(answer.sealed) == words

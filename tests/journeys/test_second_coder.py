"""A reader codes a sample blind by keyboard, pauses and continues; then both coders settle their differences."""

import os

import pytest
from playwright.sync_api import expect

from insights.coding.agreement import actions
from insights.coding.blind_samples.models import DoubleCoding, SampledText
from insights.coding.models import Theme
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401  (fixtures)
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS_DIR", "")


def look(page, name):
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) <= 0, name
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    assert findings(page) == [], name


def follow(page, link):
    page.get_by_role("link", name=link).first.focus()
    page.keyboard.press("Enter")


def tick(page, words):
    search = page.get_by_label("Find a theme")
    expect(search).to_be_visible()  # its script shows it
    search.focus()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.get_by_text("ticked", exact=False).first.wait_for(state="attached")


def finish_the_rest(study, reader):
    """As the first person did, but for the last one."""
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for row in list(SampledText.objects.for_second(reader).waiting().select_related("text"))[1:]:
        actions.save_second_choice(sampled=row, themes=[themes[row.text.text.split()[0]]], by=reader)


def test_a_second_coder_codes_blind_and_a_difference_is_settled(signed_in, answered, officer):  # noqa: F811
    study = actions.draw_sample(consultation=answered, size=40, by=officer)
    page = signed_in("moderator")
    page.goto("/insights/agreement/")
    follow(page, "Code the sample of Parks")
    page.get_by_text("0 of 40 are done.").wait_for()
    assert page.get_by_role("checkbox", checked=True).count() == 0
    tick(page, "staff" if page.locator("blockquote.said").inner_text().startswith("rare") else "rare")
    look(page, "second-coding")
    page.keyboard.press("Control+Enter")
    page.get_by_text("1 of 40 are done.").wait_for()
    page.goto("/insights/agreement/")
    follow(page, "Code the sample of Parks")
    page.get_by_text("1 of 40 are done.").wait_for()
    assert page.get_by_role("checkbox", checked=True).count() == 0

    finish_the_rest(study, study.sample.get(choices__turn="second").second.coder)
    page.reload()
    page.get_by_text("39 of 40 are done.").wait_for()
    tick(page, "lights")
    page.keyboard.press("Control+Enter")
    page.get_by_text("That was the last one for you.").wait_for()
    actions.measure_ended_studies()
    page.reload()
    page.get_by_role("heading", name="To settle").wait_for()
    look(page, "double-coding")

    page.get_by_role("link", name="Settle", exact=False).first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("The first choice").check()
    page.get_by_label("Why").fill("It is not said that it is rare.")
    look(page, "settle")
    page.get_by_role("button", name="Settle").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Settled. This choice stands now.").wait_for()
    assert DoubleCoding.objects.get().sample.exclude(settlement=None).count() == 1

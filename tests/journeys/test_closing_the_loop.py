"""From a question to "we did": officers publish results and a decision, and a child finds them from the home page and
by four words, and replies to “Did you hear back?”, without a script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consultation.receipts.actions import issue_words
from consultation.receipts.heard_back.models import HeardAnswer
from consultation.responses.models import Response
from insights.decisions.actions import publish_decision, record_decision
from insights.decisions.models import Decision
from insights.releases.actions import create_release, publish_release
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SEED = b"sixteen bytes ok"


@pytest.fixture
def closed(answered, officer, colleague, person):  # noqa: F811
    """Closed five days ago, released, with a draft decision; the answer is promised for tomorrow."""
    today = timezone.localdate()
    answered.opens, answered.closes = today - timedelta(days=30), today - timedelta(days=5)
    answered.feedback_date = today + timedelta(days=1)
    answered.save()
    publish_release(release=create_release(consultation=answered, by=officer), by=colleague)
    record_decision(
        by=person("planner"), consultations=[answered], slug="no-bus", title="A bus all night", we_asked="What would help?",
        you_said="You want a bus.", outcome="no", we_did="We will not do this.", reason="There is no money for it.",
        alternative="The last bus waits for the last train.", lead_role="Head of transport", decided=today,
        easy={"you_said": "You want a bus.", "we_did": "There will be no bus."},
        next_update=today + timedelta(days=60),
    )  # fmt: skip
    return answered


def press(page, name):
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def test_officers_publish_and_a_child_finds_it_and_answers(closed, signed_in, tablet):
    first, second = signed_in("engagement_officer", width=1280), signed_in("engagement_officer", width=1280)
    first.goto("/staff/task-list/?whose=all")
    assert findings(first) == []
    first.get_by_role("link", name="Parks").first.click()
    press(first, "Begin a results page")
    said, asked = first.get_by_label("What people told us"), []
    said.fill("Many of you said that it is dark.\nYou want lights.")
    first.get_by_label("The same in easy read").fill("It is dark. You want lights.")
    first.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    first.get_by_role("link", name="Cancel").click(no_wait_after=True)
    expect(said).to_have_value("Many of you said that it is dark.\nYou want lights.")
    assert asked == ["beforeunload"], "nobody leaves words that nothing has kept without being asked"
    press(first, "Save")
    expect(first.get_by_role("status")).to_contain_text("Saved")
    expect(first.locator("main")).to_contain_text("Ask a colleague who did not write any of it.")
    expect(first.get_by_role("button", name="Publish it")).to_have_count(0)
    second.goto("/insights/manage/results/of/parks/")
    assert findings(second) == []
    second.locator("a.btn", has_text="Look at it").first.click()
    expect(second.get_by_text("Many of you said that it is dark.")).to_be_visible()
    second.get_by_role("link", name="Back to your work").click()
    press(second, "Publish it")
    expect(second.get_by_role("status")).to_contain_text("Published")
    second.get_by_role("link", name="A bus all night", exact=True).click()
    press(second, "Publish it")
    expect(second.get_by_role("status")).to_contain_text("Published")
    second.get_by_role("link", name="Say how it goes").click()
    second.get_by_label("Stopped").check()
    second.get_by_label("What has happened").fill("We asked the bus firms. They said no.")
    press(second, "Save")
    expect(second.get_by_role("status")).to_contain_text("public page")

    child = tablet(width=320, java_script_enabled=False)
    child.goto("/en/")
    child.get_by_role("link", name="See what people said").click()
    for words in (
        "You want lights.",
        "There is no money for it.",
        "They said no.",
        "Head of transport",
        "About 50 people",
    ):
        expect(child.locator("main")).to_contain_text(words)
    assert sideways(child) == 0
    child.get_by_label("In part").check()
    press(child, "Send this")
    expect(child.get_by_text("We have your reply.")).to_be_visible()
    assert child.context.cookies() == []
    assert HeardAnswer.objects.get().choice == "partly"

    words = issue_words(response=Response.objects.first(), seed=SEED)
    child.goto("/en/receipt/")
    child.get_by_role("textbox").first.fill(" ".join(words))
    press(child, "Look it up")
    expect(child.locator("main")).to_contain_text("We will not do this.")
    child.get_by_label("No", exact=True).check()
    press(child, "Send this")
    expect(child.get_by_text("We have your reply.")).to_be_visible()
    child.get_by_role("link", name="Back to what people said").click()
    expect(child.get_by_role("heading", name="What we do not show")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ur"])
def test_axe_finds_nothing_on_the_page_of_results(closed, person, tablet, language):
    from insights.publications import actions
    from insights.releases.models import Release

    made = actions.begin_results(release=Release.objects.get(), by=person("engagement_officer"))
    actions.write_results(
        made, by=made.made_by, words={"heard": "It is dark.", "heard_easy": "Dark.", "next": "In May."}
    )
    actions.publish_results(made, by=person("engagement_officer"))
    publish_decision(decision=Decision.objects.get(), by=person("engagement_officer"))
    page = tablet(width=320)
    page.goto(f"/{language}/have-your-say/parks/results/")
    assert (findings(page), sideways(page)) == ([], 0)
    what_is_folded_opens_and_is_on_paper(page)


def what_is_folded_opens_and_is_on_paper(page):
    """A child scrolls past headings and not past everything; paper has all of it, but for the buttons."""
    shut = page.locator("main .fold:not([open])")
    assert shut.count() >= 3
    expect(shut.first.locator("> :not(summary)").first).not_to_be_visible()
    page.emulate_media(media="print")
    assert all(
        box and box["height"] for box in (one.bounding_box() for one in shut.locator("> :not(summary, .go)").all())
    )
    page.emulate_media(media="screen")
    theme = page.locator("li[id^=t-]").nth(1)
    page.goto(f"{page.url}#{theme.get_attribute('id')}")
    expect(theme.locator("h3")).to_be_in_viewport()
    theme.locator("summary").click()
    expect(theme.locator("details > :not(summary)").first).to_be_visible()

"""One voice through the whole product: asked, answered, read, coded, reported, decided, shown, and withdrawn."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest

# One story: each test goes on from the one before.
pytestmark = [pytest.mark.journey, pytest.mark.random_order(disabled=True)]
TAKEN_BACK = "SELECT COUNT(*) FROM consultation_response WHERE withdrawn"
# What a worker does within half a minute, and which answer it was.
SCREENED = """
from consultation.reading.tasks import screen_unread
from consultation.responses.models import Answer
from consultation.responses.vault import open_sealed_text
screen_unread()
unread = Answer.objects.filter(state="unread")
print(next(one.pk for one in unread if "blue gate" in open_sealed_text(one.sealed)))
"""


def open_survey(page, language="en"):
    """From the home page to the first question of the first survey that is open."""
    page.goto(f"/{language}/")
    page.locator("main a[href*='/have-your-say/']:not([href$='/have-your-say/'])").first.click()
    page.locator("main a[href*='answer/']").first.click()


def send(page):
    page.goto(page.url.split("#")[0] + "#check")
    page.locator("form.ask .end button.btn:visible").click()
    page.wait_for_selector("main h1")


def four_words(page):
    page.get_by_role("button", name="Show me four words").click()
    return page.locator("ol.words li").all_inner_texts()


def look_up(page, words):
    page.goto("/en/receipt/")
    page.fill("input[name=words]", " ".join(words))
    page.locator("main form").filter(has=page.locator("input[name=words]")).locator("button").click()


def test_a_planner_goes_from_chart_to_words_to_decision_and_back(sign_in):
    page = sign_in("planner@example.org")
    page.goto("/insights/")
    page.get_by_role("link", name="Safe in Bradford", exact=True).first.click()
    chart = page.locator("section[aria-labelledby=th] table.ranked")
    theme = chart.locator("tr", has=page.locator("rect")).locator("a").first
    name = theme.inner_text()
    theme.click()
    assert page.locator("h1").inner_text() == name
    assert page.locator("section[aria-labelledby=words] blockquote").count() >= 1, (
        "one click from the chart to the words"
    )
    page.get_by_role("link", name="Record a decision").click()
    page.get_by_label("title").fill("A journey's decision")
    page.get_by_label("We asked").fill("What would help?")
    page.get_by_label("You said").fill("You want more light.")
    page.get_by_label("Outcome").select_option("no")
    page.get_by_label("We did, or we will").fill("We will not do this.")
    page.get_by_label("What people said, in easy read").fill("You want light.")
    page.get_by_label("What we do, in easy read").fill("We will not do this.")
    page.get_by_label("Who leads (a job, not a name)").fill("Street lighting manager")
    page.get_by_label("Next news on").fill((date.today() + timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Save").click()
    assert "Give the true reason" in page.inner_text("main"), "a draft, of which the page says what is missing"
    page.get_by_role("link", name="Change it").click()
    assert page.get_by_label("We did, or we will").input_value() == "We will not do this.", "nothing is lost"
    page.get_by_label("Reason").fill("There is no money for it this year.")
    page.get_by_label("Alternative").fill("none")
    page.get_by_role("button", name="Save").click()
    assert page.locator("h1").inner_text() == "A journey's decision"
    trace = page.locator("ol.outline")
    assert name in trace.inner_text()
    page.get_by_role("link", name="Cite evidence").click()
    page.locator("#th ~ ul.rows").get_by_role("link", name=name, exact=True).click()
    page.locator("input[name=quotes]").first.check()
    page.get_by_role("button", name="Cite it").click()
    words = page.locator("ol.outline a[href*='/quotes/']").first
    said = words.inner_text()
    words.click()
    assert said.strip("“”") in page.inner_text("blockquote")
    assert "A journey's decision" in page.inner_text("section[aria-labelledby=cite]"), "and back in one click"
    page.locator("ol.outline a[href*='/questions/']").first.click()
    assert "A journey's decision" in page.inner_text("section[aria-labelledby=dec]")


def test_another_person_publishes_it_and_the_public_reads_it(sign_in, new_page):
    page = sign_in("officer2@example.org")
    page.goto("/insights/decisions/a-journeys-decision/")
    page.get_by_role("button", name="Publish it").click()
    public = new_page(javascript=False)
    public.goto("/en/you-said-we-did/")
    card = public.locator("#a-journeys-decision")
    card.locator("summary").first.click()
    assert "There is no money for it this year." in card.inner_text()
    assert "We looked for something else to do. We did not find one." in card.inner_text()


def test_four_words_show_what_became_of_it_and_why_it_is_too_late(site, new_page):
    words = re.search(r"with the words: (.+)", site.printed)[1].split()
    page = new_page(width=320, javascript=False)
    look_up(page, words)
    told = page.inner_text("main")
    assert "Your answers are in the results" in told
    assert page.locator(".lines .outcome").count() >= 1, "the published decisions of the consultation"
    assert page.get_by_role("button", name="Take my answers back").count() == 0
    assert "too late" in told.lower()


def test_a_child_answers_keeps_four_words_and_takes_the_answer_back(site, new_page):
    page = new_page(width=320, javascript=False)
    open_survey(page)
    page.locator(".step:visible input").first.check()
    text = page.locator("textarea").first
    step = text.evaluate("node => node.closest('.step').id")
    page.goto(page.url.split("#")[0] + f"#{step}")
    text.fill("More lights by the canal path please")
    send(page)
    words = four_words(page)
    assert len(words) == 4
    before = site.ask(TAKEN_BACK)
    look_up(page, words)
    page.get_by_role("button", name="Take my answers back").click()
    page.locator("button[name=back][value=yes]").click()
    assert page.get_by_role("button", name="Take my answers back").count() == 0
    assert site.ask(TAKEN_BACK) == before + 1


def test_a_reader_clears_what_a_child_sent(site, new_page, sign_in):
    child = new_page(width=320, javascript=False)
    open_survey(child)
    text = child.locator("textarea").first
    step = text.evaluate("node => node.closest('.step').id")
    child.goto(child.url.split("#")[0] + f"#{step}")
    text.fill("The lamp posts near the blue gate never work")
    send(child)
    text = site.shell(SCREENED)
    reader = sign_in("reader1@example.org")
    reader.goto(f"/staff/reading/{text}/")
    assert "blue gate never work" in reader.inner_text("main")
    reader.keyboard.press("c")
    reader.wait_for_url(lambda url: text not in url)
    assert site.ask("SELECT state FROM consultation_answer WHERE id = ?", UUID(text).hex) == "cleared"

"""The whole way from a question to "we did" on the demo, on a site of its own, so that a retry starts fresh.

An officer starts from a template, is stopped by three findings and mends them; a lead and a second officer approve;
the survey is asked in two languages, printed, answered, watched and closed; and a visitor finds its outcome from the
home page.
"""

import os
import re
from datetime import date, timedelta

import pytest
import segno
from playwright.sync_api import expect

from tests.journeys.conftest import served
from tests.journeys.officer_steps import Hands, make_the_promises, open_tab_of, save, step, unfold
from tests.journeys.test_translating import write

pytestmark = pytest.mark.journey
SHOTS = os.environ.get("SHOTS_DIR", "")
TITLE, SLUG = "Where feels safe?", "where-feels-safe"
SLIPS = {  # what an officer writes in a hurry, by the place of its question, and what they mean
    2: ("Don’t you agree that it feels unsafe when it is dark?", "When do you feel least safe out of school?"),
    6: ("What makes you feel safe in the park and on the bus?", "What makes a place feel safe to you?"),
    7: ("What is your name?", "What else should we know?"),
}
MOST_PRESSED, MOST_FILLED = 18, 20
IN_URDU = "کون سی چیز کسی جگہ کو محفوظ بناتی ہے؟"
# Far from as many in the west as live there.
CAME = {"east": 160, "south": 140, "west": 35, "keighley": 25, "shipley": 40}
ANSWER = f"""
import os
from django.db import transaction
from consultation.responses.submission import submit_response
from consultation.surveys.models import PublishedVersion
from consultation.surveys.questionnaire_schema import Questionnaire
version = PublishedVersion.objects.filter(page__slug={SLUG!r}).order_by("-number").first()
asked = [item for item in Questionnaire(version.content).questions if item["about_you"]]
came = [area for area, number in {list(CAME.items())} for _ in range(number)]
with transaction.atomic():
    for n, area in enumerate(came):
        closed = {{}}
        for item in asked:
            keys = [option["key"] for option in item["options"]]
            fit = [option["key"] for option in item["options"] if area in option["text"]["en"].lower()]
            closed[item["key"]] = fit[0] if fit else keys[n % 2]
        submit_response(version=version, nonce=os.urandom(16), language="en", closed=closed, texts={{}})
from insights.representation.actions import refresh_representation
from insights.representation.link_and_code_counts import refresh_code_counts
refresh_representation()
refresh_code_counts()
"""


@pytest.fixture
def site(built_demo, tmp_path):
    """A site for this journey alone."""
    with served(built_demo, tmp_path / "var") as made:
        yield made


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=60000)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def enter(sign_in):
    """enter("officer1"): that person's page, signed in at the first call."""
    pages = {}

    def entered(key):
        if key not in pages:
            pages[key] = sign_in(f"{key}@example.org")
            pages[key].set_default_timeout(60000)
        return pages[key]

    return entered


def approve(page):
    """From the first page of Wagtail's admin, by the page made for who checks, to the button."""
    page.goto("/staff/")
    page.get_by_role("link", name=re.compile(rf"^Approval.*{re.escape(TITLE)}")).first.click()
    look(page, "08-approving")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(re.compile("Approved|It is live"))


def look(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def an_officer_is_stopped_by_three_checks_mends_them_and_sends_it(enter):
    hands = Hands(enter("officer1"))
    page = hands.page
    page.goto("/staff/")
    hands.press("link", "Start a consultation", within=page.locator("main"))
    look(page, "01-start")
    hands.press("link", TITLE)
    look(page, "02-template")
    hands.press("button", "Make a draft of it")
    look(page, "03-draft")
    open_tab_of(hands, "listens", "groups_invited")
    make_the_promises(hands)
    listed = page.locator("[data-checks-list]")
    for place, (slip, _) in SLIPS.items():
        unfold(hands, place)
        hands.fill(f"body-{place}-value-text", slip)
    save(hands)
    expect(listed).to_contain_text("3 things to mend before anyone can approve")
    for reason in ("leads to one answer", "Two questions in one", "asks who a person is"):
        expect(listed).to_contain_text(reason)
    expect(step(page, "checks")).to_have_attribute("data-state", re.compile("Next|To do"))
    look(page, "04-stopped")
    for place, (_, meant) in SLIPS.items():
        hands.press("link", None, within=listed.locator(".checks-stop li").filter(has_text=SLIPS[place][0]))
        hands.fill(f"body-{place}-value-text", meant)
    save(hands)
    expect(step(page, "checks")).to_have_attribute("data-state", "Done")
    hands.press("link", None, within=step(page, "reads"))
    look(page, "05-reads")
    hands.press("link", TITLE, within=page.locator(".crumb"))
    hands.press("button", "Send for approval")
    expect(page.get_by_role("status")).to_contain_text("It is sent for approval")
    look(page, "06-sent")
    assert hands.pressed <= MOST_PRESSED and hands.filled <= MOST_FILLED, (hands.pressed, hands.filled)
    print(f"pressed {hands.pressed}, filled {hands.filled}")


def a_lead_fills_the_rota_and_approves_and_a_second_officer_opens_it(enter, new_page):
    lead = enter("lead1")
    lead.get_by_role("link", name="Rota").first.click()
    press(lead, "Fill gaps from the week before")
    expect(lead.locator("main")).to_contain_text("No working day has a gap.")
    look(lead, "07-rota")
    approve(lead)
    approve(enter("officer2"))
    visitor = new_page(javascript=False)
    visitor.goto("/en/")
    expect(visitor.locator("main").get_by_role("link", name=TITLE).first).to_be_visible()


def it_is_asked_in_a_second_language_and_stands_on_a_poster(enter, new_page):
    page, checker = enter("officer1"), enter("officer2")
    page.goto("/staff/translations/")
    page.get_by_role("link", name=TITLE).first.click()
    press(page, "Begin Urdu")
    page.get_by_text("Urdu is begun.").wait_for()
    look(page, "09-translating")
    write(page, SLIPS[6][1], IN_URDU)
    page.get_by_label("Checker").select_option(label="Owen Officer")
    page.get_by_label("Who reads it with them").fill("Nadia")
    press(page, "Send 1 text to its checker")
    page.get_by_text("is asked to check it.").wait_for()
    look(page, "10-sent-to-checker")
    checker.goto("/staff/translations/")
    checker.get_by_role("link", name=f"{TITLE}, Urdu").click()
    look(checker, "10b-checker")
    press(checker, "The rest is right: put Urdu live")
    checker.get_by_text("Urdu is live: 1 text").wait_for()

    page.goto("/staff/consultations/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Promote", exact=True).click()
    press(page, "Make a link for each channel")
    look(page, "11-out")
    way = page.locator("ul.ways li", has=page.get_by_role("heading", name="Poster"))
    address = f"http://{way.locator('.address').inner_text()}/"
    poster = page.request.get(way.get_by_role("link", name="Poster, A4 (PDF)").get_attribute("href"))
    assert poster.headers["content-type"] == "application/pdf" and poster.body().startswith(b"%PDF")
    square = page.request.get(way.get_by_role("link", name="QR code (SVG)").get_attribute("href")).text()
    drawn = re.search(r' d="(M4[^"]+)"', segno.make(address, error="m", micro=False).svg_inline(border=4))[1]
    assert drawn in square, "what a camera reads is the address that stands beside it"
    visitor = new_page(javascript=False)
    visitor.goto(re.sub(r"^http://[^/]+", "", address))
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(TITLE)


def children_answer_and_the_officer_sees_who_is_not_heard(site, enter, new_page):
    child = new_page(width=320, javascript=False)
    child.goto(f"/ur/have-your-say/{SLUG}/answer/")
    asked = child.locator(".step", has_text=IN_URDU)
    child.goto(f"{child.url}#{asked.get_attribute('id')}")
    asked.locator("input[type=text], textarea").first.fill("روشنی")
    child.goto(f"{child.url.split('#')[0]}#check")
    child.locator("form.ask .end button.btn:visible").click()
    expect(child.locator("html")).to_have_attribute("lang", "ur")
    expect(child).not_to_have_url(re.compile("/answer/#"))
    assert child.context.cookies() == []
    site.shell(ANSWER)

    page = enter("officer1")
    page.goto("/insights/representation/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"About (39[3-9]|40[0-8]) people"))
    missing = page.locator("section[aria-labelledby=not]")
    expect(missing.get_by_role("heading", level=3)).to_have_text(["Bradford West (area)"])
    look(page, "12-reach")


def it_closes_early_and_results_and_we_did_are_found_from_the_home_page(enter, new_page, site):
    first, second, planner = enter("officer1"), enter("officer2"), enter("planner")
    first.goto("/staff/closing/")
    look(first, "13-stop")
    row = first.locator("ul.rows > li", has=first.get_by_role("heading", name=TITLE))
    row.locator("summary", has_text="Close the survey now").click()
    row.locator("details[open]").get_by_label("Why").fill("Enough have answered.")
    row.get_by_role("button", name="Close the survey now").click()
    expect(first.get_by_role("status")).to_contain_text(f"{TITLE} is closed.")
    look(first, "13-closed")
    first.goto("/insights/manage/releases/")
    first.get_by_role("link", name=f"Make a release of {TITLE}").click()
    press(first, "Make the release")
    site.shell("from insights.releases.tasks import run_release_orders; run_release_orders()")
    first.goto(f"/insights/manage/releases/{SLUG}/make/")
    expect(first.get_by_role("status").first).to_contain_text("Release 1 is made")
    look(first, "14-release")
    second.goto("/insights/manage/releases/")
    press(second, f"Publish release 1 of {TITLE}")
    expect(second.get_by_role("status")).to_contain_text("The release is published")
    look(second, "15-release-published")
    first.goto(f"/insights/manage/results/of/{SLUG}/")
    press(first, "Begin a results page")
    first.get_by_label("What people told us").fill("Many of you do not feel safe in the dark.")
    first.get_by_label("The same in easy read").fill("The dark does not feel safe.")
    press(first, "Save")
    expect(first.get_by_role("status")).to_contain_text("Saved")
    look(first, "16-results")
    planner.goto("/insights/decisions/record/")
    record(planner)
    look(planner, "17-decision")
    second.goto(f"/insights/manage/results/of/{SLUG}/")
    press(second, "Publish it")
    expect(second.get_by_role("status")).to_contain_text("Published")
    second.get_by_role("link", name="Lights by the canal", exact=True).click()
    press(second, "Publish it")
    expect(second.get_by_role("status")).to_contain_text("Published")

    visitor = new_page(width=320, javascript=False)
    visitor.goto("/en/")
    visitor.locator("main").locator(f"a[href*='/have-your-say/{SLUG}/results/']").first.click()
    for words in ("Many of you do not feel safe in the dark.", "We will mend ten lamps."):
        expect(visitor.locator("main")).to_contain_text(words)
    look(visitor, "18-results")


def record(planner):
    planner.get_by_label(TITLE).check()
    for label, words in {
        "title": "Lights by the canal", "We asked": "Where feels safe?", "You said": "It is dark by the canal.",
        "We did, or we will": "We will mend ten lamps.", "What people said, in easy read": "It is dark there.",
        "What we do, in easy read": "We mend ten lamps.", "Who leads (a job, not a name)": "Street lighting manager",
        "Next news on": (date.today() + timedelta(days=60)).isoformat(),
    }.items():  # fmt: skip
        planner.get_by_label(label).fill(words)
    planner.get_by_label("Outcome").select_option("yes")
    press(planner, "Save")
    expect(planner.get_by_role("heading", level=1)).to_have_text("Lights by the canal")


def test_from_a_template_to_we_did(site, enter, new_page):
    an_officer_is_stopped_by_three_checks_mends_them_and_sends_it(enter)
    a_lead_fills_the_rota_and_approves_and_a_second_officer_opens_it(enter, new_page)
    it_is_asked_in_a_second_language_and_stands_on_a_poster(enter, new_page)
    children_answer_and_the_officer_sees_who_is_not_heard(site, enter, new_page)
    it_closes_early_and_results_and_we_did_are_found_from_the_home_page(enter, new_page, site)

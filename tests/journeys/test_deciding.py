"""From a draft to the board, without a script: a planner writes every part, an officer publishes, an agency reports,
and the board's page and PDF show it."""

import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from consultation.domain import strategy_points
from insights.coding.models import ThemeEntry
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from tests.insights.conftest import answered, codebook, colleague, officer, parks, release  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
POINT = "understand-locations"


def press(page, name, kind="button"):
    page.get_by_role(kind, name=name, exact=True).first.click()


def part(page, name):
    page.locator("section", has=page.get_by_role("heading", name="The draft, part by part")).get_by_role(
        "link", name=name
    ).click()


def test_from_a_draft_to_the_board(page_of, release):  # noqa: F811
    ThemeEntry.objects.filter(theme__slug="lights").update(links=strategy_points.build_strategy_links([POINT]))
    planner = page_of("planner", javascript=False)
    a_planner_writes_every_part(planner, release)
    cites_for_and_against(planner)

    officer = page_of("engagement_officer", javascript=False)  # noqa: F811
    officer.goto("/insights/decisions/lights-first/")
    press(officer, "Publish it")
    expect(officer.get_by_role("status")).to_contain_text("Published")

    partner = page_of("partner_viewer", javascript=False)
    partner.goto("/insights/agencies/")
    press(partner, "Your agency: Riverside partnership", "link")
    press(partner, "Walk there after dark", "link")
    partner.get_by_label("Started").check()
    press(partner, "Save")
    expect(partner.get_by_role("alert")).to_contain_text("What has happened")
    partner.get_by_label("What has happened").fill("We walked there on Monday.")
    press(partner, "Save")
    expect(partner.locator("main")).to_contain_text("We walked there on Monday.")
    the_board_reads_it(partner)
    assert list_ledger_problems() == []


def a_planner_writes_every_part(page, release):  # noqa: F811
    page.goto("/insights/decisions/record/")
    page.get_by_label(release.consultation.title).check()
    page.get_by_label("title").fill("Lights first")
    page.get_by_label("Outcome").select_option("yes")
    press(page, "Save")
    expect(page.locator("main")).to_contain_text("Say what we asked.")
    part(page, "The answer")
    for label, words in {"We asked": "What helps?", "You said": "It is dark.", "We did, or we will": "Ten lights.",
                         "What people said, in easy read": "It is dark.", "What we do, in easy read": "Ten lights.",
                         "Who leads (a job, not a name)": "Lighting manager"}.items():  # fmt: skip
        page.get_by_label(label).fill(words)
    page.get_by_label("Next news on").fill((date.today() + timedelta(days=60)).isoformat())
    press(page, "Save")
    part(page, "Ways that were considered")
    press(page, "Add another way")
    for n, words in enumerate(("Do nothing", "Light it all", "Light the main path")):
        page.get_by_label("What could be done").nth(n).fill(words)
    page.get_by_label("We take this").nth(2).check()
    press(page, "Save")
    part(page, "How we will know")
    page.get_by_label("What is measured").fill("Who feels safe there")
    page.get_by_label("Where it should get").fill("60")
    press(page, "Save")
    part(page, "Who does what")
    page.get_by_label("Agency").fill("Riverside partnership")
    page.get_by_label("What it does").fill("Walk there after dark")
    press(page, "Save")
    part(page, "Where it belongs")
    page.locator("main summary").first.click()
    page.locator(f"#point-{POINT}").check()
    press(page, "Save")


def cites_for_and_against(page):
    part(page, "Evidence")
    press(page, "Lights", "link")
    page.get_by_label("lights number", exact=False).first.check()
    press(page, "Cite it")
    expect(page.locator("main")).to_contain_text("No evidence against this decision is cited.")
    press(page, "Cite what speaks against it", "link")
    press(page, "Go on with this question")
    expect(page.get_by_label("Challenges").or_(page.get_by_label("It speaks against the decision"))).to_be_checked()
    page.get_by_label(re.compile("No.: (about )?45 people")).check()
    press(page, "Cite it")
    expect(page.locator("main")).not_to_contain_text("No evidence against")
    expect(page.locator("main")).to_contain_text("Question 1, as asked, version 1")


def the_board_reads_it(page):
    page.goto("/insights/board/?strand=1")
    row = page.locator("tr", has=page.get_by_role("link", name="Lights first"))
    for words in ("50 people", "Riverside partnership", "Nothing"):
        expect(row).to_contain_text(words)
    press(page, "Report of the quarter", "link")
    expect(page.locator("main")).to_contain_text("We walked there on Monday.")
    href = page.get_by_role("link", name="Report as PDF").get_attribute("href")
    paper = PdfReader(
        io.BytesIO(page.request.get(f"/insights/board/report.pdf{href.partition('report.pdf')[2]}").body())
    )
    text = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    for words in ("Lights first", "We walked there on Monday.", "Also considered", f"{timezone.localdate().year}"):
        assert words in text

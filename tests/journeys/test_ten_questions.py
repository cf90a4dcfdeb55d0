"""A planner with ten questions and ten minutes: each is answered within two clicks from Today, in the demo."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CLICKS = 2
TOWN = "Safe in Bradford"
CHANGE = re.compile(r"(more|less|no change to claim):\s+\S*\d+")
INTERVAL = re.compile(r"\d+% to \d+%|\d+ to \d+%")


class CountedPage:
    """A page on Today whose clicks are counted. What a question needs is read from `main`."""

    def __init__(self, page):
        self.page, self.clicks = page, 0
        page.goto("/insights/")

    @property
    def main(self):
        return self.page.locator("main")

    def menu(self, name):
        self._click(self.page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).first)

    def link(self, name, exact=True):
        self._click(self.main.get_by_role("link", name=name, exact=exact).first)

    def first(self, selector):
        self._click(self.main.locator(selector).first)

    def button(self, name):
        self._click(self.main.get_by_role("button", name=name, exact=True))

    def download(self, name):
        with self.page.expect_download() as waited:
            self.link(name)
        return waited.value.path().read_bytes()

    def _click(self, found):
        self.clicks += 1
        found.click()


def test_what_do_they_say_about_feeling_safe(today):
    today.menu("Search")
    today.page.get_by_label("Words").fill("safe")
    today.button("Search")
    words = today.main.locator("blockquote.said")
    expect(words.first).to_contain_text("safe", ignore_case=True)
    expect(words.first.get_by_role("link", name="What came of this?")).to_be_visible()


def test_what_matters_most(today):
    expect(today.main).to_contain_text("than about anything else: about")  # on Today itself
    today.link(TOWN)
    messages = today.main.locator("ol.short > li")
    expect(messages.nth(1)).to_contain_text(INTERVAL)
    expect(messages.nth(1).locator("blockquote")).to_be_visible()


def test_who_differs(today):
    today.link("Who differs", exact=False)
    expect(today.main).to_contain_text(re.compile(r"This looks at \d+ numbers"))
    today.button("Show")
    expect(today.main.get_by_role("heading", name="What stands out")).to_be_visible()


def test_what_changed(today):
    today.link("What changed where the same was asked again")
    today.first("h2 a")
    expect(today.main.get_by_role("heading", name="What changed")).to_be_visible()
    expect(today.main.locator("td").filter(has_text=CHANGE).first).to_be_visible()


def test_few_but_grave(today):
    today.link(TOWN)
    few = today.main.locator(".few")
    expect(few).to_contain_text("Few people said this, and it weighs much")
    expect(few.locator(".we p").first).to_contain_text(re.compile(r"\w+ \w+"))


def test_how_sure(today):
    today.link(TOWN)
    today.link("How sure we are")
    expect(today.main.locator("#sure")).to_be_in_viewport()
    expect(today.main).to_contain_text("a person had looked at the words of")


def test_what_was_decided(today):
    today.menu("Decisions")
    today.link("Youth workers out after school")
    expect(today.main.get_by_role("heading", name="We did", exact=True)).to_be_visible()
    expect(today.main).to_contain_text("Two youth workers will be in the city centre")


def test_what_came_of_it(today):
    today.menu("Decisions")
    today.link("What came of them")
    expect(today.main).to_contain_text(re.compile(r"(Partly|In part|Worked|It helped).*, said on", re.IGNORECASE))


def test_what_has_nobody_answered(today):
    expect(today.main.get_by_role("heading", name="Not answered yet")).to_be_visible()  # on Today itself
    today.link("All that has no answer yet")
    expect(today.main.get_by_role("heading", level=1)).to_contain_text("answer", ignore_case=True)


def test_take_it_to_the_board(today):
    today.menu("Board")
    paper = PdfReader(io.BytesIO(today.download("Report as PDF")))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert "Report to the board" in text and "In short" in text


@pytest.fixture
def today(sign_in):
    visit = CountedPage(sign_in("planner@example.org"))
    yield visit
    assert 0 < visit.clicks <= CLICKS, f"{visit.clicks} clicks"

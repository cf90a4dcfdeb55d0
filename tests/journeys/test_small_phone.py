"""A child with a small phone (320 x 640) finds their language, and meets Start and an answer without scrolling."""

import pytest
from playwright.sync_api import expect

from tests.journeys.channel_steps import looked_at

pytestmark = pytest.mark.journey
WIDTH, HEIGHT = 320, 640
SLUG = "safe-in-bradford"


@pytest.fixture
def phone(chromium, site):
    def make(language="en", *, javascript=True):
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": WIDTH, "height": HEIGHT},
            locale=language,
            has_touch=True,
            java_script_enabled=javascript,
        )
        return context.new_page()

    return make


def bottom_of(locator):
    """Where the lower edge of an element is on the screen that has not been scrolled."""
    box = locator.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= WIDTH, "nothing is cut off at the side"
    return box["y"] + box["height"]


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_first_address_to_the_first_answer_without_scrolling(phone, language, javascript):
    page = phone(language, javascript=javascript)
    page.goto("/")
    assert page.url.endswith(f"/{language}/"), "the browser's languages decide"
    page.goto(f"{page.url}have-your-say/{SLUG}/")
    said = page.locator(".told li")
    assert said.count() == 5
    assert bottom_of(said.last) < HEIGHT
    start = page.locator("main .go a.btn:visible")
    assert bottom_of(start) <= HEIGHT, "Start is on the first screen"
    assert page.locator("details.fold[open]").count() == 0, "all else is folded"
    start.click()
    assert f"/{language}/have-your-say/{SLUG}/answer/" in page.url
    assert bottom_of(page.locator(".opt:visible").first) <= HEIGHT, "a whole answer is on the first screen"
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_easy_words_make_the_first_page_shorter(phone, language):
    page = phone(language)
    page.goto(f"/{language}/have-your-say/{SLUG}/")
    page.evaluate("document.querySelectorAll('details.fold').forEach(fold => { fold.open = true })")
    page.locator(".ways > summary").click()
    words = page.locator(".told"), page.locator("main")
    before = [len(part.inner_text()) for part in words]
    page.locator("#easy").check()
    page.locator(".ways > summary").click()
    after = [len(part.inner_text()) for part in words]
    assert after[0] < before[0] and after[1] < before[1] * 0.9, "what is folded is shorter, too"
    assert bottom_of(page.locator("main .go a.btn:visible")) <= HEIGHT
    page.locator("main .go a.btn:visible").click()
    assert page.locator("#easy").is_checked(), "the switch goes along"


@pytest.mark.parametrize("language", ["en", "ur", "pl", "ar"])
def test_what_to_press_is_on_the_first_screen_of_home_and_in_clear_print(phone, language):
    page = phone(language)
    page.goto(f"/{language}/")
    assert bottom_of(page.locator(".hero .btn")) <= HEIGHT
    page.goto(f"/{language}/have-your-say/{SLUG}/?letters=1")
    assert page.locator("#letters").is_checked()
    assert bottom_of(page.locator("main .go a.btn:visible")) <= HEIGHT


def test_each_open_survey_can_be_walked_to_its_check_page_on_a_small_screen(phone):
    page = phone()
    page.goto("/en/have-your-say/")
    links = page.locator("main a[href*='/have-your-say/']").evaluate_all("all => all.map(one => one.pathname)")
    walked = []
    for path in dict.fromkeys(links):
        page.goto(path)
        start = page.locator("main .go a.btn[href*='answer/']:visible")
        if not start.count():
            continue  # closed, not open yet, or for people with a code
        assert bottom_of(start) <= HEIGHT, path
        start.click()
        page.wait_for_url("**/answer/**", wait_until="load")  # with its style: pictures have their own size before
        for _ in range(80):
            assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url
            onward = page.locator(".step:visible .go a.btn:visible")
            if page.locator("#check.on").count() or not onward.count():
                break
            onward.first.click()
        assert page.locator("#check.on").count(), path
        bottom_of(page.locator(".end .btn:visible").first)
        walked.append(path)
    assert len(walked) > 2, links


def test_the_check_page_says_what_was_not_answered_and_how_to_change_it_in_one_line(phone):
    page = phone()
    page.goto(f"/en/have-your-say/{SLUG}/answer/#check")
    left = page.locator(".step", has=page.locator(".none:visible")).first
    none, change = (left.locator(one).bounding_box() for one in (".none", ".change"))
    assert change["y"] < none["y"] + none["height"] and change["height"] >= 44
    assert page.locator(".opt small:visible").count() == page.locator(".end .opt small:visible").count()


PAGES = [
    "",
    "help/",
    "contact/",
    "receipt/",
    "you-said-we-did/",
    "news/",
    "search/",
    "privacy/",
    f"have-your-say/{SLUG}/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_in_my_language_by_its_own_name(phone, path):
    page = phone(javascript=False)
    page.goto(f"/en/{path}")
    picker = page.locator(".bar details", has=page.locator(".langs"))
    picker.locator("summary").press("Enter")
    picker.get_by_role("link", name="اردو").press("Enter")
    page.wait_for_url(f"**/ur/{path}")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".bar").evaluate("bar => bar.scrollWidth <= innerWidth")


def test_the_open_picker_and_switches_can_be_used_by_everyone(phone):
    page = phone("ur")
    page.goto("/ur/help/")
    for summary, targets in ((".bar details:has(.langs) summary", ".langs a"), (".ways > summary", ".ways label")):
        page.locator(summary).click()
        for box in page.locator(targets).all():
            assert box.bounding_box()["height"] >= 44
            bottom_of(box)
        assert looked_at(page) == []
        page.locator(summary).click()


def test_the_switches_go_along_to_the_next_page_and_are_stored_nowhere(phone):
    page = phone()
    page.goto("/en/help/")
    page.locator(".ways > summary").click()
    page.get_by_label("Clear print").check()
    page.locator(".foot a").first.click()
    page.wait_for_url("**/en/safer/**")
    assert page.locator("#letters").is_checked()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    expect(page.locator("#easy")).not_to_be_checked()


def test_clear_print_goes_along_to_the_survey_without_a_script(phone):
    page = phone(javascript=False)
    page.goto(f"/en/have-your-say/{SLUG}/")
    page.locator(".ways > summary").click()
    page.get_by_label("Clear print").check()
    page.get_by_role("link", name="Start").click()
    page.wait_for_url("**/answer/?letters=1")
    assert page.locator("#letters").is_checked()

"""On a phone: numbers of the questions that this person sees, rows one at a time, cards to press, and back to the check."""

import re

import pytest
from playwright.sync_api import expect

from consultation.responses.models import Response
from tests.factories import consultation, question
from tests.journeys.channel_steps import looked_at
from tests.journeys.small_surveys import press_next, shown, to_check, visit
from tests.journeys.test_reading_order import read_out, texts

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(home, live_server):
    items = [
        question("a", "single", ["Parks", "Town"]),
        question("b", "single", ["Bus", "Walk"], show_if={"question": "q-a", "any_of": ["a-2"]}),
        question("g", "grid", ["Safe", "Not safe"], rows=[row("1", "Day"), row("2", "Evening"), row("3", "Night")]),
        question("r", "ranking", ["Lights", "Wardens", "Clubs", "Buses"], rank=2),
        question("m", "multiple", ["Red", "Green", "Blue"], limit=2),
    ]
    consultation(home, items=items)
    return f"{live_server.url}/en/have-your-say/parks/answer/"


def row(key, text):
    return {"id": f"row-{key}", "key": key, "text": {"en": text}, "easy": {}}


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, chromium, address):
    return visit(chromium, address, java_script_enabled=request.param, bypass_csp=True)


def number_read(page):
    """What a screen reader says above the question: without a script the style counts."""
    return re.search(r"Question \d+ of \d+", texts(read_out(page)))[0]


def test_numbers_count_the_questions_that_this_person_sees(page):
    assert number_read(page) == "Question 1 of 4"
    page.get_by_label("Town").check()
    assert number_read(page) == "Question 1 of 5"
    page.get_by_label("Parks").check()
    press_next(page)
    assert shown(page) == ["qg"]
    assert number_read(page) == "Question 2 of 4"


def test_title_and_heading_have_one_number(chromium, address):
    page = visit(chromium, address)
    page.get_by_label("Town").check()
    press_next(page)
    assert page.title() == "Question 2 of 5 - Parks - Have your say"
    assert page.locator("#qb .count").inner_text() == "Question 2 of 5"
    to_check(page)
    assert page.title() == "Check your answers - Parks - Have your say"


def test_change_this_leads_back_to_the_check(page):
    page.get_by_label("Town").check()
    to_check(page)
    page.locator("#qb .change").click()
    assert shown(page) == ["qb"]
    page.get_by_label("Walk").check()
    expect(page.locator("#qb .go a:visible")).to_have_text(["Check your answers"])
    page.locator("#qb .go a:visible").click()
    expect(page.locator("#check h1")).to_be_visible()
    expect(page.locator("#qb .opt:visible")).to_have_text(["Walk"])


def press_row(page):
    page.locator("#qg .go a.btn:visible").click()


def test_next_stands_in_one_place_on_each_row_of_a_grid(page):
    press_next(page)
    places = []
    for _ in range(3):
        [button] = page.locator("#qg .go a.btn:visible").all()
        [back] = page.locator("#qg .go a:visible", has_text="Back").all()
        [check] = page.locator("#qg .go a:visible", has_text="Check your answers").all()
        row = page.locator("#qg [role=radiogroup]:visible").bounding_box()
        places.append(
            [(box["x"], box["y"] - row["y"]) for box in (each.bounding_box() for each in (button, back, check))]
        )
        press_row(page)
    assert places[0] == places[1] == places[2]
    assert shown(page) == ["qr"]


def rows_shown(page):
    return [name.inner_text() for name in page.locator("#qg [role=radiogroup] > b").all() if name.is_visible()]


def test_a_grid_comes_one_row_at_a_time_and_rows_can_be_missed_out(page):
    press_next(page)
    seen = []
    for _ in range(3):
        seen += [rows_shown(page)]
        boxes = [one.bounding_box() for one in page.locator("#qg .opt:visible").all()]
        assert len({box["x"] for box in boxes}) == 1, "one column: no line zigzags"
        if seen[-1] == ["Evening"]:
            page.locator("#qg .opt:visible", has_text="Not safe").click()
        press_row(page)
    assert seen == [["Day"], ["Evening"], ["Night"]]
    assert shown(page) == ["qr"]
    to_check(page)
    assert rows_shown(page) == ["Evening"], "what was answered is on the check"


def test_back_in_a_grid_is_the_row_before(page):
    press_next(page)
    press_row(page)
    assert rows_shown(page) == ["Evening"]
    page.locator("#qg .go a:visible", has_text="Back").click()
    assert rows_shown(page) == ["Day"]
    page.locator("#qg .go a:visible", has_text="Back").click()
    assert shown(page) == ["qa"]


def test_on_a_wide_screen_all_rows_are_there_at_once(chromium, address):
    page = visit(chromium, f"{address}#qg", width=1024)
    assert rows_shown(page) == ["Day", "Evening", "Night"]
    expect(page.locator("#qg .rows .go").first).to_be_hidden()
    expect(page.locator("#qg > .go")).to_be_visible()


def test_the_whole_card_is_picked_and_it_says_why_no_more_can_be(chromium, address):
    page = visit(chromium, f"{address}#qr", bypass_csp=True)
    cards = page.locator("#qr .sort .take")
    assert len({each.bounding_box()["x"] for each in cards.all()}) == 1, "one column: no line zigzags"
    card, line = cards.first.bounding_box(), page.locator("#qr .sort li").first.bounding_box()
    assert card["width"] >= line["width"] - 6 and card["height"] >= line["height"] - 6
    expect(page.locator("#qr .full")).to_have_count(0)
    cards.first.press("Enter")
    cards.first.press("Enter")
    expect(cards).to_have_count(0)
    expect(page.locator("#qr .sort .full")).to_have_text(
        "You have picked 2. You cannot pick more. To pick another, take one out."
    )
    assert "You cannot pick more." in page.locator("#qr [role=status]").inner_text()
    assert page.evaluate("document.activeElement.closest('.sort') !== null"), "the focus stays in the list"
    assert looked_at(page) == []
    page.locator("#qr .sort .on").first.get_by_role("button", name="Take out").click()
    expect(cards).to_have_count(3)


def test_a_limit_is_said_when_it_is_reached(page):
    page.goto(page.url.partition("#")[0] + "#qm")
    page.reload()
    said = page.locator("#qm .full")
    page.get_by_label("Red").check()
    expect(said).to_be_hidden()
    page.get_by_label("Blue").check()
    expect(said).to_be_visible()
    page.get_by_label("Red").uncheck()
    expect(said).to_be_hidden()


def test_a_ranking_keeps_its_pictures_beside_the_easy_words(chromium, home, live_server):
    ranked = question("r", "ranking", ["Lights", "Clubs", "Buses"], rank=2)
    for option, name in zip(ranked["options"], ("street-light", "sport", "bus"), strict=True):
        option["picture"] = name
    consultation(home, items=[ranked])
    page = visit(chromium, f"{live_server.url}/en/have-your-say/parks/answer/?easy=1")
    page.locator(".sort .take").first.click()
    picked, others = page.locator(".sort .on"), page.locator(".sort .take")
    assert (picked.count(), others.count()) == (1, 2)
    for card in [*picked.all(), *others.all()]:
        expect(card.locator("svg.pic:visible")).to_have_count(1)
    assert page.locator(".sort + [role=status]").inner_text().startswith("Lights")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


LINES_OF_FIRST_WORD = """link => {
  const words = document.createTreeWalker(link, NodeFilter.SHOW_TEXT).nextNode(), first = document.createRange();
  first.setStart(words, 0);
  first.setEnd(words, "Question".length);
  return first.getClientRects().length;
}"""


@pytest.fixture
def order(chromium, home, live_server):
    """An order of three with "None of these", on a phone without a script."""
    ranked = question("r", "ranking", ["Lights", "Wardens", "Clubs", "None of these"], rank=3)
    ranked["options"][3]["exclusive"] = True
    consultation(home, items=[question("a", "single", ["Parks", "Town"]), ranked, question("m", "multiple", ["Red"])])
    address = f"{live_server.url}/en/have-your-say/parks/answer/#qr"
    return visit(chromium, address, java_script_enabled=False, bypass_csp=True)


def press_shown(page, words):
    page.locator("#qr .go a:visible", has_text=words).click()


def test_none_of_these_stands_above_next_and_ends_an_order(order):
    none, onward = order.get_by_label("None of these"), order.locator("#qr .go a.btn:visible")
    assert none.bounding_box()["y"] < onward.bounding_box()["y"]
    none.check()
    onward.click()
    assert shown(order) == ["qm"], "nobody who picked none is asked for a second pick"
    to_check(order)
    expect(order.locator("#qr .opt:visible")).to_have_text(["None of these"])
    expect(order.locator("#qr .rows b:visible")).to_have_count(0)


def test_an_order_offers_nothing_twice_and_says_so_where_it_came_twice(order):
    pick = order.locator("#qr [role=radiogroup]:visible").get_by_label
    pick("Lights").check()
    press_shown(order, "Next")
    expect(pick("Lights")).to_be_hidden()
    pick("Clubs").check()
    press_shown(order, "Back")
    pick("Clubs").check()
    press_shown(order, "Check your answers")
    order.locator(".end .btn:visible").click()
    expect(order.get_by_role("alert")).to_contain_text("You picked one thing more than once. It counts once.")
    expect(order.locator("#qr .opt:visible"), "its better place is kept").to_have_text(["Clubs"])
    link = order.get_by_role("alert").get_by_role("link")
    assert link.evaluate(LINES_OF_FIRST_WORD) == 1, "the number of the question is not squeezed to letters"
    link.click()
    expect(order.locator("#qr .you.warn")).to_contain_text("Pick something else, or press Send again.")
    press_shown(order, "Check your answers")
    order.locator(".end .btn:visible").click()
    assert Response.objects.get().closed == {"r": ["3"]}


def test_with_a_script_none_of_these_stands_below_the_order(chromium, order):
    page = visit(chromium, order.url)
    page.locator("#qr .sort .take").first.click()
    page.get_by_label("None of these").check()
    expect(page.locator("#qr .sort .on")).to_have_count(0)


def test_the_check_page_is_one_short_row_an_answer(page):
    for words in ("Town", "Walk"):
        page.get_by_label(words).check()
        press_next(page)
    for _ in range(3):
        page.locator("#qg .opt:visible", has_text="Not safe").click()
        press_row(page)
    to_check(page)
    for step in ("qa", "qb"):
        answer, change = (page.locator(f"#{step} {one}").bounding_box() for one in (".opt:visible", ".change"))
        assert change["y"] < answer["y"] + answer["height"], "Change this stands beside its answer"
        assert change["height"] >= 44
        assert page.locator(f"#{step}").bounding_box()["height"] <= 110
    rows = [row.bounding_box() for row in page.locator("#qg [role=radiogroup]").all()]
    assert all(row["height"] <= 48 for row in rows), "a row of a grid is its name and its answer, in one line"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_long_answer_is_folded_on_the_check_page(chromium, home, live_server):
    consultation(home, items=[question("t", "long_text"), question("n", "number", low=0, high=9)])
    page = visit(chromium, f"{live_server.url}/en/have-your-say/parks/answer/")
    page.locator("#qt textarea").fill("There is no light by the gate. " * 30)
    press_next(page)
    page.locator("#qn input.text").fill("a word that is far too long for a number")
    to_check(page)
    box = page.locator("#qt textarea").bounding_box()
    assert box["height"] <= 150
    assert page.locator("#qt textarea").evaluate("box => box.scrollHeight > box.clientHeight"), (
        "the rest can be scrolled"
    )
    number = page.locator("#qn input.text").bounding_box()
    assert number["x"] >= 0 and number["x"] + number["width"] <= 320


def test_the_bar_cuts_no_line_above_a_row_of_a_grid(chromium, address):
    page = visit(chromium, address, java_script_enabled=False)
    press_next(page)
    press_row(page)
    bar, row, hint = (
        page.locator(one).bounding_box() for one in (".bar", "#qg [role=radiogroup]:visible", "#qg .hint")
    )
    below = bar["y"] + bar["height"]
    assert row["y"] >= below, "the row is whole"
    assert hint["y"] + hint["height"] <= below, "the hint above it is behind the bar, with all of its lines"


def test_enter_pressed_again_picks_the_next_thing_and_undoes_nothing(chromium, address):
    page = visit(chromium, f"{address}#qr")
    page.locator("#qr .sort .take").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#qr .sort .on > span:not(.moves)")).to_have_text(["Wardens", "Clubs"])
    assert page.evaluate("document.activeElement.closest('.sort .on') !== null"), (
        "all places are taken: to move or take out"
    )

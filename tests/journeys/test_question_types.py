"""Every type of question on a small phone: with and without a script, by keyboard, in English, Urdu and Polish."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cms.demo import demo_consultations
from cms.demo.demo_consultations import load_pictures
from consultation.responses.models import Answer, Response
from consultation.responses.vault import open_sealed_text
from consultation.surveys.consultation_loading import load_consultation
from consultation.surveys.models import ConsultationPage
from consultation.surveys.questionnaire_schema import Questionnaire
from tests.journeys import committed_worlds
from tests.journeys.small_surveys import press_next, shown, visit
from tests.journeys.test_every_page import findings, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture
def page_of(home, person):
    """The demo's consultation with every type, published."""

    def make():
        officer, today = person("engagement_officer"), timezone.localdate()
        written = demo_consultations.list_written_consultations()
        data = next(data for data in written if data["slug"] == "somewhere-to-go")
        data = demo_consultations._move_to_today(data, demo_consultations.load_answer_plans()[data["slug"]], today)
        load_consultation(data | {"pictures": load_pictures(officer)}, by=officer)

    committed_worlds.once("every type of question", make)
    return ConsultationPage.objects.get(slug="somewhere-to-go", locale=home.locale)


@pytest.fixture
def asked(page_of):
    return Questionnaire(page_of.versions.get().content)


@pytest.fixture
def survey(chromium, live_server, asked):
    """survey(language, script=): its first question on a small phone."""

    def open_(language="en", *, script=True, width=320, **options):
        address = f"{live_server.url}/{language}/have-your-say/somewhere-to-go/answer/"
        return visit(chromium, address, width, java_script_enabled=script, **options)

    return open_


@pytest.fixture
def at(asked):
    """at(page, "hours"): the step of a question, once it is shown."""

    def step(page, question):
        found = page.locator(f"#q{asked.by_id(question)['key']}")
        for _ in range(40):
            if found.is_visible():
                return found
            press_next(page)
        raise AssertionError(f"{question} is never shown")

    return step


def to_check(page):
    page.locator(".go a[href='#check']:visible").last.click()


def box(step, value):
    return step.locator(f"input[value='{value}']:visible").first


def row(step, place):
    """A row of a question, which a phone shows when the rows before it are done."""
    found = step.locator("[role=radiogroup]").nth(place - 1)
    while not found.is_visible():
        step.locator(".rows .go a.btn:visible").press("Enter")
    return found


def order(step, *things):
    """Put things in an order as the page offers it: by buttons, or by choosing places."""
    for place, thing in enumerate(things, start=1):
        line = step.locator(f".sort li[data-thing='{thing}']")
        if line.count():
            line.get_by_role("button").first.click()
        else:
            row(step, place).locator(f"input[value='{thing}']").check()


def fill_in(page, at):
    """An answer of each type. Answers are stored under the keys of `asked`, by question id."""
    box(at(page, "near"), 3).check()
    where = at(page, "where")
    box(where, 2).check()
    box(where, 4).check()
    box(where, 6).check()
    where.locator(".other input").fill("the skate ramp")
    at(page, "hours").locator("input[inputmode]").fill("12")
    month, year = at(page, "since").locator("select").all()
    month.select_option("3")
    year.select_option("2026")
    box(at(page, "last-time"), 5).check()
    box(at(page, "asked"), 2).check()
    box(at(page, "called"), "na").check()
    at(page, "idea").locator("textarea").fill("A sofa.\nAnd a kettle.")
    box(at(page, "want"), 9).check()
    inside = at(page, "inside")
    box(inside, 1).check()
    box(inside, 4).check()
    for place in (1, 2):
        row(at(page, "open"), place).locator("input").nth(place - 1).check()
    order(at(page, "first"), 3, 1)
    box(at(page, "travel"), 2).check()
    box(at(page, "area"), 4).check()
    box(at(page, "age"), 1).check()
    box(at(page, "year"), "na").check()


CLOSED = {
    "near": "3",
    "where": ["2", "4", "6"],
    "hours": 12,
    "since": "2026-03",
    "last-time": "5",
    "asked": "2",
    "called": "na",
    "want": "9",
    "inside": ["1", "4"],
    "open": {"a": "1", "b": "2"},
    "first": ["3", "1"],
    "travel": "2",
    "area": "4",
    "age": "1",
    "year": "na",
}


def all_is_kept(page, asked, language):
    """Once it is sent, everything that was filled in is kept."""
    page.locator(".end button:visible").click()
    page.wait_for_selector("form[action*='/receipt/words/']")
    response = Response.objects.get()
    assert response.closed == {asked.by_id(question)["key"]: value for question, value in CLOSED.items()}
    assert response.language == language
    texts = {answer.question: open_sealed_text(answer.sealed) for answer in Answer.objects.all()}
    assert texts == {"where:other": "the skate ramp", "idea": "A sofa.\nAnd a kettle."}


# Each language with a script and without: at once, or after an error.


@pytest.mark.parametrize(("language", "script"), [("en", True), ("ur", False)])
def test_an_answer_of_each_type_is_kept(survey, at, asked, language, script):
    page = survey(language, script=script)
    fill_in(page, at)
    press_next(page)
    all_is_kept(page, asked, language)


@SCRIPTS
def test_the_check_page_says_what_was_said(survey, at, asked, script):
    page = survey(script=script)
    fill_in(page, at)
    press_next(page)
    said = {
        "near": ["Not sure"],
        "where": ["In a park", "At a club", "Somewhere else"],
        "hours": ["hours"],
        "since": [],
        "called": ["I don't want to say"],
        "want": ["8"],
        "inside": ["Games", "A kitchen"],
        "open": ["Often", "Now and then"],
        "first": ["It is warm", "It is free"],
        "travel": ["By bus"],
    }
    for question, words in said.items():
        step = page.locator(f"#q{asked.by_id(question)['key']}")
        chosen = [option.inner_text().strip() for option in step.locator(".opt span:not(.vh):visible").all()]
        assert [one for one in chosen if one] == [word for word in words if word != "hours"], question
        expect(step.locator(".none")).to_be_hidden()
    step = page.locator(f"#q{asked.by_id('hours')['key']}")
    assert step.locator("input:visible").input_value() == "12"
    assert "hours" in step.inner_text()
    since = page.locator(f"#q{asked.by_id('since')['key']} select:visible")
    assert [one.locator("option:checked").inner_text() for one in since.all()] == ["March", "2026"]
    assert page.locator(f"#q{asked.by_id('where')['key']} .other input:visible").input_value() == "the skate ramp"


@SCRIPTS
def test_what_is_not_answered_shows_no_box(survey, asked, script):
    page = survey(script=script)
    to_check(page)
    for question in ("hours", "called", "idea", "want", "inside", "first"):
        step = page.locator(f"#q{asked.by_id(question)['key']}")
        expect(step.locator(".none")).to_be_visible()
        expect(step.locator("input:visible, textarea:visible, select:visible, .sort:visible")).to_have_count(0)


@SCRIPTS
def test_a_box_opens_beside_other_and_stays_while_words_are_in_it(survey, at, script):
    page = survey(script=script)
    where = at(page, "where")
    field = where.locator(".other input")
    expect(field).to_be_hidden()
    box(where, 6).check()
    field.fill("the ramp")
    box(where, 6).uncheck()
    expect(field).to_be_visible()
    field.fill("")
    box(where, 1).focus()
    expect(field).to_be_hidden()


@pytest.mark.parametrize(("language", "script"), [("en", False), ("ur", True)])
def test_a_number_that_does_not_fit_comes_back_with_everything_else(survey, at, asked, language, script):
    page = survey(language, script=script)
    fill_in(page, at)
    to_check(page)
    page.locator(f"#q{asked.by_id('hours')['key']} a.change").click()
    at(page, "hours").locator("input[inputmode]").fill("lots")
    to_check(page)
    page.locator(".end button:visible").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert Response.objects.count() == 0
    page.get_by_role("alert").get_by_role("link").click()
    hours = at(page, "hours")
    expect(hours.locator("[aria-invalid=true]")).to_have_value("lots")
    hours.locator("input[inputmode]").fill("12")
    to_check(page)
    all_is_kept(page, asked, language)


def test_moving_things_sets_the_controls_that_are_sent(survey, at):
    page = survey()
    first = at(page, "first")
    assert first.get_by_role("radiogroup").count() == 0, "one way to do it is offered, not two"
    order(first, 1, 2, 3)
    expect(first.get_by_role("button", name="Pick")).to_have_count(0)

    def press(thing, name):
        first.locator(f".sort li[data-thing='{thing}']").get_by_role("button", name=name).click()

    def sent():
        return first.locator("input[type=radio]:checked").evaluate_all("all => all.map(one => one.name + one.value)")

    press(3, "Move up")
    press(1, "Move down")
    assert [one[-1] for one in sent()] == ["3", "1", "2"]
    press(1, "Take out")
    assert [one[-1] for one in sent()] == ["3", "2"]
    first.get_by_label("None of these").check()
    assert [one[-1] for one in sent()] == ["7"], "none of these stands alone"
    order(first, 6)
    assert [one[-1] for one in sent()] == ["6"]


def test_the_names_that_are_read_out(survey, at):
    page = survey()
    expect(at(page, "hours").get_by_role("textbox", name=re.compile("How many hours"))).to_have_count(1)
    for name in (r"^0\s*: Not at all$", r"^5$", r"^10\s*: Very much$"):
        expect(at(page, "want").get_by_role("radio", name=re.compile(name))).to_have_count(1)
    inside = at(page, "inside")
    expect(inside.get_by_role("checkbox", name="A soft chair beside a shelf of books. A quiet corner")).to_have_count(
        1
    )
    opens = at(page, "open")
    expect(opens.get_by_role("group", name="How often would you go at these times?")).to_have_count(1)
    for place, name in enumerate(("Just after school", "In the evening", "At the weekend"), start=1):
        row(opens, place)
        expect(opens.get_by_role("radiogroup", name=name)).to_have_count(1)


# Seen and measured.


def test_axe_finds_nothing_and_nothing_scrolls_sideways(survey, at, asked):
    """From right to left, in the dark; each type in English is a state of the gallery."""
    page = survey("ur", width=320, color_scheme="dark", bypass_csp=True)
    problems = []
    fill_in(page, at)

    def look(where):
        page.evaluate("scrollTo(0, 0)")  # the bar that stays in sight covers nothing here
        problems.extend(f"{where}: {found}" for found in findings(page))
        for wide in (768, 320):
            page.set_viewport_size({"width": wide, "height": 640})
            if sideways(page) > 0:
                problems.append(f"{where} scrolls sideways by {sideways(page)} px at {wide}")

    to_check(page)
    look("check")
    for item in asked.questions:
        page.locator(f"#q{item['key']} a.change").click()
        assert shown(page) == [f"q{item['key']}"]
        look(item["id"])
        to_check(page)
    assert "\n".join(problems) == ""

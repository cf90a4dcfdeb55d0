"""The server (`routing_rules.list_shown_items`) and the browser (classes and CSS) agree on branching."""

import random

import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consultation.channels.web.branching_css import (
    MAX_SPEC_LENGTH,
    BranchingClasses,
    parse_rules_spec,
    write_branching_css,
    write_rules_spec,
)
from consultation.channels.web.form_parsing import parse_survey_form
from consultation.channels.web.step_links import CHECK_STEP, is_step, step_id
from consultation.channels.web.survey_rendering import SurveyContext, render_survey
from consultation.surveys import routing_rules
from consultation.surveys.questionnaire_schema import Questionnaire, find_option_key, list_chosen_keys
from consultation.surveys.routing_rules import list_shown_items
from consultation.surveys.type_registry import type_of
from tests.consultation.channels.web import surveys
from tests.factories import content, question

pytestmark = pytest.mark.any_database

OPTIONS = ["One", "Two", "Three"]
SEEDS = st.integers(0, 2**40)


def everything_said(made, sent):
    """The closed answers to all questions, shown or not: what stands in the form."""
    found = {item["key"]: type_of(item).parse(item, sent.values)[0] for item in Questionnaire(made).questions}
    return {key: value for key, value in found.items() if value is not None}


class Filled:
    """A random questionnaire with random answers: what the browser shows, and what the server says is shown."""

    def __init__(self, seed):
        chance = random.Random(seed)
        self.content = surveys.survey(chance)
        self.survey = SurveyContext(self.content, "en", {}, [])
        self.steps = self.survey.steps()
        said = surveys.filled(chance, self.steps)
        rules = parse_rules_spec(self.survey.branching.spec) if self.survey.branching.spec else ()
        assume(rules is not None)  # more rules than an officer may write
        css = write_branching_css(rules)
        self.held = surveys.holding(css, surveys.matched(self.steps, said))
        sent = parse_survey_form(self.content, surveys.sent(said))
        self.closed = everything_said(self.content, sent)
        items = list_shown_items(Questionnaire(self.content), sent.closed)
        self.by_server = [step_id(item) for item in items if is_step(item)]

    @property
    def by_browser(self):
        return [step["id"] for step in self.steps if step["rule"] is None or self.held[step["rule"]]]


@settings(max_examples=2000)
@given(SEEDS)
@pytest.mark.slow
def test_the_browser_shows_what_the_server_says_is_shown(seed):
    filled = Filled(seed)
    assert filled.by_browser == filled.by_server


@settings(max_examples=300)
@given(SEEDS)
@pytest.mark.slow
def test_continue_visits_each_step_that_is_shown_and_back_goes_the_same_way(seed):
    filled = Filled(seed)
    steps = {step["id"]: step for step in filled.steps}
    visited = [filled.steps[0]["id"]] if steps else []
    while visited and visited[-1] != CHECK_STEP:
        visited += surveys.visible_links(steps[visited[-1]]["onward"], filled.held)
    assert visited[:-1] == filled.by_server
    last = filled.survey.paths.back(len(filled.survey.items))
    back = surveys.visible_links(last, filled.held)
    while back[-1]:
        back += surveys.visible_links(steps[back[-1]]["back"], filled.held)
    assert back == [*filled.by_server[::-1], ""]


@settings(max_examples=200)
@given(SEEDS)
@pytest.mark.slow
def test_a_step_that_is_reached_by_its_address_has_one_way_on_and_one_back(seed):
    filled = Filled(seed)
    order = [step["id"] for step in filled.steps]
    for place, step in enumerate(filled.steps):
        after = [one for one in order[place + 1 :] if one in filled.by_server] + [CHECK_STEP]
        before = [one for one in order[:place] if one in filled.by_server]
        assert surveys.visible_links(step["onward"], filled.held) == after[:1]
        assert surveys.visible_links(step["back"], filled.held) == (before[-1:] or [""])


@settings(max_examples=200)
@given(SEEDS)
def test_skipping_a_part_passes_all_that_is_in_it(seed):
    filled = Filled(seed)
    items = filled.survey.items
    for place, item in enumerate(items):
        skip = next((s["skip_part"] for s in filled.steps if s["id"] == step_id(item) and s["skip_part"]), None)
        if skip is None:
            continue
        level = item["level"] or 1
        ends = [n for n in range(place + 1, len(items)) if 0 < routing_rules.part_level(items[n]) <= level]
        after = [step_id(one) for one in items[ends[0] if ends else len(items) :]]
        onward = [one for one in after if one in filled.by_server] + [CHECK_STEP]
        assert surveys.visible_links(skip, filled.held) == onward[:1]


@settings(max_examples=200)
@given(SEEDS)
def test_help_opens_for_its_answers(seed):
    filled = Filled(seed)
    for item in filled.survey.items:
        chosen = list_chosen_keys(item, filled.closed)
        for entry, rule in zip(item["help"], filled.survey.branching.help_rules(item), strict=True):
            wanted = {find_option_key(item, option_id) for option_id in entry["any_of"]} - {None}
            wanted = wanted if type_of(item).has_choices else set()
            assert (rule is not None and filled.held[rule]) == bool(wanted & chosen)


@settings(max_examples=200)
@given(SEEDS)
def test_an_address_says_its_rules_and_no_other(seed):
    branching = BranchingClasses(surveys.survey(random.Random(seed), most=20))
    found = branching.rules
    if found and not routing_rules.are_too_many(found) and not routing_rules.are_too_deep(found):
        assert parse_rules_spec(branching.spec) == found
        assert len(branching.spec) <= MAX_SPEC_LENGTH


@settings(max_examples=200)
@given(st.text("0123456789.RWAON_", max_size=40))
def test_a_text_is_refused_or_says_rules(text):
    found = parse_rules_spec(text)
    assert found is None or write_rules_spec(found) == text
    assert found is None or write_branching_css(found).count("{") == write_branching_css(found).count("}")


@pytest.mark.parametrize(
    "text",
    ["", "a", "0", "01", "1}", "1__2", "1;2", "../1", "1" * 5000, "1_2.", "1234", "1-2", "A", "1A", "1.2", "R1", "R2"]
    + ["1N_R3", "1NN", "1.1A", "2.1A", ".1", "1..2A", "W", "1_1", "1NR1", "_".join(str(n) for n in range(1, 82))],
)
def test_an_address_that_holds_no_rules_is_refused(text):
    assert parse_rules_spec(text) is None


def test_a_short_address_cannot_ask_for_a_long_style():
    """Each rule says the two before it, so that its selector would double."""
    grows = ["1", "2", *(f"{n}R{n - 2}R{n - 1}{'A' if n % 2 else 'O'}{'O' if n % 2 else 'A'}" for n in range(3, 70))]
    assert parse_rules_spec("_".join(grows)) is None


def rule_of(survey, key):
    branching = BranchingClasses(survey)
    item = Questionnaire(survey).by_id(f"q-{key}")
    return write_branching_css(parse_rules_spec(branching.spec)).splitlines()[branching.rule_of(item)]


def test_a_nested_condition_needs_both_answers():
    survey = content(
        question("a", "single", OPTIONS),
        question("b", "single", OPTIONS, show_if={"question": "q-a", "any_of": ["a-1"]}),
        question("c", "single", OPTIONS, show_if={"question": "q-b", "any_of": ["b-1"]}),
    )
    assert BranchingClasses(survey).spec == "1_2R1A"
    assert ".ask:has(.c1:checked):has(.c2:checked) .go .if-r2~a" in rule_of(survey, "c")


def test_any_of_several_conditions_is_enough():
    either = {"any": [{"question": "q-a", "any_of": ["a-1"]}, {"question": "q-b", "any_of": ["b-2"]}]}
    survey = content(
        question("a", "single", OPTIONS),
        question("b", "single", OPTIONS),
        question("c", "single", OPTIONS, show_if=either),
    )
    css = rule_of(survey, "c")
    assert ".ask:not(:has(.c1:checked),:has(.c2:checked)) .if-r1:not(:target,.now)" in css
    assert ".ask:is(:has(.c1:checked),:has(.c2:checked)) .go .if-r1~a" in css


def test_is_not_needs_its_question_to_be_shown():
    survey = content(
        question("a", "single", OPTIONS),
        question("b", "single", OPTIONS, show_if={"question": "q-a", "any_of": ["a-1"]}),
        question("c", "single", OPTIONS, show_if={"question": "q-b", "none_of": ["b-1"]}),
    )
    assert ".ask:has(.c1:checked):not(:has(.c2:checked)) .go" in rule_of(survey, "c")


def part(key, **more):
    return question(key, "section", also=[], hint={"en": "Body"}, **({"level": 1} | more))


def test_a_part_governs_what_is_in_it_until_the_next_one():
    survey = content(
        question("a", "single", OPTIONS),
        part("b", show_if={"question": "q-a", "any_of": ["a-1"]}),
        question("c", "single", OPTIONS),
        part("d", level=2, show_if={"question": "q-c", "any_of": ["c-1"]}),
        question("e", "single", OPTIONS),
        part("f", level=2),
        question("g", "single", OPTIONS),
        part("h"),
        question("i", "single", OPTIONS),
    )

    def shown(closed):
        return "".join(item["key"] for item in list_shown_items(Questionnaire(survey), closed))

    assert shown({}) == "ahi"
    assert shown({"a": "1"}) == "abcfghi"
    assert shown({"a": "1", "c": "1"}) == "abcdefghi"
    assert shown({"c": "1"}) == "ahi"


def test_a_text_that_was_frozen_before_there_were_parts_governs_nothing():
    survey = content(
        question("a", "single", OPTIONS),
        question("b", "section", also=[], show_if={"question": "q-a", "any_of": ["a-1"]}),
        question("c", "single", OPTIONS),
    )
    assert [item["key"] for item in list_shown_items(Questionnaire(survey), {})] == ["a", "c"]


def test_equality_answers_lead_nowhere():
    survey = content(
        question("a", "single", OPTIONS, apart=True),
        question("b", "single", OPTIONS, show_if={"question": "q-a", "any_of": ["a-1"]}),
    )
    assert [item["key"] for item in list_shown_items(Questionnaire(survey), {"a": "1"})] == ["a"]


def test_a_question_that_nothing_can_open_is_left_out():
    survey = content(
        question("a", "single", OPTIONS),
        question("b", "single", OPTIONS, show_if={"question": "q-a", "any_of": ["gone"]}),
    )
    assert [step["id"] for step in surveys.steps_of(survey)] == ["qa"]


def test_questions_of_one_part_share_its_rule_and_its_link():
    """Thirty questions that wait for the same answer need one rule, and one link past them all."""
    items = [question(f"x{n}", "single", OPTIONS) for n in range(30)]
    survey = content(
        question("a", "single", OPTIONS), part("b", show_if={"question": "q-a", "any_of": ["a-1"]}), *items
    )
    made = SurveyContext(survey, "en", {}, [])
    assert made.branching.spec == "1"
    assert [link["target"] for link in made.paths.onward(0)] == ["qb", CHECK_STEP]


def test_the_stylesheet_is_for_ever_and_small(client, db):
    from consultation.channels.web.survey_assets import stylesheet_url

    response = client.get(stylesheet_url("1_2R1A"), headers={"accept-encoding": "gzip"})
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 6000
    assert "Set-Cookie" not in response
    assert client.get("/look/0000000000/1.css")["Cache-Control"] == "no-cache"
    assert client.get("/look/0000000000/x.css").status_code == 404


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_a_link_onwards_hides_no_link_back_or_to_the_check_page(seed):
    """The last row of a grid had neither: the rule that leaves one link onwards hides all that stand beside it."""
    html = render_survey(surveys.survey(random.Random(seed)), "en", token="t", action="/en/x/answer/")
    hidden = BeautifulSoup(html, "html.parser").select(".go > [class*=if-r] ~ a")
    assert [str(link) for link in hidden if link.get_text(strip=True) in ("Back", "Check your answers")] == []

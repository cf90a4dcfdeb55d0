"""One rule, twice: `schema.is_shown` for the server, classes and CSS for the browser. They must agree."""

import random
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.answering.branching import Branching, read_spec, stylesheet
from consultation.answering.rendering import render_survey
from consultation.questionnaires.schema import Questionnaire, is_shown
from tests.factories import content, question

KEYS = "abcdefgh"
OPTIONS = ["One", "Two", "Three"]


@st.composite
def questionnaires(draw):
    """Up to eight questions of several types, each resting on any earlier ones, nested as deep as it comes."""
    items = []
    for key in KEYS[: draw(st.integers(2, 8))]:
        type_ = draw(st.sampled_from(["single", "multiple", "grid", "ranking"]))
        rows = [
            {"id": "r1", "key": "a", "text": {"en": "R"}, "easy": {}},
            {"id": "r2", "key": "b", "text": {"en": "S"}, "easy": {}},
        ]
        items.append(
            question(key, type_, OPTIONS, rows=rows if type_ == "grid" else [], show_if=_rule(draw, items), rank=2)
        )
    return content(*items)


def _rule(draw, earlier):
    conditions = [
        {"question": asked["id"], "any_of": draw(st.lists(_options_of(asked), min_size=1, max_size=2))}
        for asked in (draw(st.lists(st.sampled_from(earlier), max_size=2)) if earlier else [])
    ]
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else {"any": conditions}


def _options_of(asked):
    gone = f"{asked['key']}-gone"
    return st.sampled_from([option["id"] for option in asked["options"]] + ["dont-know", "rather-not", gone])


def answers(items, chance):
    """Anything that the form's controls could say at once, whatever is shown."""
    closed = {}
    for item in items:
        keys = [option["key"] for option in item["options"]] + ["dk", "na"]
        if chance.random() < 0.3:
            continue
        if item["type"] == "single":
            closed[item["key"]] = chance.choice(keys)
        elif item["type"] == "grid":
            closed[item["key"]] = {row["key"]: chance.choice(keys) for row in item["rows"]}
        elif item["type"] == "ranking":
            closed[item["key"]] = (
                [chance.choice(["dk", "na"])] if chance.random() < 0.3 else chance.sample(keys[:3], 2)
            )
        else:
            closed[item["key"]] = chance.sample(keys, chance.randint(1, 3))
    return closed


class Page(HTMLParser):
    """The steps, the controls that rest on something, and the links of a survey's markup."""

    def __init__(self, html):
        super().__init__()
        self.steps, self.controls, self.links, self._step = {}, [], {}, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = (attributes.get("class") or "").split()
        if "step" in classes:
            self._step = attributes["id"]
            self.steps[self._step] = classes
            self.links[self._step] = []
        elif tag == "input" and attributes.get("type") in ("radio", "checkbox") and self._step:
            self.controls.append((attributes["name"], attributes["value"], classes))
        elif tag == "a" and "btn" in classes and self._step:
            self.links[self._step].append((attributes["href"], classes))


def checked(page, closed):
    """The cN that are chosen in the browser when these answers are filled in."""
    chosen = set()
    for name, value, classes in page.controls:
        key, _, part = name.partition(".")
        answer = closed.get(key)
        if isinstance(answer, dict):
            on = answer.get(part) == value
        elif isinstance(answer, list) and part:
            on = part.isdigit() and int(part) <= len(answer) and answer[int(part) - 1] == value
        else:
            on = answer is not None and value in (answer if isinstance(answer, list) else [answer])
        if on:
            chosen |= {int(name[1:]) for name in classes if re.fullmatch(r"c\d+", name)}
    return chosen


def visible(classes, rules, chosen):
    """What the stylesheet does with .if-rN and .un-rN."""
    for name in classes:
        found = re.fullmatch(r"(if|un)-r(\d+)", name)
        if found:
            holds = any(way <= chosen for way in rules[int(found[2]) - 1])
            if holds != (found[1] == "if"):
                return False
    return True


@settings(max_examples=150, deadline=None)
@given(questionnaires(), st.integers())
def test_the_browser_shows_what_the_server_says_is_shown(survey, seed):
    page = Page(render_survey(survey, "en", token="t", action="/en/x/answer/"))
    rules = read_spec(Branching(survey).spec) or []
    closed = answers(survey["items"], random.Random(seed))
    chosen, questionnaire = checked(page, closed), Questionnaire(survey)
    by_browser = {step for step, classes in page.steps.items() if visible(classes, rules, chosen)}
    by_server = {f"q{item['key']}" for item in survey["items"] if is_shown(item, questionnaire, closed)}
    assert by_browser == by_server


@settings(max_examples=150, deadline=None)
@given(questionnaires(), st.integers())
def test_exactly_one_link_leads_on_and_to_the_next_step_that_is_shown(survey, seed):
    page = Page(render_survey(survey, "en", token="t", action="/en/x/answer/"))
    rules = read_spec(Branching(survey).spec) or []
    closed = answers(survey["items"], random.Random(seed))
    chosen = checked(page, closed)
    order = [step for step, classes in page.steps.items() if visible(classes, rules, chosen)] + ["check"]
    for here, onward in zip(order, order[1:], strict=False):
        shown = [target for target, classes in page.links[here] if visible(classes, rules, chosen)]
        assert shown == [f"#{onward}"]


def test_a_nested_condition_needs_both_answers():
    survey = content(
        question("a", "single", OPTIONS),
        question("b", "single", OPTIONS, show_if={"question": "q-a", "any_of": ["a-1"]}),
        question("c", "single", OPTIONS, show_if={"question": "q-b", "any_of": ["b-1"]}),
    )
    branching = Branching(survey)
    assert branching.spec == "1_1.2"
    assert ".ask:has(.c1:checked):has(.c2:checked) .un-r2" in stylesheet(read_spec(branching.spec))


def test_any_of_several_conditions_is_enough():
    either = {"any": [{"question": "q-a", "any_of": ["a-1"]}, {"question": "q-b", "any_of": ["b-2"]}]}
    survey = content(
        question("a", "single", OPTIONS),
        question("b", "single", OPTIONS),
        question("c", "single", OPTIONS, show_if=either),
    )
    assert Branching(survey).spec == "1-2"
    css = stylesheet(read_spec("1-2"))
    assert ".ask:not(:has(.c1:checked)):not(:has(.c2:checked)) .if-r1:not(:target,.now)" in css
    assert ".ask:is(:has(.c1:checked),:has(.c2:checked)) .un-r1" in css


def test_a_question_that_nothing_can_open_is_left_out():
    survey = content(
        question("a", "single", OPTIONS),
        question("b", "single", OPTIONS, show_if={"question": "q-a", "any_of": ["gone"]}),
    )
    assert "Question b?" not in render_survey(survey, "en", token="t", action="/x/answer/")


@pytest.mark.parametrize("text", ["", "a", "1}", "1__2", "1;2", "../1", "1" * 5000, "1_2.", "1234"])
def test_an_address_that_holds_no_rules_is_refused(text):
    assert read_spec(text) is None


def test_the_stylesheet_is_for_ever_and_small(client, db):
    from consultation.answering.look import look_path

    response = client.get(look_path("1_2-3.4"), headers={"accept-encoding": "gzip"})
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 6000
    assert "Set-Cookie" not in response
    assert client.get("/look/0000000000/1.css")["Cache-Control"] == "no-cache"
    assert client.get("/look/0000000000/x.css").status_code == 404

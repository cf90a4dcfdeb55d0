"""Numbers, months, scales, pictures, areas, bands and free-text choices: from the form to answers, and back."""

import re

import pytest
from django.http import QueryDict

from consultation.channels.imports.column_mapping import ClosedColumn, UnusableCell, build_mapping_from_headings
from consultation.channels.imports.column_targets import list_cell_meanings
from consultation.channels.web.form_parsing import parse_survey_form
from consultation.channels.web.survey_rendering import remove_free_text, render_survey
from consultation.surveys.question_types.number import parse_whole_number
from consultation.surveys.questionnaire_schema import Questionnaire
from tests.consultation.channels.web.newer_questions import newer_types
from tests.factories import content


def sent(**fields):
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "."), value if isinstance(value, list) else [value])
    return parse_survey_form(content(*newer_types()), data)


@pytest.mark.parametrize(
    ("fields", "closed"),
    [
        ({"a": "3"}, {"a": "3"}),
        ({"a": "na"}, {"a": "na"}),
        ({"b": "11"}, {"b": "11"}),
        ({"c": "12"}, {"c": 12}),
        ({"c": "0"}, {"c": 0}),
        ({"c": " about 3 hours"}, {"c": 3}),
        ({"c": "\u0661\u0662"}, {"c": 12}),  # ١٢
        ({"c": "", "c_also": "na"}, {"c": "na"}),
        ({"c": "4", "c_also": "na"}, {"c": 4}),
        ({"d_m": "3", "d_y": "2026"}, {"d": "2026-03"}),
        ({"d_m": "", "d_y": "2024"}, {"d": "2024"}),
        ({"d_m": "13", "d_y": "2024"}, {"d": "2024"}),
        ({"d_also": "dk"}, {"d": "dk"}),
        ({"d_y": "2025", "d_also": "dk"}, {"d": "2025"}),
        ({"f": "2"}, {"f": ["2"]}),
        ({"f": ["2", "3"]}, {"f": ["2"]}),
        ({"g": "1"}, {"g": "1"}),
        ({"h": "2"}, {"h": "2"}),
        ({"i_also": "na"}, {"i": "na"}),
        ({"i": "Words.", "i_also": "na"}, {}),
    ],
)
def test_what_each_type_makes_of_its_fields(fields, closed):
    got = sent(**fields)
    assert (got.closed, got.problems) == (closed, [])


@pytest.mark.parametrize(
    ("fields", "word", "values"),
    [
        ({"c": "many"}, "error.number", {"low": 0, "high": 40}),
        ({"c": "41"}, "error.number", {"low": 0, "high": 40}),
        ({"c": "-1"}, "error.number", {"low": 0, "high": 40}),
        ({"c": "2.5"}, "error.number", {"low": 0, "high": 40}),
        ({"c": "2 or 3"}, "error.number", {"low": 0, "high": 40}),
        ({"c": "9" * 30}, "error.number", {"low": 0, "high": 40}),
        ({"d_m": "3"}, "error.year", {}),
        ({"e": ["1", "2"], "e_other": "a barn"}, "error.many", {"n": 2}),
        ({"e_other": "x" * 125}, "error.long", {"n": 5}),
    ],
)
def test_what_does_not_fit_comes_back_with_words_and_nothing_is_lost(fields, word, values):
    got = sent(**fields)
    assert [(problem.word, problem.values) for problem in got.problems] == [(word, values)]
    for name, value in fields.items():
        assert got.values[name.replace("_", ".")] == (value if isinstance(value, list) else [value])


@pytest.mark.parametrize(
    ("fields", "closed"),
    [
        ({"e": "3", "e_other": "the barn"}, {"e": ["3"]}),
        ({"e_other": "the barn"}, {"e": ["3"]}),
        ({"e": "1", "e_other": "the barn"}, {"e": ["1", "3"]}),
        ({"e": "na", "e_other": "the barn"}, {"e": ["3"]}),
    ],
)
def test_words_beside_a_choice_are_kept_and_choose_it(fields, closed):
    got = sent(**fields)
    assert got.closed == closed
    assert got.texts == {"q-e:other": ("the barn", False)}


def test_words_beside_one_choice_never_change_what_was_chosen():
    got = sent(g="1", g_other="Leeds")
    assert got.closed == {"g": "1"}
    assert got.texts == {"q-g:other": ("Leeds", False)}
    assert sent(g_other="Leeds").closed == {"g": "2"}


def test_words_beside_a_choice_go_with_a_question_that_was_not_shown():
    items = newer_types()
    items[4]["show_if"] = {"question": "q-a", "any_of": ["yes"]}
    data = QueryDict(mutable=True)
    data.update({"a": "2", "e.other": "x" * 200})
    got = parse_survey_form(content(*items), data)
    assert (got.closed, got.texts, got.problems) == ({"a": "2"}, {}, [])


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1,200", 1200), ("1 200", 1200), ("-4", -4), ("−4", -4), ("০৭", 7), ("", None), ("3/4", None), ("1.5", None)],
)
def test_one_whole_number_however_it_is_written(typed, number):
    assert parse_whole_number(typed) == number


# The markup.


def survey(values=None, language="en", items=None, **more):
    return render_survey(
        content(*(items or newer_types())), language, token="t", action="/en/x/answer/", values=values, **more
    )


def step(html, key):
    return re.search(rf'<section class="[^"]*" id="q{key}">(.*?)</section>', html, re.S)[1]


def test_a_scale_of_numbers_is_radios_and_its_ends_are_named():
    html = step(survey(), "b")
    assert html.count('type="radio"') == 13
    assert '<span>0<span class="vh">: Not at all</span></span>' in html
    assert '<span>10<span class="vh">: Very</span></span>' in html
    assert "Pick a number from 0 to 10." in html


def test_a_number_is_typed_with_figures_and_says_of_what():
    html = step(survey({"c": ["12"]}), "c")
    field = re.search(r"<input[^>]*inputmode=[^>]*>", html)[0]
    assert 'value="12"' in field and 'inputmode="numeric"' in field and 'aria-describedby="qc-h qc-u"' in field
    assert '<span id="qc-u">hours</span>' in html
    assert "pattern" not in field and "min=" not in field, "a browser that refuses would keep the whole form back"


@pytest.mark.parametrize(("language", "march"), [("en", "March"), ("pl", "Marzec"), ("ur", "مارچ"), ("pa", "ਮਾਰਚ")])
def test_a_month_is_chosen_in_the_persons_language(language, march):
    html = step(survey({"d.m": ["3"], "d.y": ["2025"]}, language), "d")
    assert f'<option value="3" selected>{march}</option>' in html
    assert '<option value="2025" selected>2025</option>' in html
    assert html.count('<option value="">–</option>') == 2


def test_a_picture_has_its_alternative_text_its_size_and_words():
    html = step(survey(), "f")
    assert re.search(
        r'<img src="/media/asked/a{64}\.webp" width="480" height="360" alt="Drawing of Games" decoding="async">', html
    )
    assert "Pick up to 1." in html
    assert "loading=" not in html, "a picture that comes late tells the server which step was reached"


def test_a_box_stands_beside_other_and_keeps_its_words():
    html = step(survey({"e.other": ['the "barn"']}), "e")
    field = re.search(r'<input class="text"[^>]*>', html)[0]
    assert 'name="e.other"' in field and 'value="the &quot;barn&quot;"' in field and 'data-most="120"' in field
    for attribute in ('autocomplete="off"', 'spellcheck="false"', 'data-gramm="false"', 'translate="no"'):
        assert attribute in field


def test_boxes_go_with_the_other_free_texts():
    html = survey(items=remove_free_text(content(*newer_types()))["items"])
    assert "<textarea" not in html and "e.other" not in html
    assert 'name="c"' in html and 'name="d.m"' in html


@pytest.mark.parametrize("key", "abcdefghi")
def test_every_type_offers_not_to_say(key):
    assert 'value="na"' in step(survey(), key)


def test_a_problem_is_said_at_its_question():
    got = sent(c="many", d_m="3", e_other="x" * 130)
    html = survey(got.values, errors=got.problems)
    assert "Write one number from 0 to 40, with no words." in step(html, "c")
    assert 'aria-invalid="true"' in step(html, "c")
    assert "Pick a year too." in step(html, "d")
    assert "Take out 10 letters." in step(html, "e")


def test_only_surveys_that_need_it_carry_the_style_of_these_types():
    plain = [item for item in newer_types() if item["type"] in ("yesno", "about", "long_text")]
    assert "+types.css" in survey()
    assert "+types.css" not in survey(items=plain)


# Files of answers.


def column(key):
    return ClosedColumn(Questionnaire(content(*newer_types())).by_id(f"q-{key}"))


@pytest.mark.parametrize(
    ("key", "cell", "answer"),
    [
        ("a", "yes", "1"),
        ("b", "10", "11"),
        ("b", "0", "1"),
        ("c", "12", 12),
        ("c", "1 hour", 1),
        ("c", "12.0 Hours", 12),
        ("c", "I don't want to say", "na"),
        ("d", "2026-03", "2026-03"),
        ("d", "03/2026", "2026-03"),
        ("d", "3.2026", "2026-03"),
        ("d", "2025-11-30", "2025-11"),
        ("d", "2024", "2024"),
        ("d", "dont-know", "dk"),
        ("f", "Games", ["1"]),
        ("g", "East", "1"),
        ("h", "11–13", "1"),
    ],
)
def test_a_cell_is_read_as_its_type(key, cell, answer):
    assert column(key).answer(cell) == answer


NO_NUMBER = [
    "41",
    "none",
    "2" * 12,
    "<5",
    "under 10",
    "5k",
    "not 5",
    "2 weeks",
    "10%",
    "1.5",
    "1.000",
    "1-2",
    "5 6",
    "about 5 hours",
]
NO_MONTH = [
    "2019", "soon", "2026.03", "2026-13", "2026-00", "13/2026", "0/2026", "2025-31-01", "2024-12-40", "2026-02-30",
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "cell"),
    [("b", "12"), *(("c", cell) for cell in NO_NUMBER), *(("d", cell) for cell in NO_MONTH)],
)
def test_a_cell_that_does_not_fit_is_told(key, cell):
    """“<5” was taken in as 5, and 2026-13 as 2026."""
    with pytest.raises(UnusableCell):
        column(key).answer(cell)


def test_words_beside_a_choice_have_a_column_of_their_own():
    mapping = build_mapping_from_headings(Questionnaire(content(*newer_types())), ["q-e", "q-e:other", "q-c"])
    assert mapping.text == {"q-e:other": "q-e:other"}
    assert set(mapping.closed) == {"q-e", "q-c"}


def test_a_cell_is_given_no_meaning_that_is_refused_then():
    questionnaire = Questionnaire(content(*newer_types()))
    number, month = (list_cell_meanings(questionnaire.by_id(f"q-{key}"), questionnaire, "closed") for key in "cd")
    assert [id_ for id_, _ in number] == ["dont-know", "rather-not"], "a band is no number"
    assert [id_ for id_, _ in month] == ["2024", "2025", "2026", "dont-know", "rather-not"]

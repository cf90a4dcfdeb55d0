"""A question without a reviewed translation is asked in the source language, with a notice."""

from consultation.channels.web.survey_rendering import render_survey
from tests.factories import content, question

NOTICE = "یہ سوال ابھی صرف انگریزی میں ہے۔"
ASKED = [
    question("a", "single", ["Bus", "Walk"], text={"en": "How?", "ur": "کیسے؟"}),
    question("b", "long_text", text={"en": "Why?"}),
]


def drawn(language, **more):
    return render_survey(content(*ASKED, languages=["en", "ur"], **more), language, token="t", action="/")


def test_each_question_says_for_itself_that_it_is_only_in_english_yet(db):
    html = drawn("ur")
    assert html.count(NOTICE) == 1
    assert html.index("کیسے؟") < html.index(NOTICE) < html.index(">Why?<")


def test_in_english_nothing_is_said(db):
    assert "only in English" not in drawn("en")

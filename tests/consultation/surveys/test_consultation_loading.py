"""The three written consultations pass through the product's own publishing complete."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from consultation.surveys.consultation_loading import load_consultation
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from consultation.surveys.routing_rules import list_shown_items
from tests.consultation.surveys.conftest import WRITTEN

pytestmark = pytest.mark.any_database

OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]


@pytest.fixture
def load(home, person):
    def loaded(slug, **options):
        page = load_consultation(WRITTEN[slug], by=person("engagement_officer"), **options)
        return page, Questionnaire(page.versions.get().content)

    return loaded


@pytest.mark.parametrize("slug", WRITTEN)
def test_every_question_and_choice_survives(load, slug):
    page, questionnaire = load(slug)
    written = WRITTEN[slug]
    assert page.live and page.get_url().endswith(f"/en/have-your-say/{slug}/")
    assert [item["id"] for item in questionnaire.questions] == [question["id"] for question in written["questions"]]
    for question in written["questions"]:
        item = questionnaire.by_id(question["id"])
        choices = question.get("columns") or question.get("options") or []
        assert item["text"]["en"] == question["text"] and item["easy"]["en"] == question["easy_read"]
        assert item["why"]["en"] == question["why_we_ask"]
        assert [option["id"] for option in item["options"]] == [choice["id"] for choice in choices]
        assert [option["exclusive"] for option in item["options"]] == [bool(c.get("exclusive")) for c in choices]
        assert [row["id"] for row in item["rows"]] == [row["id"] for row in question.get("rows", [])]
        assert item["also"] == question["also_offers"]
        assert item["links"] == question["links"] and item["themes"] == question["themes"]
        assert item["context"] == question["context"]
        assert [rule["any_of"] for rule in item["help"]] == [r["any_of"] for r in question.get("help_by_answer", [])]
        assert [rule["entries"] for rule in item["help"]] == [r["entries"] for r in question.get("help_by_answer", [])]
        for name in ("rank", "max_length"):
            assert item[name] == question.get(name)
        assert item["soon_box"] == bool(question.get("soon_box"))


@pytest.mark.parametrize("slug", WRITTEN)
def test_the_body_passes_the_officers_own_checks(load, slug):
    page, _ = load(slug)
    assert page.body.stream_block.clean(page.body)


@pytest.mark.slow
def test_sections_stand_before_their_questions(load):
    _, questionnaire = load("safe-in-bradford")
    ids = [item["id"] for item in questionnaire.items]
    assert ids[0] == "section-places"
    assert ids.index("section-asking") == ids.index("know-where") - 1
    assert questionnaire.by_id("section-asking")["sensitive"]


def test_any_of_several_conditions(load):
    _, questionnaire = load("getting-about-after-dark")
    rule = questionnaire.by_id("taxi-check")["show_if"]
    assert [one["question"] for one in rule["any"]] == ["travel", "child-home"]


@pytest.mark.slow
def test_condition_on_any_row_of_a_grid(load):
    _, questionnaire = load("safe-in-bradford")
    grid, asked = questionnaire.by_id("place-feel"), questionnaire.by_id("unsafe-when")
    assert asked["show_if"] == {"question": "place-feel", "any_of": ["very-unsafe", "bit-unsafe"]}
    shown = list_shown_items(questionnaire, {grid["key"]: {"b": "2"}})
    assert asked in shown
    assert asked not in list_shown_items(questionnaire, {grid["key"]: {"b": "5"}})


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.slow
def test_translations_are_in_the_first_version_and_marked(load, language):
    page, questionnaire = load("safe-in-bradford")
    strings = WRITTEN["safe-in-bradford"]["translations"][language]["strings"]
    assert questionnaire.content["languages"] == ["en", *OTHERS]
    assert questionnaire.content["machine"] == OTHERS
    assert localised_text(questionnaire.content["title"], language) == strings["title"]
    grid = questionnaire.by_id("place-feel")
    assert grid["rows"][0]["text"][language] == strings["q.place-feel.r.town"]
    assert grid["options"][5]["text"][language] == strings["q.place-feel.o.not-go"]
    assert questionnaire.by_id("adult")["help"][0]["text"][language] == strings["q.adult.h"]
    assert questionnaire.by_id("section-places")["text"][language] == strings["sec.places"]
    translated = page.get_translations().get(locale__language_code=language)
    assert translated.live and translated.can_change == strings["can"]
    assert translated.get_url().endswith(f"/{language}/have-your-say/safe-in-bradford/")


@pytest.mark.slow
def test_faces_speak_every_language(load):
    _, questionnaire = load("safe-in-bradford")
    faces = questionnaire.by_id("bus-wait")["options"]
    assert [option["key"] for option in faces] == ["1", "2", "3", "4", "5"]
    assert faces[0]["text"]["en"] == "Very bad"
    assert set(faces[0]["text"]) == {"en", *OTHERS}


def test_dates_are_shifted(load):
    page, _ = load("training-did-it-help", shift_days=-60)
    assert page.opens == date(2027, 2, 1) - timedelta(days=60)
    assert page.feedback_date == date(2027, 3, 24) - timedelta(days=60)

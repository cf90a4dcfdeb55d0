"""Each type of question from an officer's block to frozen content, and its validation messages."""

import pytest
from wagtail.blocks import StreamBlockValidationError

from consultation.surveys import district_areas
from consultation.surveys.question_blocks import QuestionStreamBlock
from consultation.surveys.questionnaire_schema import (
    Questionnaire,
    band_answers,
    base_question_id,
    build_other_item,
    list_chosen_keys,
)
from tests.consultation.surveys import typed
from tests.consultation.surveys.conftest import asked, choice
from tests.consultation.surveys.typed import item

pytestmark = pytest.mark.any_database


@pytest.fixture
def frozen(parks, publish):
    """frozen(block, ...): the questionnaire that publishing these blocks freezes."""

    def freeze(*blocks):
        parks.body = list(blocks)
        return Questionnaire(publish(parks).versions.current().first().content)

    return freeze


def options(asked_item, *names):
    return [tuple(option[name] for name in names) for option in asked_item["options"]]


def test_yes_and_no_have_fixed_ids_and_words_of_the_interface(frozen):
    near = frozen(typed.NEAR).by_id("near")
    assert [(o["id"], o["text"]["en"]) for o in near["options"]] == [
        ("yes", "Yes"),
        ("no", "No"),
        ("not-sure", "Not sure"),
    ]
    assert near["also"] == ["rather-not"]


def test_a_slider_is_its_whole_steps(frozen):
    safe = frozen(typed.SAFE).by_id("safe")
    assert [option["id"] for option in safe["options"]] == [str(n) for n in range(11)]
    assert [option["text"]["en"] for option in safe["options"]] == [str(n) for n in range(11)]
    assert safe["ends"] == {"low": {"en": "Not at all"}, "high": {"en": "Very safe"}}


def test_a_number_is_counted_by_its_bands(frozen):
    survey = frozen(typed.HOURS)
    hours = survey.by_id("hours")
    assert (hours["min"], hours["max"], hours["unit"]) == (0, 40, {"en": "hours"})
    assert [(o["from"], o["to"], o["text"]["en"]) for o in hours["options"]] == [
        (0, 0, "None"),
        (1, 5, "1–5"),
        (6, 40, "6–40"),
    ]
    key = hours["key"]
    for number, band in ((0, "1"), (1, "2"), (5, "2"), (40, "3"), ("na", "na")):
        assert list_chosen_keys(hours, {key: number}) == {band}
        assert band_answers(survey, {key: number}) == {key: band}
    assert band_answers(survey, {key: 99}) == {}


def test_a_month_is_counted_by_its_year(frozen):
    survey = frozen(typed.SINCE)
    since = survey.by_id("since")
    assert options(since, "id", "key") == [("2024", "1"), ("2025", "2"), ("2026", "3")]
    for said, key in (("2026-03", "3"), ("2024", "1"), ("dk", "dk")):
        assert list_chosen_keys(since, {since["key"]: said}) == {key}
        assert band_answers(survey, {since["key"]: said}) == {since["key"]: key}


def test_years_that_come_later_keep_the_keys_of_those_before(frozen):
    frozen(typed.SINCE)
    later = asked("since", "When did you first go?", "month", first_year=2025, last_year=2027)
    assert options(frozen(later).by_id("since"), "id", "key") == [("2025", "2"), ("2026", "3"), ("2027", "4")]


def test_areas_and_bands_are_about_you(frozen):
    survey = frozen(typed.AREA, typed.AGE, typed.OWN)
    assert [item["about_you"] for item in survey.questions] == ["area", "age", "other"]
    assert [(o["id"], o["text"]["en"]) for o in survey.by_id("age")["options"]] == [
        ("11-13", "11–13"),
        ("14-15", "14–15"),
        ("16-17", "16–17"),
    ]
    assert options(survey.by_id("who"), "id") == [("pupil",), ("parent",)]


def test_a_new_question_of_area_starts_from_the_districts_list(settings, tmp_path):
    start = QuestionStreamBlock().child_blocks["area"].get_default()["options"]
    assert [choice["text"] for choice in start][:5] == [
        "Bradford East", "Bradford South", "Bradford West", "Keighley and Ilkley", "Shipley",
    ]  # fmt: skip
    own = tmp_path / "areas.yaml"
    own.write_text("Leeds: [North, South]")
    settings.DISTRICT, settings.AREAS_FILE = "Leeds", str(own)
    assert district_areas.list_area_names() == ["North", "South"]
    settings.DISTRICT = "Elsewhere"
    assert district_areas.list_area_names() == []


def test_words_beside_other_are_a_text_of_their_own(frozen):
    survey = frozen(typed.WHERE)
    where = survey.by_id("where")
    assert [bool(option.get("other")) for option in where["options"]] == [False, False, True]
    other = survey.by_id("where:other")
    assert other == build_other_item(where)
    assert (other["text"]["en"], other["max_length"]) == ("Where do you meet? Something else", 120)
    assert [item["id"] for item in survey.texts] == ["where:other"]
    assert [item["id"] for item in survey.questions] == ["where"]
    assert base_question_id("where:other") == "where"
    assert survey.by_id("gone:other") is None
    assert build_other_item(where | {"apart": True}) is None


def test_parts_have_levels(frozen):
    inner = {"type": "section", "id": "inner", "value": {"text": "Inside", "level": "2"}}
    outer = {"type": "section", "id": "outer", "value": {"text": "A part"}}
    survey = frozen(outer, inner, typed.NEAR)
    assert [survey.by_id(name)["level"] for name in ("outer", "inner")] == [1, 2]


# What officers are told.


def problems(block):
    """{path of the field: words} of what keeps a block from being handed on."""
    stream = QuestionStreamBlock()
    try:
        stream.clean(stream.to_python([block]))
    except StreamBlockValidationError as error:
        return dict(_said(error.block_errors[0]))
    return {}


def _said(error, path=""):
    if hasattr(error, "block_errors") and error.block_errors:
        for name, inner in error.block_errors.items():
            yield from _said(inner, f"{path}.{name}".lstrip("."))
    else:
        of_list = getattr(error, "non_block_errors", None)
        yield path, of_list[0] if of_list else error.messages[0]


def number(*spans, least=0, most=40):
    bands = [item(str(place), start=start, end=end) for place, (start, end) in enumerate(spans)]
    return asked("hours", "How many?", "number", least=least, most=most, options=bands)


def slider(low, high, low_label="No", high_label="Yes"):
    return asked("s", "How?", "slider", low=low, high=high, low_label=low_label, high_label=high_label)


@pytest.mark.parametrize(
    "block",
    [typed.NEAR, typed.SAFE, typed.HOURS, typed.SINCE, typed.AREA, typed.AGE, typed.OWN, typed.WHERE, slider(1, 5)],
    ids=lambda block: block["type"],
)
def test_what_is_whole_is_taken(block):
    assert problems(block) == {}


@pytest.mark.parametrize(
    ("block", "field", "words"),
    [
        (number((0, 5), (7, 40)), "options.1.start", "No band holds 6. Start this one at 6."),
        (number((0, 5), (5, 40)), "options.1.start", "Two bands hold 5. Start this one at 6."),
        (number((1, 5), (6, 40)), "options.0.start", "The smallest number that fits is 0. Start the first band there."),
        (number((0, 5), (6, 30)), "options.1.end", "The largest number that fits is 40. End the last band there."),
        (number((0, 5), (9, 6)), "options.1.end", "This band ends before it starts."),
        (number((0, 5), (6, 40), most=0), "most", "This must be more than the smallest number."),
        (slider(5, 5), "high", "This must be more than the first number."),
        (slider(0, 11), "high", "That is more than 11 steps, too many to choose from. Write 10 or less."),
        (slider(0, 5, low_label=""), "low_label", "This field is required."),
        (asked("m", "When?", "month", first_year=2026, last_year=2025), "last_year",
         "This must not be before the first year."),
        (asked("m", "When?", "month", first_year=1950, last_year=2025), "last_year",
         "That is more than 20 years to choose from. A question with bands is easier to answer."),
        (asked("b", "Who?", "about", bands="own", choices=["Only"]), "options",
         "Write two bands or more, or choose prepared ones."),
        (asked("w", "Where?", "multiple", limit=3, choices=["One", "Two"]), "limit",
         "There are only 2 choices. Write a smaller number, or leave this empty."),
    ],
)  # fmt: skip
def test_what_cannot_work_is_said_at_its_field(block, field, words):
    assert problems(block) == {field: words}


def test_only_one_choice_has_a_box(parks):
    block = asked("w", "Where?", "single")
    block["value"]["options"] = [choice("a", "A", other=True), choice("b", "B", other=True)]
    assert problems(block) == {"options.1.other": "Only one choice can have a box to write in. Untick it here."}

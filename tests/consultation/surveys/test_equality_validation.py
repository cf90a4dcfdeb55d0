"""Equality questions that could be joined to an answer are reported at their block."""

import pytest
from wagtail.blocks import StreamBlockValidationError

from consultation.surveys import equality_validation
from consultation.surveys.models import ConsultationPage
from consultation.surveys.question_blocks import QuestionStreamBlock
from consultation.surveys.stable_keys import QuestionnaireKeys
from consultation.surveys.version_content import build_version_content

BLOCK = QuestionStreamBlock()


def options(*texts, **more):
    return [{"type": "item", "id": f"o{n}", "value": {"text": text, **more}} for n, text in enumerate(texts, 1)]


def block(id_, type_="single", *, apart=False, choices=("Yes", "No"), **value):
    own = {"options": options(*choices)} if type_ in ("single", "multiple") else {}
    kept = {"apart": True} if apart else {}
    return {"type": type_, "id": id_, "value": {"text": f"Question {id_}?", **own, **kept, **value}}


def condition(question, *chosen):
    return [{"type": "condition", "value": {"question": question, "how": "any_of", "any_of": list(chosen)}}]


def part(id_, **value):
    return {"type": "section", "id": id_, "value": {"text": f"Part {id_}", **value}}


def errors(*blocks):
    """{place: {field: words}} of what is wrong."""
    stream = BLOCK.to_python(list(blocks))
    try:
        BLOCK.clean(stream)
    except StreamBlockValidationError as error:
        return {place: str(inner.as_json_data()) for place, inner in error.block_errors.items()}
    return {}


def show_if(*conditions):
    from consultation.surveys.condition_blocks import build_rule_value

    return build_rule_value(conditions[0] if len(conditions) == 1 else {"any": list(conditions)})


def test_questions_that_are_kept_apart_come_last():
    found = errors(block("a"), block("e", apart=True), block("b"))
    assert list(found) == [1]
    assert "Put “Question b?” before this one" in found[1]


def test_headings_may_stand_between_them():
    assert errors(block("a"), part("p"), block("e", apart=True), part("q"), block("f", "multiple", apart=True)) == {}


def test_one_of_them_has_no_condition():
    rule = show_if({"question": "a", "any_of": ["o1"]})
    found = errors(block("a"), block("e", apart=True, show_if=rule))
    assert "asked of everybody" in found[1]


def test_none_is_in_a_part_that_only_some_are_shown():
    rule = show_if({"question": "a", "any_of": ["o1"]})
    found = errors(block("a"), part("p", show_if=rule), block("e", apart=True))
    assert "“Part p” is shown to some people only" in found[2]


def test_nothing_waits_for_one_of_them():
    rule = show_if({"question": "e", "any_of": ["o1"]})
    found = errors(block("a"), block("e", apart=True), block("f", apart=True, show_if=rule))
    assert "asked of everybody" in found[2] or "nothing can wait for it" in found[2]
    found = errors(block("a"), block("e", apart=True), part("p", show_if=rule), block("f", apart=True))
    assert "nothing can wait for it" in found[2]


def test_one_of_them_does_not_split_reports():
    found = errors(block("a"), block("e", apart=True, about_you="age"))
    assert equality_validation.SPLIT[:20] in found[1]


def test_one_of_them_has_no_box_to_write_in():
    open_choice = {"options": options("Yes", "Other", other=True)[1:] + options("No")}
    found = errors(block("a"), block("e", apart=True, **open_choice))
    assert "no box to write in" in found[1]


def test_without_any_nothing_is_checked():
    assert equality_validation.find_equality_error(BLOCK.to_python([block("a")])) is None


@pytest.mark.django_db
def test_it_is_frozen_as_apart_and_splits_no_report(home):
    body = [
        block("a"),
        {"type": "about", "id": "e", "value": {"text": "How old?", "bands": "age-children", "apart": True}},
    ]
    page = ConsultationPage(title="Parks", slug="parks", summary="Tell us.", locale=home.locale, body=body)
    items = build_version_content(page, {}, QuestionnaireKeys())["items"]
    assert [item.get("apart") for item in items] == [None, True]
    assert items[1]["about_you"] == ""

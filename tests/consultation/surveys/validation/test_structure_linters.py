"""Length of writing, a way out of each question, access formats, and reachable questions."""

import pytest

from consultation.surveys.validation.linter import LINTERS, OverridePermission
from tests.consultation.surveys.conftest import asked, raw, when

pytestmark = pytest.mark.any_database


def text(id_):
    return asked(id_, f"What about {id_}?", "long_text")


def test_the_fourth_question_to_write_is_advised_against(spots):
    assert spots("open-questions", *map(text, "abc")) == []
    found = spots("open-questions", *map(text, "abcde"))
    assert [(spot.block, spot.found) for spot in found] == [
        ("d", "4 of 5 questions to write"),
        ("e", "5 of 5 questions to write"),
    ]


def test_short_texts_count_and_choices_do_not(spots):
    short = [asked(id_, "What?", "short_text") for id_ in "ab"]
    chosen = [asked(id_, "Which?", choices=["Yes", "No"]) for id_ in "cdefg"]
    assert spots("open-questions", *short, *chosen) == []


def about(id_, **more):
    return asked(id_, f"What is your {id_}?", choices=["One", "Two"], **more)


def test_a_fourth_question_about_the_person_stops_it_unless_it_is_kept_apart(spots):
    three = [about(id_, about_you="other") for id_ in ("age", "area", "school")]
    assert spots("about-you", *three, about("sex", apart=True)) == []
    found = spots("about-you", *three, about("sex", about_you="other"))
    assert [(spot.block, spot.found) for spot in found] == [("sex", "4 of 4 questions about the person")]
    assert LINTERS["about-you"].blocks and LINTERS["about-you"].overriding is OverridePermission.NOBODY


@pytest.mark.parametrize(
    ("type_", "choices"), [("single", ["Yes", "No"]), ("faces", []), ("long_text", []), ("yesno", []), ("month", [])]
)
def test_a_question_without_a_way_out_is_found(spots, type_, choices):
    found = spots("way-out", asked("q", "Do you?", type_, choices=choices, rather_not=False))
    assert [(spot.block, spot.field) for spot in found] == [("q", "rather_not")]
    assert spots("way-out", asked("q", "Do you?", type_, choices=choices)) == []


@pytest.mark.parametrize("own", ["Prefer not to say", "I’d rather not say", "I do not want to say"])
def test_an_officers_own_words_for_it_are_a_way_out(spots, own):
    assert spots("way-out", asked("q", "Do you?", choices=["Yes", own], rather_not=False)) == []


def test_a_part_is_no_question(spots):
    assert spots("way-out", raw({"text": "Places", "level": "1"}, "section", "s")) == []


YES_AND_NO = {"join": "all", "of": [raw({"question": "go", "any_of": [one]}, id_=one) for one in ("yes", "no")]}


def test_a_question_that_no_answers_lead_to_is_found_with_the_reason(spots):
    go = asked("go", "Do you go?", choices=["Yes", "No"])
    found = spots("unreachable", go, asked("q", "How is it?", "faces", show_if=YES_AND_NO))
    assert [(spot.block, spot.field) for spot in found] == [("q", "show_if")]
    assert "rule each other out" in found[0].fix
    assert spots("unreachable", go, asked("q", "How is it?", "faces", show_if=when("go", "yes"))) == []


def test_a_condition_on_a_question_that_is_gone_is_found(spots):
    found = spots("unreachable", asked("q", "How is it?", "faces", show_if=when("gone", "yes")))
    assert "not in the survey any more" in found[0].fix


@pytest.mark.usefixtures("home")
def test_a_picture_without_words_is_found_and_nobody_lets_it_through(spots):
    from tests.consultation.surveys.test_frozen_files import picture, pictures_block

    found = spots("alternative", pictures_block(picture(), alt=" "))
    assert [(spot.field, spot.found) for spot in found] == [("options", "Place 0")]
    assert spots("alternative", pictures_block(picture(), alt="A goal on grass.")) == []
    assert LINTERS["alternative"].overriding == OverridePermission.NOBODY


def test_a_small_picture_of_two_choices_is_found_at_the_second(spots):
    def drawn(*pictures):
        block = asked("q", "Where?", "single", choices=["In town", "At a club", "Online"])
        for option, picture in zip(block["value"]["options"], pictures, strict=True):
            option["value"]["pictogram"] = picture
        return [(spot.field, spot.found) for spot in spots("same-picture", block)]

    assert drawn("people", "people", "") == [("options", "At a club")]
    assert drawn("shop", "people", "") == drawn("", "", "") == []


@pytest.mark.usefixtures("home")
def test_signing_without_captions_is_found(spots):
    from tests.consultation.surveys.test_frozen_files import document

    video = document(b"not looked into here", "signed.mp4")
    signed = asked("q", "How is it?", "faces", bsl={"video": video.pk, "captions": None, "poster": None})
    assert [spot.found for spot in spots("alternative", signed)] == ["a video without captions"]

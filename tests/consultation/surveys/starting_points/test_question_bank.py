"""The question bank holds past and template questions once each, searchable by words and subject."""

import pytest

from consultation.surveys.starting_points import question_bank
from consultation.surveys.starting_points.consultation_templates import load_templates
from consultation.surveys.starting_points.question_bank import search_question_bank
from tests.consultation.surveys.conftest import asked, when


def texts(found):
    return [entry.text for entry in found]


@pytest.fixture(scope="module")
def of_templates():
    found = {}
    for template in load_templates().values():
        for block, _ in question_bank._list_questions(template.blocks()):
            entry = question_bank._find_or_add_question(found, block)
            entry.audiences |= set(template.audiences)
    return list(found.values())


def test_words_are_looked_for_in_questions_easy_words_and_choices(of_templates):
    assert "How safe or unsafe do you feel in these places?" in texts(
        search_question_bank(of_templates, words="BUS stop safe")
    )
    assert "How safe or unsafe do you feel online?" in texts(search_question_bank(of_templates, words="unsafe online"))
    assert search_question_bank(of_templates, words="no such words") == []


def test_it_is_narrowed_by_strand_theme_type_and_audience(of_templates):
    strand = search_question_bank(of_templates, strand="2")
    assert strand and all(any(link.startswith("2/") for link in one.strands) for one in strand)
    theme = search_question_bank(of_templates, theme="same-worker")
    assert "How many workers have you had?" in texts(theme)
    assert {one.type for one in search_question_bank(of_templates, type_="grid")} == {"grid"}
    assert all(
        "professionals" in one.audiences for one in search_question_bank(of_templates, audience="professionals")
    )
    assert len(strand) < len(of_templates) > len(theme)


def test_the_same_words_are_one_question(of_templates):
    assert texts(of_templates).count("What else should we know?") == 1


def test_who_is_shown_a_question_depends_on_the_part_that_it_stands_in():
    part = {"type": "section", "id": "s", "value": {"text": "If so", "level": "1", "show_if": {"of": when("a", "1")}}}
    inner = {"type": "section", "id": "t", "value": {"text": "More", "level": "2", "show_if": {"of": []}}}
    after = {"type": "section", "id": "u", "value": {"text": "All", "level": "1", "show_if": {"of": []}}}
    blocks = [asked("a", "A?", "faces"), part, asked("b", "B?", "faces"), inner, asked("c", "C?", "faces"), after,
              asked("d", "D?", "faces"), asked("e", "E?", "faces", show_if=when("d", "1"))]  # fmt: skip
    shown = {block["id"]: of_all for block, of_all in question_bank._list_questions(blocks)}
    assert shown == {"a": True, "b": False, "c": False, "d": True, "e": False}


@pytest.mark.django_db
def test_it_holds_what_was_asked_and_no_draft_of_anyone(parks, publish, officer, index):
    assert "How is it?" not in texts(question_bank.build_question_bank().values())
    publish(parks, officer)
    parks.body = [asked("new", "Not asked yet?", "faces")]
    parks.save_revision(user=officer)
    found = {entry.text: entry for entry in question_bank.build_question_bank().values()}
    assert "Not asked yet?" not in found
    assert [(use.page.pk, use.block, use.of_all) for use in found["How is it?"].uses] == [(parks.pk, "feel", False)]


def test_bands_of_a_number_are_called_by_their_figures():
    bands = [{"start": 0, "end": 0, "text": "None"}, {"start": 1, "end": 5}, {"start": 6, "end": None}]
    block = {"type": "number", "value": {"text": "How many?", "options": [{"value": band} for band in bands]}}
    assert question_bank.list_choice_texts(block) == ["None", "1–5"]

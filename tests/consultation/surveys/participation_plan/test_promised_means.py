"""What was promised must have means, or the survey does not open; nobody can let it through."""

import pytest

from consultation.surveys.models import ConsultationPage
from consultation.surveys.participation_fields import CHANNELS, FORMATS
from consultation.surveys.participation_plan.participation_promises import list_missing_means
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import OverridePermission, list_linters


def missing(signed=(False,), **fields):
    return [one.field for one in list_missing_means(fields.get, signed)]


@pytest.mark.parametrize(
    ("fields", "signed", "fields_named"),
    [
        ({"ways": ["phone"]}, [], ["answer_phone"]),
        ({"ways": ["phone"], "answer_phone": " "}, [], ["answer_phone"]),
        ({"ways": ["phone"], "answer_phone": "01274 123456"}, [], []),
        ({"formats": ["signed"]}, [], ["formats"]),
        ({"formats": ["signed"]}, [True, False], ["formats"]),
        ({"formats": ["signed"]}, [True, True], []),
        ({"ways": ["phone"], "formats": ["signed"]}, [False], ["answer_phone", "formats"]),
        ({}, [], []),
    ],
)
def test_a_telephone_needs_a_number_and_sign_language_a_video_in_each_question(fields, signed, fields_named):
    assert missing(signed, **fields) == fields_named


def test_all_other_promises_have_means_in_every_survey():
    ways = [one.key for one in CHANNELS if one.key != "phone"]
    formats = [one.key for one in FORMATS if one.key != "signed"]
    assert missing(ways=ways, formats=formats) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "paper_runner"),
        ({"paper_runner": "The partnership"}, "paper_address"),
        ({"paper_runner": "The partnership", "paper_desk": "The library"}, None),
        ({"ways": ["own", "group"]}, None),
    ],
)
def test_paper_that_nobody_could_print_is_said_before_it_opens(more, field):
    """“On paper” was promised, the survey went live, and there was nothing to print."""
    linter = list_linters()["paper"]
    page = ConsultationPage(title="Parks", **{"ways": ["own", "paper"]} | more)
    assert [one.spot.field for one in linter.findings(LintedDraft(page))] == ([field] if field else [])
    assert not linter.blocks


def test_it_stops_publication_in_plain_words_and_nobody_lets_it_through():
    linter = list_linters()["means"]
    assert linter.blocks and linter.overriding == OverridePermission.NOBODY
    said = next(list_missing_means({"formats": ["signed"]}.get, [False, True, False])).says
    assert "2 of 3 questions have no signed video" in said

"""Each template is complete, and validation finds nothing in it."""

import pytest

from consultation.domain.strategy_points import text_by_sub_point
from consultation.surveys.editor.questionnaire_outline import estimate_minutes
from consultation.surveys.forms import REVEALING_WORDS
from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points.block_copies import renew_block_ids
from consultation.surveys.starting_points.consultation_templates import load_templates
from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import list_linters
from consultation.surveys.validation.readability_linters import is_easy_read
from tests.domain_tables import TAXONOMY

# Of the site and of the days, which whoever asks makes anew.
NOT_OF_WORDS = {"participation", "contrast", "help-unchecked"}
ALL = list(load_templates().values())


def page_of(template):
    page = ConsultationPage(
        content_type_id=1, title=template.title, summary=template.summary, summary_easy=template.summary_easy,
        audience=template.audiences[0], minutes=template.minutes,
    )  # fmt: skip
    page.body = renew_block_ids(template.blocks())
    return page


@pytest.mark.parametrize("template", ALL, ids=lambda one: one.id)
def test_people_are_told_how_long_it_takes_as_it_is_measured(template):
    """“Where feels safe?” promised 4 minutes, and the editor measured 6."""
    assert template.minutes == estimate_minutes(page_of(template))


def test_they_are_those_of_the_strategy():
    seed = TAXONOMY["consultation_templates"]
    found = {(one.id, one.label, one.audiences, one.strands) for one in ALL}
    assert found == {(one["id"], one["title"], tuple(one["audiences"]), tuple(one["strands"])) for one in seed}


def test_a_theme_or_a_question_of_a_template_speaks_to_every_point_of_the_strategy():
    """No point is a gap because nothing could ever speak to it."""
    asked = {
        link.partition("/")[2] for one in ALL for block in one.blocks() for link in block["value"].get("links", ())
    }
    spoken = {slug for theme in TAXONOMY["themes"] for slug in theme["strand_links"]}
    assert {"engage-internal-comms", "safeguard-journey-to-excellence"} <= asked - spoken
    assert asked | spoken == set(text_by_sub_point())


@pytest.mark.parametrize("template", ALL, ids=lambda one: one.id)
def test_no_check_finds_anything_to_mend(template):
    draft = LintedDraft(page_of(template))
    found = {
        key: [(s.text, s.found, s.fix) for s in one.look(draft)]
        for key, one in list_linters().items()
        if key not in NOT_OF_WORDS
    }
    assert {key: spots for key, spots in found.items() if spots} == {}


@pytest.mark.parametrize("template", ALL, ids=lambda one: one.id)
def test_every_question_has_easy_words_and_every_choice_is_easy(template):
    assert not REVEALING_WORDS.search(template.title) and template.what and template.who
    for one in LintedDraft(page_of(template)).of_questions:
        assert one.value["easy"], one.text
        for name in ("options", "rows"):
            assert all(choice.value.get("easy") or is_easy_read(choice.value["text"]) for choice in one.choices(name))
        if one.type in ("single", "multiple", "ranking", "grid"):
            assert len(one.choices()) >= 2


@pytest.mark.parametrize("template", ALL, ids=lambda one: one.id)
def test_every_question_is_one_that_the_editor_takes(template):
    page = page_of(template)
    page.body.stream_block.clean(page.body)
    questions = [child for child in page.body if child.block_type != "section"]
    assert all(child.value["links"] or child.block_type in ("about", "area") for child in questions)

"""Each of the strategy's thirteen templates is whole, and no check finds anything to mend in it."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from consultation.questionnaires.forms import LOUD
from consultation.questionnaires.linting.draft import Draft
from consultation.questionnaires.linting.linter import LINTERS
from consultation.questionnaires.linting.reading import is_easy
from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.starting.copies import renewed
from consultation.questionnaires.starting.templates import templates

SEED = Path(settings.BASE_DIR).parent / "shared" / "domain" / "taxonomy.yaml"
# Of the site and of the days, which whoever asks makes anew.
NOT_OF_WORDS = {"participation", "contrast", "help-unchecked"}
ALL = list(templates().values())


def page_of(template):
    page = ConsultationPage(
        content_type_id=1, title=template.title, summary=template.summary, summary_easy=template.summary_easy,
        audience=template.audiences[0], minutes=template.minutes,
    )  # fmt: skip
    page.body = renewed(template.blocks())
    return page


@pytest.mark.skipif(not SEED.exists(), reason="the seed taxonomy lies beside the repository")
def test_they_are_those_of_the_strategy():
    seed = yaml.safe_load(SEED.read_text(encoding="utf-8"))["consultation_templates"]
    found = {(one.id, one.label, one.audiences, one.strands) for one in ALL}
    assert found == {(one["id"], one["title"], tuple(one["audiences"]), tuple(one["strands"])) for one in seed}


def test_there_are_thirteen():
    assert len(ALL) == 13


@pytest.mark.parametrize("template", ALL, ids=lambda one: one.id)
def test_no_check_finds_anything_to_mend(template):
    draft = Draft(page_of(template))
    found = {
        key: [(s.text, s.found, s.fix) for s in one.look(draft)]
        for key, one in LINTERS.items()
        if key not in NOT_OF_WORDS
    }
    assert {key: spots for key, spots in found.items() if spots} == {}


@pytest.mark.parametrize("template", ALL, ids=lambda one: one.id)
def test_every_question_has_easy_words_and_every_choice_is_easy(template):
    assert not LOUD.search(template.title) and template.what and template.who
    for one in Draft(page_of(template)).of_questions:
        assert one.value["easy"], one.text
        for name in ("options", "rows"):
            assert all(choice.value.get("easy") or is_easy(choice.value["text"]) for choice in one.choices(name))
        if one.type in ("single", "multiple", "ranking", "grid"):
            assert len(one.choices()) >= 2


@pytest.mark.parametrize("template", ALL, ids=lambda one: one.id)
def test_every_question_is_one_that_the_editor_takes(template):
    page = page_of(template)
    page.body.stream_block.clean(page.body)
    questions = [child for child in page.body if child.block_type != "section"]
    assert all(child.value["links"] or child.block_type in ("about", "area") for child in questions)

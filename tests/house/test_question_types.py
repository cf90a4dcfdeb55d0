"""A type of question is one module and one renderer a channel: none is missing, and a new one needs nothing else."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.http import QueryDict
from django.template import engines
from django.template.loaders import locmem
from wagtail import blocks
from wagtail.models import Locale

from consultation.channels.group.group_form import AGREED
from consultation.channels.imports.column_mapping import build_mapping_from_headings
from consultation.channels.imports.column_targets import TARGETS
from consultation.channels.kiosk.kiosk_pages import KIOSK_SURVEY_TEMPLATE
from consultation.channels.paper.paper_sheet import ANSWERS
from consultation.channels.paper.paper_typing import TYPING
from consultation.channels.web.form_parsing import parse_survey_form
from consultation.channels.web.question_controls import CONTROLS, ControlContexts
from consultation.channels.web.survey_rendering import render_survey
from consultation.surveys import type_registry
from consultation.surveys.exchange.sheet_parsing import list_question_types
from consultation.surveys.exchange.sheet_writing import build_rows
from consultation.surveys.models import ConsultationPage
from consultation.surveys.question_blocks import QuestionStreamBlock
from consultation.surveys.question_types.base import ChoiceType, build_plain_option
from consultation.surveys.question_types.base_blocks import QuestionBlock, build_form_layout
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.stable_keys import QuestionnaireKeys
from consultation.surveys.type_registry import all_types, find_template
from consultation.surveys.version_content import build_version_content
from insights.releases.cross_tabulation import TABLE_BUILDERS, Crowd, build_question_tables

QUESTIONS = [one for one in all_types() if one.is_question]
LIGHTS = ("red", "amber", "green")


def find_channel_renderers(one):
    """{channel: what it shows or reads a question of this type with}."""
    controls = ControlContexts(SimpleNamespace(values={}))
    return {
        "web": (find_template(CONTROLS, one), controls.makers.of(one)),
        "paper": (find_template(ANSWERS, one), TYPING.of(one)),
        "group": (AGREED.of(one) is not None,),
        "import": (TARGETS.of(one),),
        "report": (TABLE_BUILDERS[one.summary],),
        "export": (one.name in list_question_types(), one.block().child_blocks),
    }


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_every_type_has_its_renderer_in_each_channel(one):
    assert all(all(found) for found in find_channel_renderers(one).values())


def test_a_tablet_shows_the_controls_of_the_web():
    frame = Path(settings.BASE_DIR, "templates", KIOSK_SURVEY_TEMPLATE).read_text(encoding="utf-8")
    assert frame.startswith('{% extends "consultation/channels/web/survey.html" %}')


def test_no_module_but_its_own_asks_for_a_type_by_name():
    names = "|".join(one.name for one in all_types())
    compared = re.compile(
        rf"(?:type\"\]|block_type|\.type|type_)\)? (?:==|!=|in|not in) [(\[{{]*[\"'](?:{names})[\"']"
    )
    found = [
        f"{path}: {line.strip()}"
        for app in ("consultation", "insights", "templates")
        for path in Path(settings.BASE_DIR, app).rglob("*.*")
        if path.suffix in (".py", ".html") and "migrations" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if compared.search(line)
    ]
    assert found == []


# A toy type, which this test alone knows.


class LightsBlock(QuestionBlock):
    class Meta:
        form_layout = build_form_layout()
        label = "Red, amber or green"


class LightsType(ChoiceType):
    name = "lights"
    place = 95
    block = LightsBlock

    def build_options(self, child, texts):
        return [(id_, build_plain_option({"en": id_.title()})) for id_ in LIGHTS]


@pytest.fixture
def lights(monkeypatch):
    """The type, registered, with a control of its own."""
    type_registry.register(LightsType)
    control = '<p class="lamps">{% for option in step.options %}<b>{{ option.text }}</b>{% endfor %}</p>'
    loader = locmem.Loader(engines["django"].engine, {f"{CONTROLS}/lights.html": control})
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "template_loaders", [loader, *engine.template_loaders])
    yield type_registry.find_type("lights")
    del type_registry._types["lights"]


@pytest.fixture
def content(lights, db):
    """What publishing a question of the type freezes."""
    stream = QuestionStreamBlock()
    assert list(stream.child_blocks).index("lights") == list(stream.child_blocks).index("ranking") + 1
    raw = [{"type": "lights", "id": "bus", "value": {"text": "How is the bus?", "rather_not": True}}]
    page = ConsultationPage(title="Buses", slug="buses", locale=Locale.objects.get_or_create(language_code="en")[0])
    page.body = blocks.StreamValue(stream, raw, is_lazy=True)
    return build_version_content(page, {}, QuestionnaireKeys())


def test_a_new_type_is_asked_and_read_on_the_web(content):
    html = render_survey(content, "en", token="", action="/en/have-your-say/buses/answer/")
    assert '<p class="lamps"><b>Red</b><b>Amber</b><b>Green</b></p>' in html
    assert parse_survey_form(content, QueryDict("a=2")).closed == {"a": "2"}
    assert parse_survey_form(content, QueryDict("a=9")).closed == {}


def test_a_new_type_is_in_reports_and_files(content, lights):
    crowd = Crowd()
    crowd.take({"a": "2"}, {"a": ("bus", {"1": "red", "2": "amber", "3": "green"}, {})})
    (table,) = build_question_tables(crowd, Questionnaire(content))
    assert [id_ for id_, _ in table.options] == [*LIGHTS, "not-given"]
    assert [len(table.behind[id_, ""]) for id_ in LIGHTS] == [0, 1, 0]
    assert [row["type"] for row in build_rows(content) if row["what"] == "question"] == ["lights"]
    column = build_mapping_from_headings(Questionnaire(content), ["bus"]).closed["bus"]
    assert column.answer("Green") == "3"
    assert all(all(found) for found in find_channel_renderers(lights).values())

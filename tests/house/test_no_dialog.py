"""Respondents' pages ask nothing before they go, and cut no word: leaving, Shift three times and closing are instant."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from consultation.channels.web.survey_assets import SCRIPT_FILES, STATIC_FOLDER

TEMPLATES = Path(settings.BASE_DIR) / "templates"
CONTROLS = "consultation/channels/web/controls/"  # named by the type of a question
BASE = "components/base_public.html"
NAMED = re.compile(r'\{%\s*(?:extends|include)\s+"([^"]+)"')
EXTENDED = re.compile(r'\{%\s*extends\s+"([^"]+)"')
SCRIPT = re.compile(r"""static ['"](?:[\w-]+/)*([\w-]+\.js)['"]""")
ASKING = re.compile(r"beforeunload|\b(?:confirm|alert|prompt)\s*\(|showModal|<dialog|\bonunload\b")


def respondents_templates():
    """Every template that extends the base of respondents' pages, and all that these include."""
    texts = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}
    found = {BASE} | {name for name in texts if name.startswith(CONTROLS)}
    while True:
        more = {name for name, text in texts.items() if set(EXTENDED.findall(text)) & found}
        more |= {named for name in found for named in NAMED.findall(texts[name]) if named in texts}
        if more <= found:
            return {name: texts[name] for name in sorted(found)}
        found |= more


def respondents_scripts():
    named = {name for text in respondents_templates().values() for name in SCRIPT.findall(text)}
    return {path.name: path.read_text() for path in STATIC_FOLDER.glob("*.js") if path.name in named | {*SCRIPT_FILES}}


def test_the_templates_and_scripts_of_respondents_are_found():
    assert {
        "consultation/channels/web/survey.html", "consultation/channels/web/contact.html", "components/help_panel.html",
        "consultation/channels/kiosk/survey.html", "consultation/channels/kiosk/idle.html",
        "consultation/safeguarding/help/help.html", "cms/site/search/search.html", "consultation/receipts/form.html",
    } <= set(respondents_templates())  # fmt: skip
    assert {"sending.js", "exit.js", "kiosk.js", "help_inside.js", "languages.js"} <= set(respondents_scripts())


@pytest.mark.parametrize("name", [*respondents_templates(), *respondents_scripts()])
def test_nothing_asks_before_a_page_goes_and_no_word_is_cut(name):
    text = (respondents_templates() | respondents_scripts())[name]
    assert not ASKING.search(text)
    assert "maxlength" not in text.lower()


def test_pulling_down_reloads_nothing_by_style_alone():
    for name in ("survey.css", "kiosk.css"):
        assert "overscroll-behavior-y:contain" in (STATIC_FOLDER / name).read_text().replace(" ", "")
    for name, text in respondents_scripts().items():
        assert not re.search(r"touchmove[^\n]*passive: false", text), name

"""Templates stand where the code stands that renders them, each is used, and their lines can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from consultation.interface_text.text_table import WORDS

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
OURS = [name for name in TEMPLATES if name.startswith(("cms/", "consultation/", "insights/"))]
# Loaded by name elsewhere.
OTHERS = ("account/", "allauth/", "mfa/", "socialaccount/", "wagtail", "400", "403", "404", "429", "500")
LISTED = ("components/pics/",)  # an officer chooses one from the folder
# One template for each control, not one for each folder.
NOT_A_PACKAGE = {
    "consultation/channels/web/controls",
    "consultation/channels/paper/answers",
}  # one template a question type
WIDEST = 120
# Every byte of the survey is sent to an old phone: an indent is one.
SURVEY = ("consultation/channels/web/", "consultation/channels/kiosk/survey.html")
EXTENDED, INCLUDED = (re.compile(r"\{% " + tag + ' "([^"]+)"') for tag in ("extends", "include"))
WORD_TAG = re.compile(r"\{% word (\S+)(?: \w+=\S+)* %\}")
ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\{%.*?%\}|\{\{.*?\}\}|\"[^\"]*\"|[^<>\"])*)>", re.DOTALL)
ONE_TEXT = ("title", "option", "button", "a")  # names and controls: people point at them in the same words
TAGS_AND_VALUES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|(?<==)\"[^\"]*\"")


def test_every_folder_is_a_package_of_the_same_path():
    folders = {Path(name).parent.as_posix() for name in OURS} - NOT_A_PACKAGE
    assert [folder for folder in sorted(folders) if not (ROOT / folder / "__init__.py").exists()] == []


@pytest.mark.slow
def test_every_template_is_named_by_a_module_or_by_another_template():
    paths = [path for app in ("cms", "consultation", "insights") for path in (ROOT / app).rglob("*.py")]
    said = "\n".join(path.read_text() for path in [*paths, *(FOLDER / name for name in TEMPLATES)])
    words = set(re.findall(r"(?<=[\"'/])([\w-]+)(?=\.html|\.txt|[\"'])", said))

    def is_composed(name):
        """Its beginning and its end stand apart, as in `f"{FOLDER}/{chart}.html"`."""
        stem = name.rpartition(".")[0]
        cuts = [place + 1 for place, char in enumerate(stem) if char in "/-"]
        return any(stem[:cut].rstrip("/") in said and stem[cut:] in words for cut in cuts)

    unused = [name for name in TEMPLATES if name not in said and not is_composed(name)]
    assert [name for name in unused if not name.startswith((*OTHERS, *LISTED))] == []


@pytest.mark.parametrize(
    "name", [name for name in TEMPLATES if name.endswith(".html") and not name.startswith(SURVEY)]
)
def test_no_line_is_wider_than_120_characters_where_a_break_would_not_show(name):
    """White space shows between inline elements, and a tag of Django's cannot be broken: a line without any may stay."""
    wide = [line.strip() for line in (FOLDER / name).read_text().splitlines() if len(line) > WIDEST]
    assert [line for line in wide if " " in TAGS_AND_VALUES.sub("x", line)] == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith((".html", ".txt"))])
def test_no_comment_goes_over_two_lines_since_the_page_would_show_it(name):
    lines = (FOLDER / name).read_text().split("\n")
    assert [line for line in lines if "{#" in line and "#}" not in line.partition("{#")[2]] == []


def _list_respondent_templates():
    """The public base, the survey's parts, the templates that extend one of them, and what all of these include."""
    texts = {name: (FOLDER / name).read_text() for name in TEMPLATES if name.endswith(".html")}
    found = {name for name in texts if name == "components/base_public.html" or name.startswith(SURVEY)}
    while True:
        parts = {part for name in found for part in INCLUDED.findall(texts[name])}
        more = parts | {name for name, text in texts.items() if found & set(EXTENDED.findall(text))}
        if more <= found:
            return sorted(found)
        found |= more


def _list_words_shown(template):
    """(key as written, innermost element) of each `word` in a body text, not in an attribute."""
    inside = [match.span() for match in ELEMENT.finditer(template)]
    for tag in WORD_TAG.finditer(template):
        if any(start < tag.start() < end for start, end in inside):
            continue
        opened = []
        for element in ELEMENT.finditer(template, 0, tag.start()):
            if not element[1]:
                opened.append(element[2])
            elif element[2] in opened:
                del opened[len(opened) - 1 - opened[::-1].index(element[2]) :]
        yield tag[1].strip('"') if tag[1].startswith('"') else None, opened[-1] if opened else ""


@pytest.mark.parametrize("name", _list_respondent_templates())
def test_texts_of_respondents_follow_the_switch_to_easy_words(name):
    """`word` shows the standard text alone. A paragraph with a key that the view chose may differ, so it is `both`."""
    shown = [one for one in _list_words_shown((FOLDER / name).read_text()) if one[1] not in ONE_TEXT]
    assert [key for key, _ in shown if key and key in WORDS and WORDS[key].easy] == []
    assert [element for key, element in shown if key is None and element == "p"] == []

"""Templates stand where the code stands that renders them, each is used, and their lines can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
OURS = [name for name in TEMPLATES if name.startswith(("cms/", "consultation/", "insights/"))]
OTHERS = ("account/", "allauth/", "mfa/", "wagtail", "400", "403", "404", "429", "500")  # loaded by name elsewhere
# One template for each control, not one for each folder.
NOT_A_PACKAGE = {"consultation/channels/web/controls"}
WIDEST = 120
# Every byte of the survey is sent to an old phone: an indent is one.
SURVEY = ("consultation/channels/web/", "consultation/channels/kiosk/survey.html")
TAGS_AND_VALUES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|(?<==)\"[^\"]*\"")


def test_every_folder_is_a_package_of_the_same_path():
    folders = {Path(name).parent.as_posix() for name in OURS} - NOT_A_PACKAGE
    assert [folder for folder in sorted(folders) if not (ROOT / folder / "__init__.py").exists()] == []


def test_every_template_is_named_by_a_module_or_by_another_template():
    texts = {path: path.read_text() for path in FOLDER.rglob("*") if path.is_file()}
    for app in ("cms", "consultation", "insights"):
        texts |= {path: path.read_text() for path in (ROOT / app).rglob("*.py")}
    unused = []
    for name in TEMPLATES:
        path = FOLDER / name
        said = "\n".join(text for other, text in texts.items() if other != path)
        # A name that is put together: its folder and its stem stand apart.
        parts = re.compile(rf"[\"'/]{re.escape(path.stem)}(\.html)?[\"'|]")
        composed = f"{path.parent.name}/" in said and parts.search(said)
        if not name.startswith(OTHERS) and name not in said and not composed:
            unused.append(name)
    assert unused == []


@pytest.mark.parametrize(
    "name", [name for name in TEMPLATES if name.endswith(".html") and not name.startswith(SURVEY)]
)
def test_no_line_is_wider_than_120_characters_where_a_break_would_not_show(name):
    """White space shows between inline elements, and a tag of Django's cannot be broken: a line without any may stay."""
    wide = [line.strip() for line in (FOLDER / name).read_text().splitlines() if len(line) > WIDEST]
    assert [line for line in wide if " " in TAGS_AND_VALUES.sub("x", line)] == []

"""One meaning a word: the glossary and the requirements hold for folders, modules, classes, functions and comments."""

import ast
import io
import re
import tokenize
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("cms", "consultation", "insights")
MOST_TERMS = 60
# Shares of names with two words or more, as they stand: they may rise.
LEAST_TELLING_FUNCTIONS, LEAST_TELLING_METHODS = 0.99, 0.51
# Each room may have one of these.
CONVENTIONAL_MODULES = set(
    "__init__ access actions apps base erasures forms middleware models permissions policies public_urls readiness"
    " receivers signals staff_urls staff_views states strategy_provisions tasks triggers urls views wagtail_hooks".split()
)
CONVENTIONAL_CLASSES = {"Command", "DatabaseWrapper", "Media", "Meta", "Migration"}
# What pages called things before, and what they are called.
FORMER_LABELS = {
    "Square, SVG": "QR code (SVG)",
    "Square, PNG": "QR code (PNG)",
    "square for cameras": "QR code",
    "Get it out": "Promote",
    "Bring one in": "Import",
    "Who we have not heard": "Reach",
    "Questionnaires as sheets": "Questionnaires as files",
    "Files from elsewhere": "Import",
    "Put them away": "Hide, or Archive",
    "are put away": "are hidden",
    "The studio": "the name of the page",
    "Three voices": "Compare the formats",
    "Throw it away": "Discard",
    "Throw the draft away": "Discard",
    "Throw the file away": "Delete",
    "was thrown away": "was deleted",
    "thrown it away": "discarded it",
    "Take it as": "Download",
    '"All strings"': "All texts",
    ">Strings<": "Texts",
    "this one is not for you": "These questions are for people of {low} and up.",
    "someone is making you do this": "You do not have to do this, even if someone asked you to.",
    "who are paid to help": "people whose job it is",
    "What should we not say": "Is there a thing you do not want us to say?",
    "This page takes no words": "You cannot write on this page.",
    "read it on the page called": "a link with the name of the page",
    "Assistant director": "The person in charge of parks",
}
# A capital and a number, as requirements are named: (A4), (D7a).
REQUIREMENT = re.compile(r"\b[PSADRCXG]\d{1,2}a?\b")
PAPER = re.compile(r"[\w/.-]+\.(?:ya?ml|md)\b")
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)


def modules(*apps):
    """Source files of these apps. Migrations keep the words of their day, and commands are named by their users."""
    for app in apps or APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if not {"migrations", "commands", "settings"} & set(path.parts):
                yield path


@cache
def syntax_trees():
    return [ast.parse(path.read_text(encoding="utf-8")) for path in modules()]


def glossary():
    """(term, meaning, where, what it is not, old name) of each row."""
    table = (ROOT / "consultation/domain/GLOSSARY.md").read_text(encoding="utf-8").partition("|---|")[2]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")[1:] if line]


def in_code_style(cell):
    return re.findall(r"`([\w/]+)`", cell)


def is_telling(name):
    return len([word for word in name.split("_") if word]) > 1


def telling_share(names):
    return sum(map(is_telling, names)) / len(names)


def methods(tree):
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    functions = (node for one in classes for node in one.body if isinstance(node, ast.FunctionDef))
    return [node.name for node in functions if not node.name.startswith("__")]


def notes_of(path):
    """Comments and docstrings of a source file, or comments of a template."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        yield from TEMPLATE_COMMENT.findall(text)
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""


@cache
def notes():
    """(file, comment or docstring) of all code, tests and templates."""
    files = [*modules(*APPS, "tests"), *sorted((ROOT / "templates").rglob("*.html"))]
    return [(str(path.relative_to(ROOT)), note) for path in files for note in notes_of(path)]


def mentions(pattern):
    return [(file, found) for file, note in notes() for found in pattern.findall(note)]


def test_the_glossary_is_short_enough_to_be_read():
    rows = glossary()
    assert 40 < len(rows) <= MOST_TERMS
    assert {len(row) for row in rows} == {5}
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})


@pytest.mark.parametrize("row", glossary(), ids=lambda row: row[0])
def test_a_term_lives_where_the_glossary_says(row):
    [where] = in_code_style(row[2])
    assert (ROOT / where).is_dir() or (ROOT / f"{where}.py").is_file()


def test_no_old_name_is_still_a_folder_or_a_module():
    names = {part for path in modules() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert {old for row in glossary() for old in in_code_style(row[4])} & names == set()


def test_no_module_name_has_two_meanings():
    counted = Counter(path.stem for path in modules() if path.stem not in CONVENTIONAL_MODULES)
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.slow
def test_no_class_name_has_two_meanings():
    counted = Counter(node.name for tree in syntax_trees() for node in tree.body if isinstance(node, ast.ClassDef))
    assert {name for name, times in counted.items() if times > 1} - CONVENTIONAL_CLASSES == set()


@pytest.mark.slow
def test_functions_are_named_by_a_verb_and_its_object():
    functions = [node.name for tree in syntax_trees() for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert telling_share(functions) >= LEAST_TELLING_FUNCTIONS
    assert telling_share([name for tree in syntax_trees() for name in methods(tree)]) >= LEAST_TELLING_METHODS


@pytest.mark.slow
def test_every_requirement_that_a_comment_names_exists():
    text = (ROOT / "consultation/domain/REQUIREMENTS.md").read_text(encoding="utf-8")
    written = set(re.findall(r"^- \*\*(\w+)\*\*", text, re.MULTILINE))
    assert len(written) > 50
    assert [(file, code) for file, code in mentions(REQUIREMENT) if code not in written] == []


@pytest.mark.slow
def test_no_comment_points_outside_the_repository():
    tracked = [f"/{path.relative_to(ROOT)}" for app in (*APPS, "tests") for path in (ROOT / app).rglob("*.*")]
    assert [
        (file, name) for file, name in mentions(PAPER) if not any(path.endswith(f"/{name}") for path in tracked)
    ] == []
    assert mentions(re.compile(r"\bDESIGN\b|\bshared/\w+")) == []


def spoken_places():
    """Templates, files of words and source files: where the words of all pages stand."""
    yield from sorted((ROOT / "templates").rglob("*.html"))
    yield from (path for app in APPS for path in sorted((ROOT / app).rglob("*.yaml")))
    yield from modules()


@pytest.mark.parametrize("former", FORMER_LABELS)
def test_no_page_has_a_former_label(former):
    found = re.compile(r"\s+".join(re.escape(word) for word in former.split()))
    shown = [path.relative_to(ROOT) for path in spoken_places() if found.search(path.read_text(encoding="utf-8"))]
    assert shown == [], f"say “{FORMER_LABELS[former]}”"

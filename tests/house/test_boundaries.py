"""No relation crosses a boundary between apps: import contracts miss string keys."""

import ast
import logging
import re
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.dispatch import Signal
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(settings.BASE_DIR)
USER = settings.AUTH_USER_MODEL


def relations(app):
    return [
        (f"{model._meta.label}.{field.name}", field.related_model._meta.label)
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and field.related_model
    ]


@pytest.fixture
def loggers_kept():
    """Restore the loggers, since import-linter switches off all existing ones."""
    before = {name: logger.disabled for name, logger in logging.root.manager.loggerDict.items() if _is_logger(logger)}
    yield
    for name, disabled in before.items():
        logging.getLogger(name).disabled = disabled


def _is_logger(found):
    return isinstance(found, logging.Logger)


def test_import_contracts_are_kept(capsys, loggers_kept):
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == EXIT_STATUS_SUCCESS


def test_no_relation_of_consultation_leads_up_the_house():
    upward = [
        (field, target)
        for field, target in relations("consultation")
        if target.startswith(("insights.", "cms.")) and target != USER
    ]
    assert upward == []


def test_no_relation_of_insights_leads_into_consultations_answers():
    allowed = {"consultation.ConsultationPage", "consultation.PublishedVersion"}
    into = [
        (field, target)
        for field, target in relations("insights")
        if target.startswith("consultation.") and target not in allowed
    ]
    assert into == []


def test_no_relation_of_insights_leads_up_to_cms():
    assert [pair for pair in relations("insights") if pair[1].startswith("cms.") and pair[1] != USER] == []


def python_files():
    return [path for app in ("cms", "consultation", "insights") for path in (ROOT / app).rglob("*.py")]


@pytest.mark.parametrize("name", ["services.py", "utils.py", "helpers.py"])
def test_no_file_has_a_name_that_says_nothing(name):
    assert [path for path in python_files() if path.name == name] == []


def test_inside_an_app_models_are_imported_from_their_capability():
    whole = re.compile(
        r"^\s*(?:from (?:consultation|insights|cms)(?:\.models import| import .*\bmodels\b))", re.MULTILINE
    )
    assert [str(path) for path in python_files() if whole.search(path.read_text(encoding="utf-8"))] == []


def test_wagtail_localize_is_met_in_one_room():
    """A page says beside its own fields which of them are not translated."""
    room, imported = Path("consultation/surveys/translations"), re.compile("^ *(from|import) wagtail_localize", re.M)
    found = {path.relative_to(ROOT) for path in python_files() if imported.search(path.read_text(encoding="utf-8"))}
    assert {path for path in found if room not in path.parents} == {Path("consultation/surveys/models.py")}


MOST_LATE_IMPORTS = 69  # of our own modules, inside functions: for those alone that are heavy to load

INDENTED_IMPORT = re.compile(r"^[ \t]+from (cms|consultation|insights)\b", re.MULTILINE)


def _imports_inside_functions(path):
    """Our own modules that functions of this file import."""
    if not INDENTED_IMPORT.search(path.read_text(encoding="utf-8")):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in (each for function in functions for each in ast.walk(function) if isinstance(each, ast.ImportFrom)):
        if node.module.partition(".")[0] in ("cms", "consultation", "insights"):
            yield from (_module_of(node.module, alias.name) for alias in node.names)


def _module_of(module, name):
    place = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if place.is_dir() or place.with_suffix(".py").exists() else module


@pytest.mark.slow
def test_our_own_modules_are_imported_at_the_top():
    late = {(str(path.relative_to(ROOT)), one) for path in python_files() for one in _imports_inside_functions(path)}
    assert len(late) <= MOST_LATE_IMPORTS, "\n".join(map(str, sorted(late)))


def test_every_question_to_the_rooms_above_has_an_answer():
    asked = {
        (module.__name__, name): signal
        for module in list(sys.modules.values())
        if module.__name__.startswith(("cms.", "consultation.", "insights."))
        for name, signal in vars(module).items()
        if isinstance(signal, Signal) and name.endswith("_asked")
    }
    assert ("consultation.surveys.signals", "preview_asked") in asked
    assert [place for place, signal in asked.items() if not signal.receivers] == []

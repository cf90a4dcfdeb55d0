"""The registry of question types: each module of `question_types` registers its own type when it is imported.

It lies below them, so that rules and parsers may ask a type without knowing any.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.template.loader import select_template

_types: dict[str, Any] = {}


def register(question_type):
    """Class decorator: questionnaires may have questions of this type."""
    _types[question_type.name] = question_type()
    return question_type


@cache
def load_types():
    folder = Path(__file__).with_name("question_types")
    for module in iter_modules([str(folder)]):
        import_module(f"{__package__}.{folder.name}.{module.name}")


def all_types():
    """Every type, in the order of the editor's list."""
    load_types()
    return sorted(_types.values(), key=lambda one: one.place)


def find_type(name):
    if name not in _types:
        load_types()
    return _types.get(name)


def type_of(item):
    """The type of an item of a questionnaire, or of a raw block."""
    return find_type(item["type"])


class TypeTable(dict):
    """What a channel has for question types, {name of a type or of a family: anything}: the nearest name counts."""

    def of(self, question_type):
        return next(self[name] for name in question_type.lineage if name in self)

    def of_item(self, item):
        return self.of(type_of(item))


@cache
def find_template(folder, question_type):
    """The name of the template in a channel's folder that is called like the type, or like its nearest family."""
    return select_template([f"{folder}/{name}.html" for name in question_type.lineage]).template.name

"""The product's own small pictures, by name: each is a template in templates/components/pics/."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "components" / "pics"


@cache
def names():
    return sorted(path.stem for path in FOLDER.glob("*.html"))


def template(name):
    """The template that draws it; empty when there is no such pictogram any more."""
    return f"components/pics/{name}.html" if name in names() else ""


def choices():
    return [(name, name.replace("-", " ").capitalize()) for name in names()]

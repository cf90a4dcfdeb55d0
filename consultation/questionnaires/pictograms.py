"""The product's pictograms by name: each is a template in templates/components/pics/."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "components" / "pics"


@cache
def names():
    return sorted(path.stem for path in FOLDER.glob("*.html"))


def template(name):
    """The path of its template; "" if the pictogram no longer exists."""
    return f"components/pics/{name}.html" if name in names() else ""


def choices():
    return [(name, name.replace("-", " ").capitalize()) for name in names()]

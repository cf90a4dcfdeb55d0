"""The product's pictograms by name: each is a template in templates/components/pics/."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "components" / "pics"


@cache
def list_pictogram_names():
    return sorted(path.stem for path in FOLDER.glob("*.html"))


def find_pictogram_template(name):
    """The path of its template; "" if the pictogram no longer exists."""
    return f"components/pics/{name}.html" if name in list_pictogram_names() else ""


def build_pictogram_choices():
    return [(name, name.replace("-", " ").capitalize()) for name in list_pictogram_names()]

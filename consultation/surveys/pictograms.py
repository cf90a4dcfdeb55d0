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


# For the editor's list. One that stands in no group is listed last.
GROUPS = {
    "People": "adult-and-child family friends people talk",
    "Places": "door home loud park place quiet rubbish school shop street-light toilet work worship",
    "Getting about": "bike bus car train walking",
    "Time and weather": "calendar clock day night rain",
    "Things to do": "art book camera computer drink food game internet message money music phone sport",
    "Help": "doctor help letter lock police warning",
    "Answers": "cross-out not-sure tick",
}


def build_pictogram_choices():
    grouped = {title: names.split() for title, names in GROUPS.items()}
    known = {name for names in grouped.values() for name in names}
    grouped["Other"] = [name for name in list_pictogram_names() if name not in known]
    return [
        (title, [(name, name.replace("-", " ").capitalize()) for name in names])
        for title, names in grouped.items()
        if names
    ]

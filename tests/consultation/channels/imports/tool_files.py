"""One invented consultation, and a file with answers in each supported tool's format."""

import io
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from tests import factories

FILES = Path(__file__).parent / "files"
FORMS_HEADINGS = (
    "ID", "Start time", "Completion time", "Email", "Name", "Last modified time", "Do you feel safe?", "Where do you go?",
    "The park", "The bus", "What comes first?", "What would help?\u00a0",
)  # fmt: skip
FORMS_ROWS = (
    (1, datetime(2026, 2, 3, 16, 1), datetime(2026, 2, 3, 16, 5), "anonymous", "", None, "Yes", "Parks;The canal;", "Good",
     "Bad", "Staff;Lights;", "More lights by the path"),
    (2, datetime(2026, 2, 5, 12, 20), datetime(2026, 2, 5, 12, 30), "sam@example.org", "Sam Invented", None, "No", "", "",
     "Good", "Lights;Staff;", "=SUM(A1:A3) is what I typed"),
)  # fmt: skip


def items():
    """A choice, a choice of several with "something else", a grid, a ranking, words."""
    places = factories.question("b", "multiple", options=["Parks", "Town", "Other"], text={"en": "Where do you go?"})
    places["options"][2]["other"] = True
    rows = [
        {"id": "park", "key": "a", "text": {"en": "The park"}, "easy": {}},
        {"id": "bus", "key": "b", "text": {"en": "The bus"}, "easy": {}},
    ]
    return [
        factories.question("a", options=["Yes", "No"], text={"en": "Do you feel safe?"}),
        places,
        factories.question("c", "grid", options=["Good", "Bad"], rows=rows, text={"en": "How good are they?"}),
        factories.question("d", "ranking", options=["Lights", "Staff"], rank=2, text={"en": "What comes first?"}),
        factories.question("e", "long_text", text={"en": "What would help?"}),
    ]


def forms_file():
    """As Microsoft Forms gives it out: a workbook, times as times, several choices with ";" behind each."""
    book = Workbook()
    book.active.append(FORMS_HEADINGS)
    for row in FORMS_ROWS:
        book.active.append(row)
    for cells in book.active.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def file_of(name):
    """(name, bytes)"""
    return (
        ("forms.xlsx", forms_file())
        if name == "microsoft-forms"
        else (f"{name}.csv", (FILES / f"{name}.csv").read_bytes())
    )

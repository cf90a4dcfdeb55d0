"""One question of each newer type as its block, for tests of editing, freezing and answering."""

from tests.consultation.surveys.conftest import asked, choice


def item(id_, **value):
    return {"type": "item", "id": id_, "value": value}


NEAR = asked("near", "Is there a place near you?", "yesno", dont_know=False)
SAFE = asked("safe", "How safe is it?", "slider", low=0, low_label="Not at all", high=10, high_label="Very safe")
HOURS = asked(
    "hours",
    "How many hours a week?",
    "number",
    least=0,
    most=40,
    unit="hours",
    options=[item("none", start=0, end=0, text="None"), item("few", start=1, end=5), item("many", start=6, end=40)],
)
SINCE = asked("since", "When did you first go?", "month", first_year=2024, last_year=2026)
AREA = asked("area", "Which part?", "area", choices=["East", "West"])
AGE = asked("age", "How old are you?", "about", bands="age-children", dont_know=False)
OWN = asked("who", "Who are you?", "about", bands="own", about_you="other", choices=["Pupil", "Parent"])
WHERE = asked("where", "Where do you meet?", "multiple", limit=2) | {}
WHERE["value"]["options"] = [
    choice("park", "Park"),
    choice("club", "Club"),
    choice("else", "Something else", other=True),
]

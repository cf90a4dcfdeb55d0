"""Wagtail's menu by what an officer does, in the order of doing it: thirty doors in one column hide each other."""

from wagtail.admin.menu import Menu, SubmenuMenuItem

# (label, icon, order, names of the doors); what is named nowhere stands on its own.
GROUPS = (
    (
        "Questions and words", "list-ul", 689,
        ("question-bank", "questionnaires-as-sheets", "known-words", "translations", "languages"),
    ),
    (
        "While it runs", "time", 692,
        ("dates", "who-will-read", "who-we-have-not-heard", "stop-a-survey", "working-hours"),
    ),
    ("What came of it", "clipboard-list", 696, ("results-and-answers", "insights", "hear-by-right")),
    ("Running the site", "cogs", 702, ("people", "launch-checklist", "practice-answers", "settings", "reports")),
)  # fmt: skip
FEWEST = 2  # one door alone stands better on its own


def grouped(items):
    """Gather a request's menu items, which are those that the person may see, into groups; in place, as Wagtail asks."""
    for label, icon, order, names in GROUPS:
        doors = sorted((item for item in items if item.name in names), key=lambda item: names.index(item.name))
        if len(doors) < FEWEST:
            continue
        for door in doors:
            items.remove(door)
            door.order = names.index(door.name)
        items.append(SubmenuMenuItem(label, Menu(items=doors), icon_name=icon, order=order))

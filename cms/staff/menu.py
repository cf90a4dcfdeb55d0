"""Groups the items of Wagtail's main menu by an officer's tasks."""

from wagtail.admin.menu import Menu, SubmenuMenuItem

# (label, icon, order, item names); items not named here stay on the top level.
GROUPS = (
    (
        "Questions and words", "list-ul", 689,
        ("question-bank", "questionnaires-as-sheets", "allow-list", "translations", "languages"),
    ),
    (
        "While it runs", "time", 692,
        ("dates", "who-will-read", "who-we-have-not-heard", "stop-a-survey", "working-hours"),
    ),
    ("What came of it", "clipboard-list", 696, ("results-and-answers", "insights", "hear-by-right")),
    ("Running the site", "cogs", 702, ("people", "launch-checklist", "seeded-answers", "settings", "reports")),
)  # fmt: skip
FEWEST = 2  # a single item gets no group


def group_menu_items(items):
    """Group the items that the user may see, in place, as Wagtail's hook requires."""
    for label, icon, order, names in GROUPS:
        doors = sorted((item for item in items if item.name in names), key=lambda item: names.index(item.name))
        if len(doors) < FEWEST:
            continue
        for door in doors:
            items.remove(door)
            door.order = names.index(door.name)
        items.append(SubmenuMenuItem(label, Menu(items=doors), icon_name=icon, order=order))

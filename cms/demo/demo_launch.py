"""The demo's launch checklist, half done; a demo site is never live."""

from datetime import timedelta

from cms.operations.launch import actions

TICKS = (
    (
        "screen-read",
        "Dr Nadia Example, youth work lead",
        "Two sayings from our clubs were not found. They are sent in.",
        9,
    ),
    ("questions-read", "Tom Example, participation officer", "Jo and Kai, 12. They did not know “partnership”.", 12),
    ("keys-kept", "Ingrid Example, head of IT", "Safe in the town hall, and with the auditor.", 6),
    ("dpia-01", "Farah Example, data protection officer", "", 20),
    ("dpia-06", "Farah Example, data protection officer", "", 20),
)
TAKEN_BACK = ("help-called", "Tom Example, participation officer", "One number had changed.", 40)


def tick_launch_items(staff, today):
    officer = staff["officer1"]
    for item, checker, note, days in (*TICKS, TAKEN_BACK):
        checked_on = today - timedelta(days=days)
        made = actions.tick_item(item=item, checker=checker, checked_on=checked_on, note=note, by=officer)
    actions.untick_item(tick=made, by=staff["officer2"])

"""The items of the one menu of staff, and their groups by an officer's tasks.

Wagtail's admin shows it as its sidebar; every other staff page but the desks shows the same items
(`templates/components/base_staff.html`).
"""

from typing import Any

from django.urls import reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem, admin_menu

from cms.operations.launch.policies import may_see_checklist
from consultation.access import may_see_consultations, may_see_sessions

EDIT, CLOSE = "consultation.edit_consultation", "consultation.close_survey"
WAGTAIL = "wagtailadmin.access_admin"


def may_read_raw_answers(user: Any) -> bool:
    return user.has_perms(("consultation.read_raw", "consultation.flag_to_triage"))


# (label, URL name, who sees it: a permission or a policy, icon, order)
ITEMS = (
    ("Reading", "reading:desk", may_read_raw_answers, "doc-full", 0),
    ("Triage", "safeguarding:board", "consultation.see_triage", "warning", 0),
    ("Audit log", "audit:log", "consultation.read_audit", "history", 0),
    ("People", "people:list", "consultation.manage_users", "group", 700),
    ("Consultations", "consultations:list", may_see_consultations, "list-ul", 0),
    ("Group sessions", "group:list", may_see_sessions, "group", 691),
    ("Paper forms", "paper:choose", "consultation.enter_answers", "edit", 692),
    ("Import", "imports:list", "consultation.enter_answers", "upload", 693),
    ("What is due", "task-list", may_see_consultations, "calendar-check", 90),
    ("Results and answers", "insights:results", "insights.publish_decision", "form", 709),
    ("Launch checklist", "launch:checklist", may_see_checklist, "tasks", 705),
    ("Is anything stuck?", "service-state", may_see_checklist, "warning", 706),
    ("Start a consultation", "start:start", EDIT, "plus", 1),
    ("Question bank", "start:bank", EDIT, "help", 2),
    ("Insights", "insights:home", "insights.view_reports", "table", 710),
    ("Reach", "insights:representation", EDIT, "group", 694),
    ("Campaigns", "campaigns:list", EDIT, "view", 693),
    ("Languages", "languages:list", EDIT, "globe", 695),
    ("Seeded answers", "reading:seeded-answers", "consultation.see_triage", "edit", 705),
    ("Copied texts", "copied-texts", EDIT, "copy", 697),
    ("Allow list", "allow-list:district", EDIT, "tag", 696),
    ("Hear by Right", "standards:assessment", EDIT, "clipboard-list", 697),
    ("Stop a survey", "close-survey", CLOSE, "no-view", 691),
    ("Questionnaires as files", "exchange:list", EDIT, "download", 693),
    ("Who will read", "readers:list", CLOSE, "group", 690),
    ("Dates", "dates:list", EDIT, "calendar", 690),
    ("Youth panel", "panel:list", EDIT, "group", 3),
    ("Translations", "translations:list", EDIT, "globe", 694),
    ("Working hours", "hours", "consultation.edit_help", "time", 692),
)
# (label, icon, order, item names); items not named here stay on the top level.
GROUPS = (
    (
        "Questions and words", "list-ul", 689,
        (
            "question-bank", "youth-panel", "questionnaires-as-files", "copied-texts", "allow-list", "translations",
            "languages",
        ),
    ),
    (
        "While it runs", "time", 692,
        ("dates", "who-will-read", "reach", "group-sessions", "campaigns", "stop-a-survey", "working-hours"),
    ),
    ("What came of it", "clipboard-list", 696, ("results-and-answers", "insights", "hear-by-right")),
    (
        "Running the site", "cogs", 702,
        ("people", "launch-checklist", "is-anything-stuck", "seeded-answers", "settings", "reports"),
    ),
)  # fmt: skip
HELP = "help"  # Wagtail's own group, which its sidebar keeps: elsewhere Help stands beside the account
FEWEST = 2  # a single item gets no group


class PermittedMenuItem(MenuItem):
    """A menu item for those whom `permission` admits: its name, or a policy that takes the user."""

    def __init__(self, label, route, permission, icon, order):
        super().__init__(label, reverse(route), icon_name=icon, order=order)
        self.permission = permission

    def is_shown(self, request):
        user = request.user
        return user.has_perm(self.permission) if isinstance(self.permission, str) else self.permission(user)


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


def list_menu_items(request: Any) -> list[MenuItem]:
    """What this person sees, in order. Wagtail's own items (pages, pictures, settings) are asked for, at the price of three
    queries, only of those who may enter its admin."""
    if request.user.has_perm(WAGTAIL):
        items = admin_menu.menu_items_for_request(request)
    else:
        ours = (item for item in admin_menu.registered_menu_items if isinstance(item, PermittedMenuItem))
        items = [item for item in ours if item.is_shown(request)]
        group_menu_items(items)
    return sorted((item for item in items if item.name != HELP), key=lambda item: item.order)

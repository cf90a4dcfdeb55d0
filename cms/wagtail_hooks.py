"""Hooks of Wagtail's admin: menu items, page buttons, stylesheets and scripts; no links to other hosts."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button

from cms.dashboard.panel import YourWork
from cms.due.views import may_look
from cms.launch.policies import may_see
from cms.menu import grouped
from consultation.questionnaires.models import ConsultationPage


class Door(MenuItem):
    """A menu item for users with a permission."""

    def __init__(self, label, url, permission, **kwargs):
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def people():
    return Door("People", reverse("people:list"), "consultation.manage_users", icon_name="group", order=700)


class DueDoor(MenuItem):
    def is_shown(self, request):
        return may_look(request.user)


@hooks.register("register_admin_menu_item")
def what_is_due():
    return DueDoor("What is due", reverse("due:board"), icon_name="calendar-check", order=90)


@hooks.register("register_admin_menu_item")
def results_and_answers():
    url = reverse("insights:results")
    return Door("Results and answers", url, "insights.publish_decision", icon_name="form", order=709)


class LaunchDoor(MenuItem):
    def is_shown(self, request):
        return may_see(request.user)


@hooks.register("register_admin_menu_item")
def launch_checklist():
    return LaunchDoor("Launch checklist", reverse("launch:checklist"), icon_name="tasks", order=705)


@hooks.register("register_admin_menu_item")
def start_a_consultation():
    return Door("Start a consultation", reverse("start:start"), EDIT, icon_name="plus", order=1)


@hooks.register("register_admin_menu_item")
def question_bank():
    return Door("Question bank", reverse("start:bank"), EDIT, icon_name="help", order=2)


@hooks.register("register_page_header_buttons")
def the_steps_of_a_draft(page, user, view_name, next_url=None):
    if isinstance(page, ConsultationPage) and page.pk and not page.is_translation and user.has_perm(EDIT):
        yield Button("Steps to publishing", reverse("start:guide", args=[page.pk]), icon_name="list-ol", priority=54)


@hooks.register("register_admin_menu_item")
def insights():
    return Door("Insights", reverse("insights:home"), "insights.view_reports", icon_name="table", order=710)


@hooks.register("register_admin_menu_item")
def not_heard():
    return Door("Who we have not heard", reverse("insights:reach"), EDIT, icon_name="group", order=694)


@hooks.register("register_page_header_buttons")
def who_has_answered(page, user, view_name, next_url=None):
    if isinstance(page, ConsultationPage) and page.first_published_at and user.has_perm(EDIT):
        url = reverse("insights:reach-of", args=[page.source.slug])
        yield Button("Who has answered", url, icon_name="group", priority=69)


@hooks.register("register_admin_menu_item")
def languages():
    return Door("Languages", reverse("languages:list"), "consultation.edit_consultation", icon_name="globe", order=695)


@hooks.register("register_admin_menu_item")
def practice():
    return Door(
        "Practice answers", reverse("reading:practice"), "consultation.see_triage", icon_name="edit", order=705
    )


@hooks.register("register_admin_menu_item")
def known_words():
    return Door("Known words", reverse("known-words:district"), EDIT, icon_name="tag", order=696)


# Channels beside the web: (label, URL namespace, icon). Each has a list and a page per consultation.
WAYS = (
    ("Get it out", "get-it-out", "link-external"),
    ("Printed links", "printed-links", "link"),
    ("Shared tablets", "tablets", "mobile-alt"),
    ("Invitation codes", "invitation-codes", "key"),
    ("Paper forms", "paper", "doc-full"),
)
EDIT = "consultation.edit_consultation"


@hooks.register("register_admin_menu_item")
def other_ways_to_answer():
    doors = [
        Door(label, reverse(f"{name}:list"), EDIT, icon_name=icon, order=order)
        for order, (label, name, icon) in enumerate(WAYS)
    ]
    doors.append(
        Door("Group sessions", reverse("group:list"), "consultation.read_cleared", icon_name="group", order=9)
    )
    return SubmenuMenuItem("Ways to answer", Menu(items=doors), icon_name="mobile-alt", order=690)


@hooks.register("register_page_header_buttons")
def other_ways_on_the_page(page, user, view_name, next_url=None):
    """Buttons from a published consultation to its channels and other staff pages."""
    if isinstance(page, ConsultationPage) and page.first_published_at and user.has_perm(EDIT):
        for priority, (label, name, icon) in enumerate(WAYS, start=60):
            url = reverse(f"{name}:consultation", args=[page.source.pk])
            yield Button(label, url, icon_name=icon, priority=priority)
        url = reverse("known-words:consultation", args=[page.source.pk])
        yield Button("What it asks about", url, icon_name="tag", priority=70)
        url = reverse("questionnaires:sheet", args=[page.source.pk, "draft"])
        yield Button("Questionnaire as a sheet", url, icon_name="download", priority=71)


@hooks.register("register_admin_menu_item")
def hear_by_right():
    return Door("Hear by Right", reverse("standards:assessment"), EDIT, icon_name="clipboard-list", order=697)


@hooks.register("construct_homepage_panels")
def work_that_waits(request, panels):
    panels.append(YourWork())


@hooks.register("insert_global_admin_css")
def colours():
    sheets = [(static("staff/wagtail.css"),), (static("staff/idle.css"),)]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def starts_what_is_on_the_page():
    """Replaces Wagtail's inline scripts, which the content security policy blocks (cms/security/policy.py)."""
    return format_html(
        '<script src="{}"></script><script src="{}" defer></script>',
        static("staff/wagtail.js"),
        static("staff/idle.js"),
    )


@hooks.register("construct_help_menu")
def no_help_elsewhere(request, menu_items):
    """Wagtail's help links lead to other hosts."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("http")]


@hooks.register("construct_main_menu", order=900)
def doors_in_groups(request, items):
    grouped(items)

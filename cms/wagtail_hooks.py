"""Hooks of Wagtail's admin: menu items, page buttons, stylesheets and scripts; no links to other hosts."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button

from cms.operations.launch.policies import may_see_checklist
from cms.staff.dashboard.work_panel import YourWorkPanel
from cms.staff.menu import group_menu_items
from cms.staff.task_list.views import may_see_task_list
from consultation.surveys.models import ConsultationPage


class PermissionMenuItem(MenuItem):
    """A menu item for users with a permission."""

    def __init__(self, label, url, permission, **kwargs):
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def add_people_item():
    return PermissionMenuItem(
        "People", reverse("people:list"), "consultation.manage_users", icon_name="group", order=700
    )


class TaskListMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see_task_list(request.user)


@hooks.register("register_admin_menu_item")
def add_task_list_item():
    return TaskListMenuItem("What is due", reverse("task-list:board"), icon_name="calendar-check", order=90)


@hooks.register("register_admin_menu_item")
def add_results_item():
    url = reverse("insights:results")
    return PermissionMenuItem("Results and answers", url, "insights.publish_decision", icon_name="form", order=709)


class LaunchMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see_checklist(request.user)


@hooks.register("register_admin_menu_item")
def add_launch_checklist_item():
    return LaunchMenuItem("Launch checklist", reverse("launch:checklist"), icon_name="tasks", order=705)


@hooks.register("register_admin_menu_item")
def add_start_consultation_item():
    return PermissionMenuItem("Start a consultation", reverse("start:start"), EDIT, icon_name="plus", order=1)


@hooks.register("register_admin_menu_item")
def add_question_bank_item():
    return PermissionMenuItem("Question bank", reverse("start:bank"), EDIT, icon_name="help", order=2)


@hooks.register("register_page_header_buttons")
def add_publishing_steps_button(page, user, view_name, next_url=None):
    if isinstance(page, ConsultationPage) and page.pk and not page.is_translation and user.has_perm(EDIT):
        yield Button("Steps to publishing", reverse("start:guide", args=[page.pk]), icon_name="list-ol", priority=54)


@hooks.register("register_admin_menu_item")
def add_insights_item():
    return PermissionMenuItem(
        "Insights", reverse("insights:home"), "insights.view_reports", icon_name="table", order=710
    )


@hooks.register("register_admin_menu_item")
def add_representation_item():
    return PermissionMenuItem(
        "Who we have not heard", reverse("insights:representation"), EDIT, icon_name="group", order=694
    )


@hooks.register("register_page_header_buttons")
def add_representation_button(page, user, view_name, next_url=None):
    if isinstance(page, ConsultationPage) and page.first_published_at and user.has_perm(EDIT):
        url = reverse("insights:representation-of", args=[page.source.slug])
        yield Button("Who has answered", url, icon_name="group", priority=69)


@hooks.register("register_admin_menu_item")
def add_languages_item():
    return PermissionMenuItem(
        "Languages", reverse("languages:list"), "consultation.edit_consultation", icon_name="globe", order=695
    )


@hooks.register("register_admin_menu_item")
def add_seeded_answers_item():
    return PermissionMenuItem(
        "Seeded answers", reverse("reading:seeded-answers"), "consultation.see_triage", icon_name="edit", order=705
    )


@hooks.register("register_admin_menu_item")
def add_allow_list_item():
    return PermissionMenuItem("Allow list", reverse("allow-list:district"), EDIT, icon_name="tag", order=696)


# Channels beside the web: (label, URL namespace, icon). Each has a list and a page per consultation.
CHANNEL_PAGES = (
    ("Promote", "promotion", "link-external"),
    ("Printed links", "short-links", "link"),
    ("Shared tablets", "tablets", "mobile-alt"),
    ("Invitation codes", "invitation-codes", "key"),
    ("Paper forms", "paper", "doc-full"),
)
EDIT = "consultation.edit_consultation"


@hooks.register("register_admin_menu_item")
def add_channels_submenu():
    doors = [
        PermissionMenuItem(label, reverse(f"{name}:list"), EDIT, icon_name=icon, order=order)
        for order, (label, name, icon) in enumerate(CHANNEL_PAGES)
    ]
    doors.append(
        PermissionMenuItem(
            "Group sessions", reverse("group:list"), "consultation.read_cleared", icon_name="group", order=9
        )
    )
    return SubmenuMenuItem("Ways to answer", Menu(items=doors), icon_name="mobile-alt", order=690)


@hooks.register("register_page_header_buttons")
def add_channel_buttons(page, user, view_name, next_url=None):
    """Buttons from a published consultation to its channels and other staff pages."""
    if isinstance(page, ConsultationPage) and page.first_published_at and user.has_perm(EDIT):
        for priority, (label, name, icon) in enumerate(CHANNEL_PAGES, start=60):
            url = reverse(f"{name}:consultation", args=[page.source.pk])
            yield Button(label, url, icon_name=icon, priority=priority)
        url = reverse("allow-list:consultation", args=[page.source.pk])
        yield Button("What it asks about", url, icon_name="tag", priority=70)
        url = reverse("exchange:sheet", args=[page.source.pk, "draft"])
        yield Button("Questionnaire as a sheet", url, icon_name="download", priority=71)


@hooks.register("register_admin_menu_item")
def add_hear_by_right_item():
    return PermissionMenuItem(
        "Hear by Right", reverse("standards:assessment"), EDIT, icon_name="clipboard-list", order=697
    )


@hooks.register("construct_homepage_panels")
def add_work_panel(request, panels):
    panels.append(YourWorkPanel())


@hooks.register("insert_global_admin_css")
def add_stylesheets():
    sheets = [(static("staff/wagtail.css"),), (static("staff/idle.css"),)]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def add_scripts():
    """Replaces Wagtail's inline scripts, which the content security policy blocks
    (cms/operations/security/content_security_policy.py)."""
    return format_html(
        '<script src="{}"></script><script src="{}" defer></script>',
        static("staff/wagtail.js"),
        static("staff/idle.js"),
    )


@hooks.register("construct_help_menu")
def remove_external_help(request, menu_items):
    """Wagtail's help links lead to other hosts."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("http")]


@hooks.register("construct_main_menu", order=900)
def group_main_menu(request, items):
    group_menu_items(items)

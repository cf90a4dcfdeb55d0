"""Hooks of Wagtail's admin: menu items, page buttons, stylesheets and scripts; no links to other hosts."""

from functools import partial

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.admin.widgets import Button

from cms.staff.dashboard.work_summary import YourWorkPanel
from cms.staff.menu import EDIT, ITEMS, PermittedMenuItem, group_menu_items
from consultation.surveys.models import ConsultationPage

# Channels beside the web: (label, URL namespace, icon). Each has a list and a page per consultation.
CHANNEL_PAGES = (
    ("Promote", "promotion", "link-external"),
    ("Printed links", "short-links", "link"),
    ("Shared tablets", "tablets", "mobile-alt"),
    ("Invitation codes", "invitation-codes", "key"),
    ("Paper forms", "paper", "doc-full"),
)


@hooks.register("register_admin_menu_item")
def add_channels_submenu():
    doors = [
        PermittedMenuItem(label, f"{name}:list", EDIT, icon, order)
        for order, (label, name, icon) in enumerate(CHANNEL_PAGES)
    ]
    doors.append(PermittedMenuItem("Group sessions", "group:list", "consultation.read_cleared", "group", 9))
    return SubmenuMenuItem("Ways to answer", Menu(items=doors), icon_name="mobile-alt", order=690)


for item in ITEMS:
    hooks.register("register_admin_menu_item", partial(PermittedMenuItem, *item))


@hooks.register("register_page_header_buttons")
def add_publishing_steps_button(page, user, view_name, next_url=None):
    if isinstance(page, ConsultationPage) and page.pk and not page.is_translation and user.has_perm(EDIT):
        yield Button("Steps to publishing", reverse("start:guide", args=[page.pk]), icon_name="list-ol", priority=54)


@hooks.register("register_page_header_buttons")
def add_channel_buttons(page, user, view_name, next_url=None):
    """Buttons from a published consultation to its channels and other staff pages."""
    if isinstance(page, ConsultationPage) and page.first_published_at and user.has_perm(EDIT):
        for priority, (label, name, icon) in enumerate(CHANNEL_PAGES, start=60):
            url = reverse(f"{name}:consultation", args=[page.source.pk])
            yield Button(label, url, icon_name=icon, priority=priority)
        url = reverse("insights:representation-of", args=[page.source.slug])
        yield Button("Who has answered", url, icon_name="group", priority=69)
        url = reverse("allow-list:consultation", args=[page.source.pk])
        yield Button("What it asks about", url, icon_name="tag", priority=70)
        url = reverse("exchange:sheet", args=[page.source.pk, "draft"])
        yield Button("Questionnaire as a sheet", url, icon_name="download", priority=71)


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


@hooks.register("construct_reports_menu")
def hide_reports_of_pages(request, menu_items):
    """From who edits none: cms.operations.security.wagtail_door would turn them away."""
    if not request.user.has_perm(EDIT):
        menu_items.clear()


@hooks.register("construct_main_menu", order=900)
def group_main_menu(request, items):
    group_menu_items(items)

"""Hooks of Wagtail's admin: menu items, page buttons, stylesheets and scripts; no links to other hosts."""

from functools import partial

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from cms.staff.dashboard.work_summary import YourWorkPanel
from cms.staff.menu import EDIT, ITEMS, PermittedMenuItem, group_menu_items
from consultation.access import may_see_consultations
from consultation.surveys.models import ConsultationPage

for item in ITEMS:
    hooks.register("register_admin_menu_item", partial(PermittedMenuItem, *item))


@hooks.register("register_page_header_buttons")
def add_home_button(page, user, view_name, next_url=None):
    """From the editor to the consultation's home, which leads to every other room."""
    if isinstance(page, ConsultationPage) and page.pk and may_see_consultations(user):
        url = reverse("consultations:home", args=[page.source.slug])
        yield Button("Consultation home", url, icon_name="home", priority=54)


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
def keep_own_help(request, menu_items):
    """Wagtail's help links lead to other hosts; ours to the part of the guides that is about this page."""
    url = reverse("guides:list", query={"from": request.path})
    own = MenuItem("Guide to this page", url, name="guide", icon_name="help", order=0)
    menu_items[:] = [own, *(item for item in menu_items if not item.url.startswith("http"))]


@hooks.register("construct_reports_menu")
def hide_reports_of_pages(request, menu_items):
    """From who edits none: cms.operations.security.wagtail_page_access would turn them away."""
    if not request.user.has_perm(EDIT):
        menu_items.clear()


@hooks.register("construct_main_menu", order=900)
def group_main_menu(request, items):
    group_menu_items(items)

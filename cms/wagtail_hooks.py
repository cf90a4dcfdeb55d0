"""Wagtail's admin in this house: the product's colours, the way to the other rooms, and nothing that calls out."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class Door(MenuItem):
    """A link to another room, for those who may go in."""

    def __init__(self, label, url, permission, **kwargs):
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def people():
    return Door("People", reverse("people:list"), "consultation.manage_users", icon_name="group", order=700)


@hooks.register("register_admin_menu_item")
def insights():
    return Door("Insights", reverse("insights:home"), "insights.view_reports", icon_name="table", order=710)


@hooks.register("insert_global_admin_css")
def colours():
    return format_html('<link rel="stylesheet" href="{}">', static("staff/wagtail.css"))


@hooks.register("construct_help_menu")
def no_help_elsewhere(request, menu_items):
    """Wagtail's help links to other hosts; ours is in the README and on the pages themselves."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("http")]

"""`{% staff_menu as menu %}`: the menu of all rooms, the same items as in Wagtail's sidebar."""

import re
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.menu import MenuItem

from cms.staff.menu import list_menu_items
from consultation.surveys.models import ConsultationPage

register = template.Library()
type Entry = dict[str, Any]


@register.simple_tag(takes_context=True)
def staff_menu(context: template.Context) -> Entry:
    """`entries`: one with links `inside` is a group, open where one of them is current; every other is a link. `here`: the
    current link, of the room that this page belongs to. Nothing before signing in."""
    request: Any = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    entries = [_draw_entry(item, request) for item in list_menu_items(request)]
    entries = [entry for entry in entries if entry["inside"] or _leads_somewhere(entry)]
    links = [link for entry in entries for link in entry["inside"] or [entry]]
    here = _find_current(links, request.path)
    if here is None and isinstance(context.get("page"), ConsultationPage):
        here = _find_current(links, reverse("consultations:list"))
    for entry in entries:
        entry["open"] = here in entry["inside"]
    return {"entries": entries, "here": here}


def _draw_entry(item: MenuItem, request: Any) -> Entry:
    inside = item.menu.menu_items_for_request(request) if hasattr(item, "menu") else []
    links = [_draw_link(one) for one in sorted(inside, key=lambda one: one.order)]
    return _draw_link(item) | {
        "icon": _draw_icon(item.icon_name),
        "inside": [link for link in links if _leads_somewhere(link)],
    }


def _draw_link(item: MenuItem) -> Entry:
    return {"label": item.label, "url": item.url}


@cache
def _draw_icon(name: str) -> SafeString:
    """One of Wagtail's drawings, without its id, which would stand twice on a page that shows it twice."""
    drawn = re.sub(
        r' id="[^"]*"', ' aria-hidden="true" focusable="false"', render_to_string(f"wagtailadmin/icons/{name}.svg")
    )
    return mark_safe(drawn.strip())  # noqa: S308  a file of Wagtail


def _leads_somewhere(link: Entry) -> bool:
    """An item of Wagtail that opens a dialogue by script has no address of its own."""
    return not link["url"].startswith("#")


def _find_current(links: list[Entry], path: str) -> Entry | None:
    """The link with the longest address that this page's address begins with."""
    return max(
        (link for link in links if path.startswith(link["url"])), key=lambda link: len(link["url"]), default=None
    )

"""`{% columns "Agency" "#Actions" %}`: the head of a table, with a number's column marked by `#`; read by every template."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
CELL, ROLES = '<th scope="col"{}{}>{}</th>', (' role="rowgroup"', ' role="row"', ' role="columnheader"')


@register.simple_tag
def columns(*names: str, roles: bool = False) -> SafeString:
    """`roles`: where a style shows the table as blocks, without which it would be none to a screen reader."""
    group, row, cell = (mark_safe(role) for role in ROLES) if roles else ("", "", "")
    number = mark_safe(' class="num"')
    cells = format_html_join("", CELL, ((number if n[:1] == "#" else "", cell, n.removeprefix("#")) for n in names))
    return mark_safe(f"<thead{group}><tr{row}>{cells}</tr></thead>")

"""A dict lookup by a variable key."""

from django import template

register = template.Library()


@register.filter
def get_item(table, key):
    """The value of `key`, or ""."""
    return table.get(key, "")

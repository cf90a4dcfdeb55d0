from django import template

register = template.Library()


@register.filter
def get(table, key):
    """A value of a dict, or nothing."""
    return table.get(key, "")

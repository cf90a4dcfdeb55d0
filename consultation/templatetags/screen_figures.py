"""Shares as text: `{{ 0.934|share }}` as 93%, `{{ pair|between }}` as "from 88% to 97%"."""

from django import template

register = template.Library()


@register.filter
def share(value):
    return "no figure" if value is None or value == "" else f"{round(100 * value)}%"


@register.filter
def between(pair):
    return f"from {share(pair[0])} to {share(pair[1])}" if pair else "no figure"

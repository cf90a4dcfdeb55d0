"""A theme's gravity and strategy points in words, and the recodings of an answer."""

from django import template

from consultation.domain.place_types import name_place_types
from insights.coding.codebooks import theme_entry_rows, theme_history
from insights.coding.codebooks.codebook_overview import describe_strategy_links

register = template.Library()


@register.filter
def gravity(value):
    return theme_entry_rows.GRAVITY.get(value, value)


@register.filter
def place_type_names(chosen):
    return ", ".join(name_place_types(chosen))


@register.filter
def strategy_points(entry):
    return describe_strategy_links(entry)


@register.inclusion_tag("insights/coding/codebooks/was.html")
def was(text):
    """The recodings of one answer: “was X, became Y with version 3”."""
    return {"recodings": theme_history.describe_recodings_of(text)}

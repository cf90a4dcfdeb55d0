"""A theme's gravity and strategy points in words, and the recodings of an answer."""

from django import template

from insights.coding.codebooks import past, rows
from insights.coding.codebooks.board import links_in_words

register = template.Library()


@register.filter
def gravity(value):
    return rows.GRAVITY.get(value, value)


@register.filter
def strategy_points(entry):
    return links_in_words(entry)


@register.inclusion_tag("insights/coding/codebooks/was.html")
def was(text):
    """The recodings of one answer: “was X, became Y with version 3”."""
    return {"recodings": past.recodings_of(text)}

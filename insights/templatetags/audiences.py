"""Labels of audiences: the only label that a quote carries (C3)."""

from django import template

register = template.Library()
SPEAKERS = {
    "children-young-people": "A young person",
    "parents-carers": "A parent or carer",
    "communities": "Someone who lives or works here",
    "professionals": "Someone who works with children",
}


@register.filter
def speaker(audience):
    return SPEAKERS.get(audience, "Someone who answered")


NAMES = {
    "children-young-people": "Children and young people",
    "parents-carers": "Parents and carers",
    "communities": "Communities",
    "professionals": "Professionals",
}


@register.filter
def audience_name(audience):
    return NAMES.get(audience, audience)

"""Labels of audiences and of whoever is quoted."""

from django import template

from consultation import handover
from insights.releases.models import GROUP_SPEAKER, SPEAKERS

register = template.Library()


@register.filter
def speaker(audience):
    return (SPEAKERS | GROUP_SPEAKER).get(audience, "Someone who answered")


@register.filter
def audience_name(audience):
    return dict(handover.AUDIENCES).get(audience, audience)

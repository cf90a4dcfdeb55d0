"""Labels of audiences and of whoever is quoted."""

from django import template

from consultation import handover
from insights.releases.models import MEDIATED_SPEAKERS, SPEAKERS

register = template.Library()


@register.filter
def speaker(audience):
    return (SPEAKERS | MEDIATED_SPEAKERS).get(audience, "Someone who answered")


@register.filter
def audience_name(audience):
    return dict(handover.AUDIENCES).get(audience, audience)

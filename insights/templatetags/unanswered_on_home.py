"""{% unheard_on_home %}: themes without a decision, on the planners' home."""

from django import template

from insights.decisions.unanswered.views import summarise_unanswered

register = template.Library()


@register.inclusion_tag("insights/decisions/unanswered/on_home.html")
def unheard_on_home():
    return summarise_unanswered()

"""{% unheard_on_home %}: themes without a decision, on the planners' home."""

from django import template

from insights.unheard.views import top

register = template.Library()


@register.inclusion_tag("insights/unheard/on_home.html")
def unheard_on_home():
    return top()

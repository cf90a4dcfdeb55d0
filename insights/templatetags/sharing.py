"""The mark of what is shared with a partner, on every page of theirs."""

from django import template

from insights.reports.partners import shared_with

register = template.Library()


@register.simple_tag(takes_context=True)
def shared_mark(context) -> str:
    """Empty for everyone who is no partner."""
    user = getattr(context.get("request"), "user", None)
    return shared_with(user) if user is not None and user.is_authenticated else ""

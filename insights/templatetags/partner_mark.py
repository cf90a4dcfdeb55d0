"""The sharing mark that every page of a partner bears."""

from django import template

from insights.releases.partner_sharing import sharing_mark

register = template.Library()


@register.simple_tag(takes_context=True)
def shared_mark(context) -> str:
    """The mark of the signed-in partner; empty for everyone else."""
    user = getattr(context.get("request"), "user", None)
    return sharing_mark(user) if user is not None and user.is_authenticated else ""
